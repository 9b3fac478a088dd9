"""What boards ask for, on the command line: shown whole, compared, and a record before a rule."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from lms.content.places import content_root
from tests.cli.conftest import Lms

RECORD: dict[str, Any] = {
    "entries": [
        {
            "minutes": 600,
            "topics": {"advocacy": 600},
            "modality": "live-in-person",
            "day": "2026-02-01",
        },
        {
            "minutes": 420,
            "topics": {"recovery": 420},
            "modality": "self-paced",
            "day": "2026-03-03",
        },
    ],
    "facts": {
        "recovery": {"standing": "attested", "since": "2023-05-01"},
        "md-cprs/core-course": {"standing": "shown"},
    },
}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "kim.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for part in ("curriculum", "assessments"):
        shutil.copytree(content_root() / part, root / part)
    return root


def test_our_packs_have_no_fault(lms: Lms):
    ran = lms("packs", "check", "--json")
    assert (ran.code, ran.json) == (0, [])
    assert re.search(r"^\d+ packs with \d+ versions can be read\. 0 errors, 0 warnings\.", ran.err)


def test_a_fault_in_a_pack_has_file_line_and_remedy_and_nothing_is_told_from_it(
    lms: Lms, tree: Path
):
    path = tree / "curriculum" / "requirements" / "md-cprs.yaml"
    path.write_text(path.read_text().replace("topics: [harm-reduction]", "topics: [harm]"))
    (tree / "assessments" / "quizzes" / "crisis-support.yaml").write_text("- broken\n")
    ran = lms("packs", "check", "--root", tree)
    assert ran.code == 1
    assert (
        "md-cprs.yaml:17: versions[2025].domains[harm-reduction].topics[1]: There is no" in ran.out
    )
    assert "crisis-support" not in ran.out
    lms("packs", "show", "md-cprs", "--root", tree).refused("lms content check")


def test_show_names_source_day_and_confidence_of_every_requirement(lms: Lms):
    ran = lms("packs", "show", "md-cprs")
    asked = [line for line in ran.out.splitlines() if re.match(r"  [a-z-]+: ", line)]
    asked = [line for line in asked if not line.startswith("  starts: ")]
    assert len(asked) == 9
    for line in asked:
        assert re.search(r"\[(S\d+, )*S\d+; checked 2026-11-22; confidence \w+\]$", line), line
    assert "the board decides" in ran.out
    assert "Other versions: older" in ran.err
    assert lms("packs", "show", "samhsa-nms-2023").err == ""


def test_show_without_a_name_lists_all_packs(lms: Lms):
    rows = lms("packs", "show", "--json").json
    held = {path.stem for path in (content_root() / "curriculum" / "requirements").glob("*.yaml")}
    assert {row["id"] for row in rows} == held
    assert len(lms("packs", "show").out.splitlines()) == len(rows)


@pytest.mark.parametrize(
    ("more", "version"),
    [
        ((), "2025"),
        (("--on", "2024-05-01"), "older"),
        (("--on", "2025-07-02"), "older"),
        (("--on", "2025-07-03"), "2025"),
        (("--version", "older"), "older"),
    ],
)
def test_show_gives_the_version_of_the_day_or_the_one_named(
    lms: Lms, more: tuple[str, ...], version: str
):
    told = lms("packs", "show", "md-cprs", "--json", *more).json
    assert told["version"]["id"] == version
    assert "the board decides" in told["warning"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "md-cpsr"], "Did you mean md-cprs?"),
        (["show", "zzzzzz"], "There is no pack zzzzzz. See them all"),
        (["show", "md-cprs", "--version", "1999"], "Its versions are 2025, older"),
        (["diff", "md-cprs"], "two of its versions, or two packs"),
        (["diff", "md-cprs", "older", "2025", "2026"], "two of its versions, or two packs"),
        (["diff", "md-cprs", "older", "2052"], "no version 2052"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(lms: Lms, words: list[str], told: str):
    lms("packs", *words).refused(told)


def test_diff_of_two_versions_shows_both_values_and_sources_only_when_asked(lms: Lms):
    ran = lms("packs", "diff", "md-cprs", "older", "2025")
    lines = ran.out.splitlines()
    assert "~ stages > certified > needs > training > hours: 46 h -> 50 h" in lines
    assert any(line.startswith("+") and "Harm Reduction: 4 h" in line for line in lines)
    assert "the board decides" in ran.err
    everything = lms("packs", "diff", "md-cprs", "older", "2025", "--all").out.splitlines()
    assert set(lines) < set(everything)


def test_diff_of_two_packs_compares_the_versions_of_today(lms: Lms):
    told = lms("packs", "diff", "pa-crs", "md-cprs", "--json").json
    assert (told["from"], told["to"]) == ("pa-crs 2021", "md-cprs 2025")
    hours = ["stages", "certified", "needs", "training", "hours"]
    assert {
        "change": "changed",
        "where": hours,
        "before": "78 h",
        "after": "50 h",
    } in told["differences"]
    assert any(
        line.startswith("- ") for line in lms("packs", "diff", "md-cprs", "pa-crs").out.splitlines()
    )


def test_evaluate_says_what_is_met_what_is_missing_and_why_minutes_do_not_count(
    lms: Lms, record: Path
):
    ran = lms("packs", "evaluate", "md-cprs", "--record", record, "--on", "2026-04-01", "--lines")
    assert ran.code == 0
    assert "Training: 15 h of 50 h." in ran.out
    assert re.search(r"line 2: 5 h of 7 h: .*Online training stops at 5 h", ran.out)
    assert "md-cprs 2025 on 2026-04-01" in ran.err
    short = lms("packs", "evaluate", "md-cprs", "--record", record, "--on", "2026-04-01").out
    assert "line 2" not in short


def test_evaluate_in_json_gives_the_tree_with_sentences_and_lines(lms: Lms, record: Path):
    words = ("packs", "evaluate", "md-cprs", "--record", record, "--on", "2026-04-01", "--json")
    told = lms(*words).json
    (stage,) = told["answer"]["parts"]
    states = {part["id"]: part["state"] for part in stage["parts"]}
    assert (states["training"], states["recovery"], states["core-course"]) == (
        "not-yet",
        "met",
        "met",
    )
    training = stage["parts"][0]
    assert (training["have"], training["need"]) == (900, 3000)
    assert sum(line["minutes"] for line in training["counted"]) == 900
    renewal = lms(*words, "--part", "renewal").json
    assert renewal["answer"]["state"] == "not-asked"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"{", "This is not JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b'{"entries": [{"minutes": 1}]}', "entries[0]: "),
        (b'{"facts": {"recovery": {"standing": "sure"}}}', "facts.recovery.standing"),
    ],
)
def test_a_file_that_is_no_record_is_refused_with_the_place(
    lms: Lms, tmp_path: Path, text: bytes, told: str
):
    path = tmp_path / "odd.json"
    path.write_bytes(text)
    lms("packs", "evaluate", "md-cprs", "--record", path).refused(told)


def test_a_file_too_large_for_a_person_is_not_read(lms: Lms, tmp_path: Path):
    path = tmp_path / "large.json"
    with path.open("wb") as held:
        held.truncate(20_000_001)
    lms("packs", "evaluate", "md-cprs", "--record", path).refused("larger than 20 MB")
