"""Checking and publishing content: nothing half-right is ever current."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.content.places import content_root
from lms.models.editions import Publication
from tests.cli.conftest import Lms
from tests.school import School

QUIZ = Path("assessments", "quizzes", "crisis-support.yaml")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Our content, to be edited."""
    root = tmp_path / "tree"
    for part in ("curriculum", "assessments"):
        shutil.copytree(content_root() / part, root / part)
    return root


def edit(tree: Path, old: str, new: str) -> None:
    path = tree / QUIZ
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def publications(school: School) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Publication)) or 0


def test_publishing_twice_makes_one_publication_and_an_older_tree_can_come_back(
    shop: School, lms: Lms, tree: Path
):
    lms("content", "publish", "--root", tree)
    begun = publications(shop)
    edit(tree, "pass_percent: 80", "pass_percent: 70")
    changed = lms("content", "publish", "--root", tree)
    assert f"Publication {begun + 1} is current; 1 editions are new." in changed.err
    assert "Quiz “Crisis support quiz”: Percent to pass: 70, was 80." in changed.err
    again = lms("content", "publish", "--root", tree)
    assert f"Publication {begun + 1} is current; 0 editions are new." in again.err
    assert "Nothing changes for anyone." in again.err
    edit(tree, "pass_percent: 70", "pass_percent: 80")
    back = lms("content", "publish", "--root", tree)
    assert f"Publication {begun + 2} is current; 0 editions are new." in back.err
    assert publications(shop) == begun + 2


def test_a_tree_with_errors_is_not_published_and_each_error_has_file_line_and_remedy(
    shop: School, lms: Lms, tree: Path
):
    edit(tree, "module: crisis-support", "module: no-such-module")
    ran = lms("content", "publish", "--root", tree)
    ran.refused("nothing was published")
    assert f"{QUIZ}:2: module: " in ran.err
    assert publications(shop) == 1
    checked = lms("content", "check", "--root", tree, "--json")
    assert checked.code == 1
    (found, *_others) = [f for f in checked.json if f["severity"] == "error"]
    assert {"file", "line", "field", "fault", "remedy", "severity"} == set(found)
    assert found["remedy"]


@pytest.mark.parametrize("text", ["a: [", "- only\n- a list\n"])
def test_a_file_that_is_no_sound_yaml_is_a_finding(lms: Lms, tree: Path, text: str):
    (tree / QUIZ).write_text(text, encoding="utf-8")
    ran = lms("content", "check", "--root", tree)
    assert ran.code == 1
    assert str(QUIZ) in ran.out
    assert "Traceback" not in ran.err


def test_our_own_content_has_no_error(lms: Lms):
    ran = lms("content", "check")
    assert ran.code == 0, ran.out
    assert ran.err.startswith("0 errors")


def test_a_folder_without_content_is_not_published(shop: School, lms: Lms, tmp_path: Path):
    lms("content", "publish", "--root", tmp_path).refused("nothing was published")
    assert publications(shop) == 1
