"""Whole files, whole modules, and what a reader of them would meet."""

import re
from datetime import date
from pathlib import Path

import pytest

from lms.content.check import check
from lms.content.plain import mend

TODAY = date(2026, 11, 22)

COMPETENCIES = "curriculum/competencies.yaml"
MODULE = "curriculum/modules/listening/module.yaml"
SECTION = "curriculum/modules/listening/en/02-part-2.md"
BANK = "assessments/items/listening.yaml"
QUIZ = "assessments/quizzes/listening.yaml"


def _faults(tree: Path) -> list[tuple[str, int, str]]:
    return [(f.file, f.line, f.fault) for f in check(tree, TODAY)]


def test_a_file_that_is_not_text_is_named_with_the_line_of_the_first_bad_byte(tree):
    (tree / MODULE).write_bytes(b"title: a\nsummary: caf\xe9\n")
    assert (MODULE, 2, "The file is not UTF-8 text") in _faults(tree)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("title: a\nsummary: b\x07\n", 2, "a character that cannot be printed"),
        ("[" * 100_000 + "]" * 100_000, 1, "nested too deeply"),
        ("- " * 100_000, 1, "nested too deeply"),
    ],
    ids=["bell", "brackets", "dashes"],
)
def test_a_file_that_cannot_be_read_is_one_finding(tree, text, line, fault):
    (tree / MODULE).write_text(text)
    (found,) = [f for f in check(tree, TODAY) if f.file == MODULE]
    assert found.line == line
    assert fault in found.fault


def test_a_bank_named_for_another_module_is_told_its_name(tree):
    (tree / BANK).rename((tree / BANK).with_name("hearing.yaml"))
    faults = [f for f in check(tree, TODAY) if f.field == "module"]
    assert ["listening.yaml" in f.remedy for f in faults] == [True]


def test_a_missing_framework_file_is_one_finding_and_not_hundreds(tree):
    (tree / COMPETENCIES).unlink()
    ((file, line, fault),) = _faults(tree)
    assert (file, line) == (COMPETENCIES, 1)
    assert "cannot be read" in fault


def test_an_empty_file_is_told_what_it_lacks(tree):
    (tree / QUIZ).write_text("# nothing yet\n")
    assert (QUIZ, 1, "The file has no fields") in _faults(tree)


@pytest.mark.parametrize(
    "name",
    [
        "assessments/items/listening.yml",
        "assessments/quizzes/Listening Quiz.yaml",
        "curriculum/modules/listening/en/first-words.md",
        "curriculum/modules/Über/module.yaml",
    ],
)
def test_a_file_name_that_would_be_passed_over_is_named(tree, name):
    path = tree / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("title: x\n")
    (finding,) = check(tree, TODAY)
    assert "not one we read" in finding.fault
    assert name.startswith(finding.file)


def test_two_sections_with_one_number_or_one_id_are_named(tree):
    folder = (tree / SECTION).parent
    text = (tree / SECTION).read_text()
    (folder / "02-part-9.md").write_text(text)
    (folder / "06-part-1.md").write_text(text)
    faults = " ".join(fault for _, _, fault in _faults(tree))
    assert "has the number 02" in faults
    assert "has the same id" in faults


def test_a_thin_module_is_told_its_words_and_its_sections(tree):
    for path in (tree / SECTION).parent.iterdir():
        if path.name != Path(SECTION).name:
            path.unlink()
    faults = [f.fault for f in check(tree, TODAY) if f.file == MODULE]
    assert "The module has 1 sections" in faults
    assert any("words" in fault for fault in faults)


def test_a_short_bank_is_told_how_many_items_it_has(tree):
    whole = (tree / BANK).read_text()
    (tree / BANK).write_text(whole[: whole.index("  - id: listen-05")])
    assert "The bank has 4 items" in [f.fault for f in check(tree, TODAY)]


def test_a_hard_section_is_warned_with_its_worst_sentence(tree):
    hard = (
        "Organizational accountability necessitates institutional reconsideration of "
        "professional responsibilities, notwithstanding administrative inconvenience."
    )
    path = tree / SECTION
    path.write_text(path.read_text().replace("Ana asks what Ben wants.", hard))
    (finding,) = check(tree, TODAY)
    assert finding.severity == "warning"
    assert "reads at grade" in finding.fault
    assert "Organizational accountability" in finding.remedy
    assert hard in path.read_text().splitlines()[finding.line - 1]


def test_a_fact_may_be_used_on_the_day_it_is_due(tree):
    assert check(tree, date(2027, 5, 22)) == ()
    (finding,) = check(tree, date(2027, 5, 23))
    assert finding.severity == "warning"


def test_what_is_written_as_code_is_not_taken_for_html(tree):
    path = tree / SECTION
    path.write_text(path.read_text().replace("## Begin", "Write `<b>` and 3 < 4.\n\n## Begin"))
    assert check(tree, TODAY) == ()


def _warned(tree: Path, words: str) -> list[str]:
    return [f.field or f.file for f in check(tree, TODAY) if words in f.fault]


@pytest.mark.parametrize(
    ("file", "old", "new", "left"),
    [
        ("curriculum/programs/first-steps.yaml", "sessions: [meeting]\n", "", "meeting.md"),
        ("curriculum/programs/first-steps.yaml", "quizzes: [listening], ", "", "listening.yaml"),
        ("curriculum/sessions/meeting.md", "role_plays: [at-the-door]\n", "", None),
    ],
)
def test_a_file_that_nothing_leads_to_is_named(tree, file, old, new, left):
    path = tree / file
    path.write_text(path.read_text().replace(old, new))
    named = _warned(tree, "Nobody will meet this")
    assert [Path(name).name for name in named] == ([left] if left else [])


def test_items_of_a_type_that_no_quiz_draws_are_named(tree):
    path = tree / QUIZ
    path.write_text(path.read_text().replace("count: 6", "type: single, count: 6"))
    named = _warned(tree, "never asked")
    assert named == [f"items[listen-{kind}].type" for kind in ("multiple", "ordering", "matching")]


def test_a_section_without_practice_is_named(tree):
    path = tree / SECTION
    text = path.read_text()
    path.write_text(text[: text.index("//// try")])
    assert _warned(tree, "nothing to do in it") == [SECTION]


def test_keys_that_are_too_often_the_longest_are_counted(tree):
    path = tree / BANK
    path.write_text(path.read_text().replace("text: Waiting,", "text: Waiting until she goes on,"))
    assert _warned(tree, "is the longest in 16 of 17 items") == ["items"]


def test_keys_that_stand_in_one_place_are_counted(tree):
    path = tree / BANK
    block = r"(?:      - \{id: ., text: (?:Waiting|Advising|Leaving).*\n){3}"
    in_order = re.sub(
        block, lambda found: "".join(sorted(found[0].splitlines(keepends=True))), path.read_text()
    )
    path.write_text(in_order)
    assert _warned(tree, "stands at number 1 in 17 of 17 items") == ["items"]


def test_a_link_to_a_file_elsewhere_is_not_followed(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text("secret")
    (tree / SECTION).unlink()
    (tree / SECTION).symlink_to(outside)
    assert (SECTION, 1, "The file is a link to one outside this folder") in _faults(tree)


def test_a_section_of_two_megabytes_is_not_read(tree):
    (tree / SECTION).write_text("---\ntitle: Long\n---\n" + "word " * 400_000)
    assert any(name == SECTION and "2,000,0" in fault for name, _, fault in _faults(tree))


def test_tabs_in_yaml_are_told_and_mended(tree):
    path = tree / MODULE
    good = path.read_text()
    path.write_text(good.replace("  - claim", "\t- claim"))
    (finding,) = [f for f in check(tree, TODAY) if f.file == MODULE]
    assert "tab" in finding.fault
    assert mend(tree) == [MODULE]
    assert check(tree, TODAY) == ()


def test_mending_changes_no_word(tree):
    before = {path: path.read_text() for path in tree.rglob("*.*") if path.is_file()}
    assert mend(tree) == []
    assert {path: path.read_text() for path in before} == before


def test_words_in_quotes_and_in_what_to_avoid_may_show_what_people_say(tree):
    path = tree / SECTION
    shown = 'She says, "I am an addict."\n\n/// avoid | What to leave out\nHe is a junkie.\n///\n\n'
    path.write_text(path.read_text().replace("## Begin", shown + "## Begin"))
    assert check(tree, TODAY) == ()


def test_a_link_to_itself_is_one_finding(tree):
    (tree / SECTION).unlink()
    (tree / SECTION).symlink_to((tree / SECTION).name)
    assert (SECTION, 1, "The file is a link to itself") in _faults(tree)
