"""Beginning a module: sound files that say what to write, all of them or none."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from lms.content import begin
from lms.content.callouts import LABELS
from lms.content.check import check
from lms.content.documents import SECTION
from lms.content.files import documents
from lms.domain.items import ItemType
from tests.cli.conftest import Lms
from tests.content.conftest import plant

TODAY = date(2026, 11, 22)
MADE = [
    "assessments/items/asking-for-help.yaml",
    "assessments/quizzes/asking-for-help.yaml",
    "assessments/role-plays/asking-for-help-conversation.yaml",
    "assessments/rubrics/asking-for-help-conversation.yaml",
    "curriculum/modules/asking-for-help/en/01-the-moment.md",
    "curriculum/modules/asking-for-help/en/02-your-part.md",
    "curriculum/modules/asking-for-help/en/03-the-words.md",
    "curriculum/modules/asking-for-help/en/04-when-it-is-hard.md",
    "curriculum/modules/asking-for-help/en/05-bringing-in-others.md",
    "curriculum/modules/asking-for-help/en/06-after.md",
    "curriculum/modules/asking-for-help/module.yaml",
]
# What a new module may still be told: nothing of the form of its files.
STILL_TO_WRITE = (
    r'The file still says "Write here:" in \d+ places',
    r"The module has \d+ words",
    r"The bank has 5 items",
    r"Nobody will meet this: .*",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree without a fault."""
    return plant(tmp_path / "tree")


def everything(root: Path) -> dict[str, bytes]:
    """Every file and folder of a tree."""
    return {
        path.relative_to(root).as_posix(): b"" if path.is_dir() else path.read_bytes()
        for path in root.rglob("*")
    }


def test_a_new_module_names_its_files_and_the_next_step(lms: Lms, tree: Path):
    before = everything(tree)
    ran = lms("content", "new", "module", "asking-for-help", "--root", tree)
    assert (ran.code, ran.out.splitlines()) == (0, MADE)
    assert f"Next: lms content preview --root {tree}" in ran.err
    assert f"lms content check --root {tree}" in ran.err
    after = everything(tree)
    assert {name for name in after if (tree / name).is_file()} - before.keys() == set(MADE)
    assert {name: after[name] for name in before} == before


def test_what_is_found_in_a_new_module_is_what_is_still_to_write(lms: Lms, tree: Path):
    assert check(tree, TODAY) == ()
    lms("content", "new", "module", "asking-for-help", "--root", tree)
    found = check(tree, TODAY)
    assert {finding.file for finding in found} == set(MADE)
    allowed = re.compile("|".join(STILL_TO_WRITE))
    assert [str(f) for f in found if not allowed.fullmatch(f.fault)] == []
    assert sum("Write here:" in finding.fault for finding in found) == len(MADE) - 1  # not the quiz


def test_every_block_and_every_type_of_item_stands_in_it_once_at_least(lms: Lms, tree: Path):
    lms("content", "new", "module", "asking-for-help", "--root", tree)
    ours = [d for d in documents(tree)[0] if d.file in MADE]
    text = "\n".join(d.text for d in ours if d.kind == SECTION)
    assert set(re.findall(r"^/{3,} *(\w+)", text, re.MULTILINE)) == set(LABELS)
    assert '**Ana:** "' in text
    bodies = {d.file: d.body for d in ours}
    assert {item["type"] for item in bodies[MADE[0]]["items"]} == set(ItemType)
    assert len(bodies[MADE[2]]["turns"]) == 8
    assert len(bodies[MADE[3]]["criteria"]) == 6


def test_a_new_fact_is_listed_for_review(lms: Lms, tree: Path):
    lms("content", "new", "module", "asking-for-help", "--root", tree)
    ran = lms("content", "check", "--review", "--root", tree)
    assert "asking-for-help/module.yaml" in ran.out.splitlines()[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ((), "Asking for help"),
        (("--title", '  When "no": a\n talk  '), 'When "no": a talk'),
        (("--title", "Pedir ayuda, ¿cómo?"), "Pedir ayuda, ¿cómo?"),
    ],
)
def test_a_title_is_kept_as_it_was_meant(lms: Lms, tree: Path, typed: tuple[str, ...], shown: str):
    lms("content", "new", "module", "asking-for-help", *typed, "--root", tree)
    titles = [d.body["title"] for d in documents(tree)[0] if d.id == "asking-for-help"
              and "title" in d.body]  # fmt: skip
    assert sorted(titles) == sorted([shown, f"{shown} quiz"])


@pytest.mark.parametrize(
    "name",
    ["Asking", "asking_for_help", "asking for help", "-asking", "asking--help", "..", "a/b", "",
     "é", "a" * 61, "$title"],
)  # fmt: skip
def test_an_id_that_is_none_is_refused(lms: Lms, tree: Path, name: str):
    before = everything(tree)
    lms("content", "new", "module", "--root", tree, "--", name).refused("is no id for a module")
    assert everything(tree) == before


@pytest.mark.parametrize("there", [*MADE, "curriculum/modules/asking-for-help"])
def test_what_is_there_stands_in_the_way_and_stays_as_it_is(lms: Lms, tree: Path, there: str):
    place = tree / there
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("mine", encoding="utf-8")
    before = everything(tree)
    ran = lms("content", "new", "module", "asking-for-help", "--root", tree)
    ran.refused("stands in the way of a new module asking-for-help. Choose another id.")
    assert everything(tree) == before


def test_a_link_to_nowhere_stands_in_the_way_too(lms: Lms, tree: Path):
    (tree / MADE[1]).symlink_to(tree / "nowhere")
    ran = lms("content", "new", "module", "asking-for-help", "--root", tree)
    ran.refused(f"{MADE[1]} stands in the way")


def test_ids_of_items_that_another_bank_uses_stand_in_the_way(lms: Lms, tree: Path):
    # The bank of listening has items listen-01, listen-02, …
    lms("content", "new", "module", "listen", "--root", tree).refused(
        "assessments/items/listening.yaml stands in the way"
    )


def test_a_folder_without_content_is_refused(lms: Lms, tmp_path: Path):
    lms("content", "new", "module", "asking", "--root", tmp_path).refused("no folder curriculum")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", [" ", "\t", "a\x07b", "\udc80"])
def test_a_title_that_cannot_be_shown_is_refused(lms: Lms, tree: Path, title: str):
    before = everything(tree)
    ran = lms("content", "new", "module", "asking", "--title", title, "--root", tree)
    ran.refused("The title has no letters that can be shown")
    assert everything(tree) == before


def test_the_installed_content_is_not_written_to(
    lms: Lms, tree: Path, monkeypatch: pytest.MonkeyPatch
):
    installed = tree.rename(tree.with_name("_content"))
    monkeypatch.setattr("lms.cli.authoring.content_root", lambda: installed)
    before = everything(installed)
    lms("content", "new", "module", "asking").refused("Say where yours is: --root DIR")
    assert everything(installed) == before


@pytest.mark.parametrize("last", range(1, len(MADE)))
def test_a_disk_that_fills_up_half_way_leaves_nothing_behind(tree: Path, last: int):
    texts = begin.new_module(tree, "asking-for-help", "Asking", TODAY)
    names = list(texts)
    # A file of that name comes to be between the look and the writing.
    (tree / names[last]).parent.mkdir(parents=True, exist_ok=True)
    (tree / names[last]).write_text("mine", encoding="utf-8")
    before = everything(tree)
    with pytest.raises(FileExistsError):
        begin.write_all(tree, texts)
    assert everything(tree) == before


def test_a_place_that_cannot_be_written_is_a_sentence(lms: Lms, tree: Path):
    (tree / "assessments/rubrics").rename(tree / "assessments/away")
    (tree / "assessments/rubrics").write_text("a file where a folder belongs", encoding="utf-8")
    before = everything(tree)
    ran = lms("content", "new", "module", "asking-for-help", "--root", tree)
    ran.refused("The files could not be written, so none is kept")
    assert everything(tree) == before


def test_a_tree_of_one_folder_gets_the_others(lms: Lms, tmp_path: Path):
    (tmp_path / "curriculum").mkdir()
    assert lms("content", "new", "module", "asking-for-help", "--root", tmp_path).code == 0
    assert all((tmp_path / name).is_file() for name in MADE)


def test_the_skeleton_is_part_of_the_package():
    skeleton = files("lms.content") / "skeleton"
    for name in MADE:
        assert (skeleton / name.replace("asking-for-help", "ID")).is_file()
