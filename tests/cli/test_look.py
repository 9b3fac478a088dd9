"""A designer's look: used for what it has, refused in words, and checked for what a board needs."""

from pathlib import Path
from shutil import copy

import pytest

from lms.content.places import content_root
from lms.formats import looks
from lms.formats.looks import NoLook, look_of

OURS = content_root() / "templates" / "papers"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A look that is a copy of our certificate."""
    papers = tmp_path / "look" / "papers"
    papers.mkdir(parents=True)
    (tmp_path / "look" / "look.yaml").write_text("name: river-look\n")
    copy(OURS / "certificate.html", papers)
    return tmp_path / "look"


SAMPLE = looks.samples()[1:2]


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / "papers" / "certificate.html"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_without_a_folder_the_look_is_ours(tmp_path):
    assert look_of(tmp_path) is looks.OURS


def test_a_copy_of_ours_has_everything(folder, lms, monkeypatch):
    few = looks.samples()[1::5]
    assert {facts.language for facts in few} == {"en", "es"}
    monkeypatch.setattr(looks, "samples", lambda: few)
    done = lms("look", "check", "--folder", folder, "--json")
    assert done.code == 0
    assert done.json["faults"] == []
    assert done.json["look"].startswith("river-look-")


@pytest.mark.long
def test_a_copy_of_ours_has_everything_with_every_name(folder):
    assert list(looks.faults(looks.read(folder), looks.samples())) == []


LEFT_OUT = [
    ('{{ part.line(facts.holder, "holder step-%d%s" % (name_step, face(facts.holder))) }}', "Ana"),
    ('{{ part.lines(facts.approvals, w("none")) }}', "Board of Peers 88-1201"),
    ("{{ part.check(facts, address, check_at, qr, w) }}", "no link to the page"),
    ("{{ facts.minutes | in_hours }}", "54 h"),
]


@pytest.mark.parametrize(("part", "words"), LEFT_OUT)
def test_what_a_look_leaves_out_is_named(folder, part, words):
    changed(folder, part, "")
    found = list(looks.faults(looks.read(folder), SAMPLE))
    assert any(words in fault for fault in found), found[:5]
    assert all(fault.startswith("certificate") for fault in found)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("facts.minutes | in_hours", "(facts.minutes + 60) | in_hours", "55 h"),
        ('w("Issued")', 'w("Handed out")', "cannot be printed"),
        ("part.line(facts.signatory_title)", "part.line(facts.boss)", "cannot be printed"),
        ("</body>", "{% for n in range(90) %}<p>More</p>{% endfor %}</body>", "one page"),
        ("</body>", "{{ ''.__class__.__mro__ }}</body>", "cannot be printed"),
    ],
)
def test_what_is_false_or_cannot_be_printed_is_named(folder, old, new, words):
    changed(folder, old, new)
    assert any(words in fault for fault in looks.faults(looks.read(folder), SAMPLE))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("", "needs a name"),
        ("name: Our Look!", "small letters"),
        ("name: [a", "cannot be read"),
        ("- a", "needs a name"),
    ],
)
def test_a_folder_without_a_name_is_refused_in_words(folder, told, words):
    (folder / "look.yaml").write_text(told)
    with pytest.raises(NoLook, match=words):
        looks.read(folder)


def test_an_empty_look_and_a_missing_file_are_refused(folder, lms):
    (folder / "papers" / "certificate.html").unlink()
    with pytest.raises(NoLook, match="changes nothing"):
        looks.read(folder)
    (folder / "look.yaml").unlink()
    lms("look", "check", "--folder", folder).refused("cannot be read")


def test_a_look_that_changes_under_a_running_worker_is_not_mixed_with_itself(folder):
    first = look_of(folder.parent)
    assert look_of(folder.parent) == first
    changed(folder, "</body>", "<p></p></body>")
    with pytest.raises(NoLook, match="was changed"):
        look_of(folder.parent)
