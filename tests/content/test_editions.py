"""One meaning, one digest; and the library is the same from files and from the database."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lms.content.editions import Edition, Kind, canonical, digest
from lms.content.library import assemble
from lms.content.path import steps
from lms.content.places import content_root
from lms.content.plain import mend
from lms.content.tree import read
from lms.domain.curriculum import StepKind


def test_the_order_of_keys_does_not_matter():
    assert digest({"a": 1, "b": [True, None]}) == digest({"b": [True, None], "a": 1})


def test_a_known_body_has_a_known_digest():
    assert canonical({"b": "é", "a": 1}) == '{"a":1,"b":"é"}'.encode()
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_two_files_that_read_the_same_are_two_editions():
    one, two = (Edition.of(Kind.RUBRIC, name, {"title": "x"}) for name in ("a", "b"))
    assert one.digest != two.digest


def test_what_is_rendered_does_not_change_the_digest():
    plain = Edition.of(Kind.MODULE, "a", {"sections": []})
    assert Edition.of(Kind.MODULE, "a", {"sections": []}, {"b": {}}).digest == plain.digest


def digests(tree: Path) -> dict[tuple[str, str], str]:
    return {(e.kind, e.id): e.digest for e in read(tree).editions}


@pytest.mark.parametrize(
    ("rewrite", "fault"),
    [
        (lambda text: text.replace("\n", "\r\n"), "The lines end as on Windows"),
        (lambda text: "\ufeff" + text, "The file begins with a byte order mark"),
        (lambda text: text.replace("summary: Hear", "summary:    Hear"), None),
    ],
    ids=["windows line ends", "byte order mark", "spaces"],
)
def test_an_editor_that_saves_in_its_own_way_is_told_and_mended(tree, rewrite, fault):
    before = digests(tree)
    paths = [path for path in tree.rglob("*.*") if path.is_file()]
    for path in paths:
        path.write_bytes(rewrite(path.read_text()).encode())
    told = {(f.file, f.line, f.fault, f.remedy) for f in read(tree).errors}
    if fault:
        remedy = "Run lms content check --fix"
        assert told == {(p.relative_to(tree).as_posix(), 1, fault, remedy) for p in paths}
        assert len(mend(tree)) == len(paths)
    assert read(tree).findings == ()
    assert digests(tree) == before


def test_a_changed_word_makes_one_new_edition(tree):
    before = {e.digest for e in read(tree).editions}
    path = tree / "curriculum/modules/listening/en/03-part-3.md"
    path.write_text(path.read_text().replace("Ana", "Ada"))
    (changed,) = {e.digest for e in read(tree).editions} - before
    assert changed


def test_every_edition_says_the_digest_of_its_body(tree):
    for edition in read(tree).editions:
        assert edition.digest == digest(edition.body)


def test_the_library_is_the_same_after_a_round_trip_through_json(tree):
    editions = read(tree).editions
    back = [
        Edition(
            str(e.kind),
            e.id,
            e.digest,
            json.loads(canonical(e.body)),
            json.loads(canonical(e.rendered)),
        )
        for e in reversed(editions)
    ]
    first, second = assemble(editions), assemble(back)
    assert first == second
    assert list(first.topics) == list(second.topics) == ["recovery", "ethics"]
    assert list(first.modules["listening"].topics) == list(second.modules["listening"].topics)


def test_a_file_with_a_fault_in_its_form_gives_no_edition(tree):
    path = tree / "curriculum/modules/listening/en/03-part-3.md"
    path.write_text(path.read_text().replace("title:", "titel:"))
    reading = read(tree)
    assert reading.errors
    assert not [e for e in reading.editions if e.kind == Kind.MODULE]


def test_the_library_answers_by_id(tree):
    library = assemble(read(tree).editions)
    assert library.competency("I.2").status == "recalled"
    assert library.section("listening/part-2").title == "Part 2"
    assert library.module_of_section("listening/part-2").id == "listening"
    assert library.bank_for("listening").item("listen-01").options[0].correct
    assert library.rubrics["listening"].criteria[0].levels[4] == "Sums up and asks 1."
    assert library.modules["listening"].facts[0].review_by.isoformat() == "2027-05-22"
    assert library.programs["first-steps"].rounding.to_minutes == 15
    assert library.digests["quiz", "listening"] == digest(
        next(e.body for e in read(tree).editions if (e.kind, e.id) == (Kind.QUIZ, "listening"))
    )


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda library: library.competency("XX.1"), id="competency"),
        pytest.param(lambda library: library.section("listening/part-9"), id="section"),
        pytest.param(lambda library: library.section("part-1"), id="section without its module"),
        pytest.param(lambda library: library.module_of_section("hearing/part-1"), id="module"),
        pytest.param(lambda library: library.bank_for("hearing"), id="bank"),
        pytest.param(lambda library: steps(library, "hearing"), id="program"),
    ],
)
def test_what_is_not_there_is_said_plainly(tree, ask):
    library = assemble(read(tree).editions)
    with pytest.raises(LookupError, match=r"^no "):
        ask(library)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.FRAMEWORK, "competencies, topics and sources are missing"),
        (Kind.MODULE, "program first-steps needs module listening, which is missing"),
        (Kind.BANK, "quiz listening needs bank listening"),
        (Kind.QUIZ, "program first-steps needs quiz listening"),
        (Kind.RUBRIC, "role-play at-the-door needs rubric listening"),
        (Kind.ROLE_PLAY, "program first-steps needs role-play at-the-door"),
    ],
)
def test_a_library_with_a_gap_is_refused_by_name(tree, kind, said):
    editions = [e for e in read(tree).editions if e.kind != kind]
    with pytest.raises(LookupError, match=said):
        assemble(editions)


def test_a_module_that_was_never_rendered_is_refused(tree):
    editions = [replace(e, rendered={}) for e in read(tree).editions]
    with pytest.raises(LookupError, match="part-1 was never rendered"):
        assemble(editions)


def test_two_editions_of_one_thing_are_refused(tree):
    editions = read(tree).editions
    with pytest.raises(ValueError, match="two editions of"):
        assemble([*editions, editions[0]])


def test_a_quiz_and_a_role_play_open_after_all_sections_and_live_time_comes_last(tree):
    library = assemble(read(tree).editions)
    found = steps(library, "first-steps")
    kinds = [step.kind for step in found]
    after = [StepKind.QUIZ, StepKind.ROLE_PLAY, StepKind.QUIZ, StepKind.LIVE]
    assert kinds == [StepKind.SECTION] * 5 + after
    sections = tuple(step.key for step in found[:5])
    assert sections[0] == "section:listening/part-1"
    assert found[5].needs == found[6].needs == sections
    assert found[7].key == "quiz:final"
    assert found[7].needs == (*sections, "quiz:listening")
    assert found[8].key == "live:first-steps"
    assert found[8].needs == ()


def test_a_module_waits_for_the_ones_it_needs_where_the_program_has_them(tree):
    path = tree / "curriculum/modules/listening/module.yaml"
    path.write_text(path.read_text() + "needs: [hearing]\n")
    library = assemble(e for e in read(tree).editions)
    assert steps(library, "first-steps")[0].needs == ()
    hearing = replace(library.modules["listening"], id="hearing", needs=())
    program = replace(library.programs["first-steps"], modules=("listening", "hearing"))
    both = replace(
        library,
        modules={**library.modules, "hearing": hearing},
        programs={"first-steps": program},
    )
    needs = steps(both, "first-steps")[0].needs
    assert needs == tuple(f"section:hearing/part-{n}" for n in range(1, 6))


def test_only_what_the_program_requires_is_a_step(tree):
    path = tree / "curriculum/programs/first-steps.yaml"
    text = path.read_text()
    start = text.index("requires")
    path.write_text(text[:start] + "requires: {}\n")
    found = steps(assemble(read(tree).editions), "first-steps")
    assert {step.kind for step in found} == {StepKind.SECTION}


def test_the_content_lies_where_the_package_says():
    assert (content_root() / "curriculum" / "competencies.yaml").is_file()
