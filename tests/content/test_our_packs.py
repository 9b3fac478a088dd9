"""Our requirement packs: all forty, each with its sources, and none surer than what was read."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from lms.content.cache import read_again
from lms.content.editions import Body, Edition, Kind
from lms.content.places import content_root
from lms.content.shapes import pack
from lms.domain.packs import (
    FACTS,
    NONE_REQUIRED,
    Amount,
    Confidence,
    Floor,
    Known,
    Limit,
    Pack,
    Requirement,
    Share,
    Version,
)
from lms.records.shelf import Shelf
from tests.publishing import publish
from tests.school import School

NATIONAL = {
    "samhsa-nms-2023",
    "icrc-pr-4domain",
    "icrc-pr-5domain",
    "naadac-ncprss",
    "naadac-ncprss-old",
    "mha-ncps",
    "mha-ncps-2024",
}
STATES = {
    "ar-core",
    "az-abcac-cprs",
    "az-prss",
    "ca-medi-cal",
    "co-cpfs",
    "de-cprs",
    "fl-crps",
    "ga-cps-mh",
    "hi-hcps",
    "il-cprs",
    "il-crss",
    "ky-adpss",
    "ky-apss",
    "ma-cps",
    "md-cprs",
    "mi-cpss",
    "ms-cpssp",
    "nc-cpss",
    "nh-crsw",
    "nj-cprs",
    "ny-crpa",
    "ny-nycps",
    "oh-cprs",
    "or-prc",
    "or-pss",
    "pa-cps",
    "pa-crs",
    "tn-cprs",
    "tx-mhps",
    "tx-rsps",
    "va-cprs",
    "vt-2025",
    "wa-cps",
}
HISTORY = {"icrc-pr-4domain", "naadac-ncprss-old", "mha-ncps"}
"""Packs that are kept only to show what was asked before."""

ZERO = {"ny-nycps"}
"""The one board that says zero hours, for its provisional stage."""


each_pack = pytest.mark.parametrize("name", sorted(NATIONAL | STATES))


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    read = read_again(content_root()).editions
    return {e.id: e for e in read if e.kind in (Kind.PACK, Kind.FRAMEWORK)}


@pytest.fixture(scope="module")
def framework(editions: dict[str, Edition]) -> Body:
    return editions["framework"].body


@pytest.fixture(scope="module")
def packs(editions: dict[str, Edition]) -> dict[str, Pack]:
    return {name: pack(e) for name, e in editions.items() if e.kind == Kind.PACK}


@pytest.fixture
def held(name: str, packs: dict[str, Pack]) -> Pack:
    return packs[name]


def asked(version: Version) -> Iterator[Requirement]:
    """Every requirement of a version, those inside groups too."""
    stages = [need for stage in version.stages for need in stage.needs]
    renewal = version.renewal.needs if version.renewal else ()
    yield from inside((*stages, *renewal, *version.ongoing))


def inside(needs: tuple[Requirement, ...]) -> Iterator[Requirement]:
    for need in needs:
        yield need
        yield from inside(need.needs)


def parts(need: Requirement) -> tuple[Requirement | Share | Limit | Floor, ...]:
    return (need, *need.shares, *need.limits, *need.floors)


def amounts(thing: Any) -> Iterator[Amount]:
    """Every figure anywhere in a pack."""
    if isinstance(thing, Amount):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from amounts(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for each in thing:
            yield from amounts(each)


def written(body: Any, key: str) -> Iterator[Any]:
    """Every value an author wrote under that key."""
    if isinstance(body, list):
        for each in body:
            yield from written(each, key)
    elif isinstance(body, dict):
        for name, value in body.items():
            if name == key:
                yield value
            yield from written(value, key)


def test_there_is_a_pack_for_each_of_the_forty_profiles_and_no_other(packs: dict[str, Pack]):
    assert len(NATIONAL | STATES) == 40
    assert set(packs) == NATIONAL | STATES


@each_pack
def test_a_pack_stands_under_the_state_its_id_names(held: Pack):
    state = held.id[:2].upper()
    assert held.jurisdiction == ("US" if held.id in NATIONAL else f"US-{state}")


@each_pack
def test_a_version_says_where_it_is_from_when_it_was_read_and_how_sure_we_are(held: Pack):
    for version in held.versions:
        assert version.sources, version.id
        assert isinstance(version.as_of, date), version.id
        assert isinstance(version.confidence, Confidence), version.id


@each_pack
def test_every_source_a_pack_names_is_on_the_list_of_sources(
    name: str, editions: dict[str, Edition], framework: Body
):
    known = {source["id"] for source in framework["sources"]}
    named = {s for sources in written(editions[name].body, "sources") for s in sources}
    assert named - known == set()


@each_pack
def test_a_part_rests_on_the_sources_of_its_version(held: Pack):
    for version in held.versions:
        for need in asked(version):
            used = {source for part in parts(need) for source in part.sources}
            assert used <= set(version.sources), (version.id, need.id)


@each_pack
def test_what_is_unknown_is_null_and_never_a_number(held: Pack):
    for figure in amounts(held):
        if figure.known is Known.KNOWN:
            assert figure.least is not None or figure.most is not None
            assert figure.least != 0 or held.id in ZERO
        else:
            assert (figure.least, figure.most, figure.readings) == (None, None, ())


@each_pack
def test_what_is_not_known_to_be_asked_or_not_asked_has_no_figure(held: Pack):
    for version in held.versions:
        for need in asked(version):
            if need.asked is not Known.KNOWN:
                assert (need.amount, need.exam) == (NONE_REQUIRED, None), (version.id, need.id)


@each_pack
def test_a_domain_is_of_topics_we_have_and_what_is_asked_by_domain_is_of_the_same_version(
    held: Pack, framework: Body
):
    topics = {topic["id"] for topic in framework["topics"]}
    for version in held.versions:
        known = {domain.id for domain in version.domains}
        assert len(known) == len(version.domains), version.id
        assert {t for domain in version.domains for t in domain.topics} <= topics, version.id
        for need in asked(version):
            named = {d for part in parts(need) for d in part.domains} | set(need.excludes)
            assert named <= known, (version.id, need.id)


@each_pack
def test_no_id_stands_twice_in_a_stage_and_every_fact_is_one_we_know(held: Pack):
    for version in held.versions:
        for stage in version.stages:
            ids = [need.id for need in inside(stage.needs)]
            assert len(ids) == len(set(ids)), (version.id, stage.id)
        facts = {need.fact for need in asked(version) if need.kind == "fact"}
        assert facts <= set(FACTS), version.id


@each_pack
def test_where_sources_compete_a_conflict_gives_each_reading_in_words(held: Pack):
    for version in held.versions:
        if any(figure.readings for figure in amounts(version)):
            assert version.conflicts, version.id
        for conflict in version.conflicts:
            assert len(set(conflict.readings)) >= 2, conflict.field


@each_pack
def test_a_pack_has_one_rule_in_force_and_its_older_ones_after_it(held: Pack):
    current = [version.id for version in held.versions if version.status == "current"]
    assert current == ([] if held.id in HISTORY else [held.versions[0].id])
    starts = [version.starts for version in held.versions if version.starts]
    assert all(newer > older for newer, older in pairwise(starts))


def test_what_colorado_asks_to_see_of_a_training_is_listed_in_its_order(packs: dict[str, Pack]):
    held = [column["holds"] for column in packs["co-cpfs"].columns]
    assert held == ["title", "provider", "starts", "ends", "hours", "domain-hours", "certificate"]


@pytest.mark.published_anew
def test_packs_come_back_from_the_database_as_they_were_read(
    school: School, editions: dict[str, Edition], packs: dict[str, Pack]
):
    publish(school, editions.values())
    assert dict(Shelf(school.database).current().packs) == packs
