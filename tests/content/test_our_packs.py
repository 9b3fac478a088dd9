"""The packs we ship: all there, honest about what they rest on, and kind to nobody by mistake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from lms.content.cache import read_again
from lms.content.changes import compare
from lms.content.library import Library, assemble
from lms.content.places import content_root
from lms.domain.evaluate import evaluate
from lms.domain.limits import crossing
from lms.domain.packs import Amount, Confidence, Known, Requirement, Version
from lms.domain.record import Record
from lms.domain.requirements import Answer, State

TODAY = date(2026, 11, 26)
NATIONAL = {
    "samhsa-nms-2023", "icrc-pr-4domain", "icrc-pr-5domain", "naadac-ncprss", "naadac-ncprss-old",
    "mha-ncps", "mha-ncps-2024",
}  # fmt: skip
STATES = {
    "il-crss", "il-cprs", "ms-cpssp", "tx-mhps", "tx-rsps", "oh-cprs", "ga-cps-mh", "pa-cps",
    "pa-crs", "fl-crps", "ny-nycps", "ny-crpa", "ca-medi-cal", "ma-cps", "wa-cps", "az-prss",
    "az-abcac-cprs", "mi-cpss", "tn-cprs", "nc-cpss", "va-cprs", "hi-hcps", "nh-crsw", "vt-2025",
    "md-cprs", "de-cprs", "nj-cprs", "ar-core", "co-cpfs", "ky-adpss", "ky-apss", "or-pss",
    "or-prc",
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return assemble(read_again(content_root()).editions)


def every(needs: tuple[Requirement, ...]) -> Iterator[Requirement]:
    for need in needs:
        yield need
        yield from every(need.needs)


def asked(version: Version) -> Iterator[Requirement]:
    for stage in version.stages:
        yield from every(stage.needs)
    if version.renewal is not None:
        yield from every(version.renewal.needs)
    yield from every(version.ongoing)


def leaves(answer: Answer) -> Iterator[Answer]:
    inner = [part for part in answer.parts if part.asked is not None or part.parts]
    if not inner:
        yield answer
    for part in inner:
        yield from leaves(part)


def test_each_of_the_40_profiles_has_a_pack(library: Library):
    assert len(NATIONAL | STATES) == 40
    assert set(library.packs) == NATIONAL | STATES
    assert all(library.packs[name].jurisdiction == "US" for name in NATIONAL)
    for name in STATES:
        assert library.packs[name].jurisdiction == f"US-{name[:2].upper()}"


def test_what_nobody_read_is_never_said_to_be_sure(library: Library):
    recalled = [
        (pack.id, each, each.confidence or version.confidence)
        for pack in library.packs.values()
        for version in pack.versions
        for each in asked(version)
        if each.recalled
    ]
    assert len(recalled) > 5
    assert [(name, r.id) for name, r, sure in recalled if sure is Confidence.HIGH] == []
    assert [(name, r.id) for name, r, _ in recalled if r.sources] == []


def test_limits_of_one_requirement_never_cross(library: Library):
    for pack in library.packs.values():
        for version in pack.versions:
            for each in asked(version):
                assert crossing(each.limits, version.domains) == (), (pack.id, each.id)


def test_an_empty_record_meets_nothing_that_a_board_asks(library: Library):
    for pack in library.packs.values():
        for version in pack.versions:
            for answer in leaves(evaluate(version, Record(), TODAY)):
                nothing = answer.asked is None or answer.asked.hours == Amount(least=0)
                assert answer.state is not State.MET or nothing, (pack.id, answer.id)


@pytest.mark.parametrize(
    ("pack", "field", "readings"),
    [("il-crss", "training", (6000, 6600)), ("icrc-pr-5domain", "training", (2760, 3000))],
)
def test_conflicts_stay_conflicts(
    library: Library, pack: str, field: str, readings: tuple[int, ...]
):
    version = library.packs[pack].versions[0]
    training = next(each for each in asked(version) if each.id == field)
    assert training.hours.readings == readings
    assert training.hours.known is Known.KNOWN
    assert any(conflict.field.startswith(field) for conflict in version.conflicts)


def test_a_changed_rule_is_told_value_by_value_when_it_is_published(library: Library):
    pack = library.packs["md-cprs"]
    new, old = pack.versions
    (stage,) = new.stages
    training = replace(stage.needs[0], hours=Amount(least=3060))
    changed = replace(new, stages=(replace(stage, needs=(training, *stage.needs[1:])),))
    ends = replace(old, ends=date(2025, 9, 1))
    published = {**library.packs, "md-cprs": replace(pack, versions=(changed, ends))}
    told = [f"{c.about}: {c.words}" for c in compare(library, replace(library, packs=published))]
    about = "Requirement pack “Maryland Certified Peer Recovery Specialist”, version"
    assert told == [
        f"{about} 2025: stages > certified > needs > training > hours: 51 h, was 50 h",
        f"{about} older: First day after: 2025-09-01, was 2025-07-03",
    ]
    fewer = {**library.packs, "md-cprs": replace(pack, versions=(new,))}
    (gone,) = compare(library, replace(library, packs=fewer))
    assert gone.words == "version older is taken out"
