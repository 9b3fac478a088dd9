"""Whole files, whole modules, and what a reader of them would meet."""

from datetime import date
from pathlib import Path

import pytest

from lms.content.check import check

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
        ("[" * 5000, 1, "nested too deeply"),
    ],
    ids=["bell", "brackets"],
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
