"""When the school is gone: a sealed bundle, a PDF and a script answer."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from lms.domain.notes import ED25519, NoteKey
from lms.formats import bundle, seals
from lms.models.database import Database
from lms.records.shelf import Shelf
from tests.cli.conftest import Lms
from tests.conftest import KIND
from tests.forging import edited, inside, reprinted, with_file
from tests.log_kept import holder, publish, with_key
from tests.school import School, settings
from tests.sealed import Sealed, sealed

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_bundle.py"
pytestmark = pytest.mark.skipif(KIND != "sqlite", reason="a bundle is files, the same from both")


@pytest.fixture(scope="module")
def kept(template: str, shelf_of_libraries: Shelf, tmp_path_factory) -> Iterator[Sealed]:
    """Sealed once: a bundle does not change any more."""
    folder = tmp_path_factory.mktemp("sealed")
    shutil.copy(make_url(template).database, folder / "school.sqlite")
    url = f"sqlite:///{folder / 'school.sqlite'}"
    database = Database(url)
    yield sealed(School(settings(folder, url), database, shelf_of_libraries))
    database.close()


def script(paper: bytes, folder: Path, *more: str) -> tuple[int, str]:
    path = folder.parent / "paper.pdf"
    path.write_bytes(paper)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(path), str(folder), *more],
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


FATES = [
    ("Ana Ruiz", 0, "had not ended", "Not taken back"),
    ("Ben Okoye", 1, "It was revoked", "ENDED"),
    ("Cara Lind", 1, "It was replaced", "ENDED"),
    ("Cara Lindh", 0, "had not ended", "Not taken back"),
]


def test_with_the_school_gone_a_board_still_gets_its_answer(kept: Sealed, lms: Lms, tmp_path: Path):
    folder = kept.written(tmp_path)
    paper = tmp_path / "certificate.pdf"
    for name, code, said, told in FATES:
        paper.write_bytes(kept.papers[name])
        ran = lms("cert", "verify", paper, "--bundle", folder, "--key", kept.key)
        assert (name, ran.code) == (name, code), ran.err
        assert said in ran.out
        answered, words = script(kept.papers[name], folder, "--key", kept.key)
        assert (name, answered) == (name, code), words
        assert told in words
        assert name in words
    paper.write_bytes(kept.transcript)
    ran = lms("cert", "verify", paper, "--bundle", folder, "--json")
    assert (ran.code, ran.json["holds"], ran.json["on_status_list"]) == (0, True, False)
    assert "taken from the bundle itself" in ran.json["remarks"][0]


def test_what_was_changed_is_proved_by_nobody(kept: Sealed, lms: Lms, tmp_path: Path):
    folder = kept.written(tmp_path)
    ana, own = kept.papers["Ana Ruiz"], inside(kept.papers["Ana Ruiz"])
    held = next(one for one in own if one.name == "record.json")
    facts = json.loads(json.loads(held.body)["record"])
    forged = json.loads(held.body)
    forged["record"] = json.dumps(facts | {"holder": "Eve Hill"})
    tricks = {
        "another name inside": edited(
            ana, with_file("record.json", json.dumps(forged, separators=(",", ":")).encode())
        ),
        "the credential of another": edited(
            ana,
            with_file(
                "credential.json",
                next(
                    one.body
                    for one in inside(kept.papers["Ben Okoye"])
                    if one.name == "credential.json"
                ),
            ),
        ),
        "no PDF": b"Certificate",
    }
    for name, made in tricks.items():
        path = tmp_path / "forged.pdf"
        path.write_bytes(made)
        ran = lms("cert", "verify", path, "--bundle", folder)
        assert (name, ran.code, "Not proved" in ran.err) == (name, 1, True)
    assert script(tricks["another name inside"], folder)[0] == 1
    assert script(tricks["no PDF"], folder)[0] == 1


def test_a_page_that_says_something_else_is_seen_without_the_school(
    kept: Sealed, lms: Lms, tmp_path: Path
):
    path = tmp_path / "forged.pdf"
    path.write_bytes(
        reprinted(replace(kept.facts, holder="Eve Hill"), inside(kept.papers["Ana Ruiz"]))
    )
    ran = lms("cert", "verify", path, "--bundle", kept.written(tmp_path), "--json")
    assert (ran.code, ran.json["holds"]) == (1, False)
    assert ran.json["differing"][0][0] == "holder"


DAMAGE = {
    "an entry": lambda f: f.update(
        {n: f[n].replace(b"issue", b"ISSUE") for n in f if "entries" in n}
    ),
    "the checkpoint": lambda f: f.update(
        {"log/checkpoint": f["log/checkpoint"][:-9] + b"AAAAAAA=\n"}
    ),
    "a list": lambda f: f.update({"status/revocation/1.json": b"{}"}),
    "a file more": lambda f: f.update({"extra.txt": b"x"}),
    "a file less": lambda f: f.pop("did.json"),
    "the seal": lambda f: f.update({bundle.SIGNATURE: f[bundle.SIGNATURE][:-9] + b"AAAAAAA=\n"}),
    "no manifest": lambda f: f.pop(bundle.MANIFEST),
}


def test_a_bundle_that_was_changed_is_refused_and_the_place_is_named(
    kept: Sealed, lms: Lms, tmp_path: Path
):
    whole = kept.written(tmp_path)
    ran = lms("archive", "verify", whole, "--key", kept.key)
    assert (ran.code, "Whole, and sealed" in ran.out) == (0, True), ran.err
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(kept.papers["Ana Ruiz"])
    for name, damage in DAMAGE.items():
        files = dict(kept.files)
        damage(files)
        place = tmp_path / f"{name}.zip"
        bundle.write(files, place)
        assert (name, lms("archive", "verify", place).code) == (name, 1)
        assert (name, lms("cert", "verify", paper, "--bundle", place).code) == (name, 1)


def test_a_bundle_made_anew_by_a_forger_fails_under_the_key_that_is_known(
    kept: Sealed, lms: Lms, tmp_path: Path
):
    seals.make(tmp_path / "forger", seals.LOG)
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(kept.papers["Ana Ruiz"])
    name, _id, _key = kept.key.split("+", 2)
    wrong = NoteKey(name, ED25519, seals.public_bytes(tmp_path / "forger", seals.LOG))
    folder = kept.written(tmp_path)
    lms("cert", "verify", paper, "--bundle", folder, "--key", str(wrong)).refused("Not proved")
    lms("archive", "verify", folder, "--key", str(wrong)).refused("Another key")
    assert script(kept.papers["Ana Ruiz"], folder, "--key", str(wrong))[0] == 1


def test_no_name_number_or_course_is_in_a_bundle(kept: Sealed):
    everything = b"\n".join(held for name, held in kept.files.items() if name != "verify.py")
    for word in (*kept.codes, *kept.codes.values(), "Foundations", "peer-support", "Ruiz", "Lind"):
        assert word.encode() not in everything, word


def test_sealing_as_people_do_it(shop: School, lms: Lms, tmp_path: Path):
    holder(with_key(shop))
    out = tmp_path / "peerpath.zip"
    ran = lms("archive", "seal", "--out", out)
    assert ran.code == 0, ran.err
    assert lms("archive", "verify", out).code == 0
    lms("archive", "seal", "--out", out).refused("never overwritten")
    assert publish(shop) is None


def test_without_a_certificate_there_is_nothing_to_seal(shop: School, lms: Lms, tmp_path: Path):
    seals.make(shop.settings.data, seals.LOG)
    lms("archive", "seal", "--out", tmp_path / "x").refused("Nothing to seal")
    lms("archive", "verify", tmp_path).refused("is no bundle")
