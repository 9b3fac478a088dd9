"""``lms log`` and ``lms witness``: check, sign, prove, and be watched by someone else."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from werkzeug.serving import WSGIRequestHandler, make_server

from lms.domain.checkpoints import Checkpoint, read_proof
from lms.domain.notes import ED25519, NoteKey, read_note
from lms.formats import last_signed, seals
from lms.models.certificates import Certificate
from lms.models.translog import LogCheckpoint, LogLeaf, LogSalt, LogTile
from lms.records import translog
from tests.cli.conftest import Lms
from tests.log_kept import holder, many, publish, with_key
from tests.school import School


@pytest.fixture
def row(shop: School) -> Certificate:
    return holder(with_key(shop))[1]


def doctor(lms: Lms) -> tuple[str, str]:
    (line,) = (line for line in lms("doctor", "--json").json if line["check"] == "public log")
    return line["state"], line["words"]


def test_a_log_that_is_right_says_so_and_is_signed_once(shop: School, row: Certificate, lms: Lms):
    assert lms("log", "verify").out == (
        "1 entries, 0 of them signed.\nEvery one of them is as it was written.\n"
    )
    assert doctor(lms)[0] == "warning"
    first = lms("log", "checkpoint")
    assert Checkpoint.of(read_note(first.out.encode())).size == 1
    assert lms("log", "checkpoint", "--rebuild").out == first.out
    shown = lms("log", "checkpoint", "--json").json
    assert (shown["size"], shown["witnesses"], shown["note"]) == (1, [], first.out)
    assert lms("log", "verify", "--json").json == {
        "right": True, "entries": 1, "signed": 1, "unopened": 0, "first_bad": None,
        "last_bad": None, "wrong": None, "place": "", "without_entry": [], "fault": "",
    }  # fmt: skip
    assert doctor(lms)[0] == "ok"


def test_the_first_bad_entry_is_named(shop: School, row: Certificate, lms: Lms):
    with shop.database.writing() as session:
        one, *_rest = many(session, row, 9)
        session.commit()
    publish(shop)
    with shop.database.writing() as session:
        session.execute(update(LogLeaf).where(LogLeaf.index == 6).values(body=b"{}"))
        session.execute(delete(LogSalt).where(LogSalt.certificate_id == one.id))
        session.commit()
    ran = lms("log", "verify")
    assert ran.code == 1
    assert "Entry 6 does not fit its hash: the entry or the hash was changed." in ran.out
    assert f"certificate:{one.id} has no entry of its own in the log." in ran.out
    assert "1 can be opened by nobody: their salts were deleted." in ran.out
    assert ran.out.startswith("10 entries, 10 of them signed.")
    shown = lms("log", "verify", "--json")
    assert (shown.code, shown.json["first_bad"], shown.json["wrong"]) == (1, 6, "hash")
    with shop.database.writing() as session:
        session.execute(update(LogCheckpoint).values(root=b"x" * 32))
        session.commit()
    ran = lms("log", "verify")
    assert "Entry 0, or one after it up to 9, does not lead to the root that was signed" in ran.out


def test_a_restored_backup_is_told_by_every_command(shop: School, row: Certificate, lms: Lms):
    with shop.database.writing() as session:
        many(session, row, 3)
        session.commit()
    publish(shop)
    with shop.database.writing() as session:
        session.execute(delete(LogSalt).where(LogSalt.index > 1))
        lost = Certificate.program_id.in_(["program-1", "program-2"])
        session.execute(delete(Certificate).where(lost))
        session.execute(delete(LogLeaf).where(LogLeaf.index > 1))
        session.execute(delete(LogCheckpoint))
        session.execute(delete(LogTile))
        session.commit()
    words = "hold 2 entries of the public log, and 4 were signed before"
    lms("log", "checkpoint").refused(words)
    ran = lms("log", "verify")
    assert (ran.code, words in ran.out) == (1, True)
    assert doctor(lms)[0] == "fault"
    assert words in doctor(lms)[1]


def test_without_a_key_nothing_is_signed_and_the_way_to_mend_it_is_said(shop: School, lms: Lms):
    holder(shop)
    lms("log", "checkpoint").refused("so the public log cannot be signed")
    assert doctor(lms)[0] == "fault"
    path = seals.make(shop.settings.data, seals.LOG)
    path.chmod(0o644)
    assert "chmod 600" in doctor(lms)[1]


def test_an_empty_log_has_nothing_to_sign(shop: School, lms: Lms):
    with_key(shop)
    lms("log", "checkpoint").refused("The log is empty")
    assert lms("log", "verify").code == 0
    assert doctor(lms)[0] == "ok"


def test_a_certificate_is_proved(shop: School, row: Certificate, lms: Lms, tmp_path: Path):
    lms("log", "prove", row.code).refused("Entry 0 is not signed yet. Run: lms log checkpoint")
    publish(shop)
    said = lms("log", "prove", row.code)
    assert read_proof(said.out.encode()).index == 0
    out = tmp_path / "a.tlog-proof"
    assert lms("log", "prove", row.code, "--out", out).err == f"Written: {out}\n"
    assert out.read_text() == said.out
    assert lms("log", "prove", row.code, "--json").json["file"] == said.out
    lms("log", "prove", "nonsense").refused("in nobody's record here")
    with shop.database.writing() as session:
        translog.forget(session, shop.now, session.get_one(Certificate, row.id), None)
        session.commit()
    lms("log", "prove", row.code).refused("was deleted")


class Quiet(WSGIRequestHandler):
    """Writes no lines."""

    def log(self, *_words: object) -> None:
        """Nothing."""


@pytest.fixture
def address(shop: School) -> Iterator[str]:
    """The log, served on this machine to anyone who asks under the school's name."""

    def under_its_name(environ, start):
        return shop.app(environ | {"HTTP_HOST": "school.example"}, start)

    with make_server("127.0.0.1", 0, under_its_name, request_handler=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/log"
        server.shutdown()
        thread.join()


def test_a_witness_signs_what_only_grew_and_is_heard(
    shop: School, row: Certificate, lms: Lms, address: str, tmp_path: Path
):
    data = tmp_path / "watch"
    shop.now = datetime.now(UTC)  # the witness has a clock of its own
    look = ("witness", "--log", address, "--data", data)
    lms(*look).refused("Say who you are the first time")
    first = publish(shop)
    alone = lms(*look, "--name", "board.example")
    assert alone.code == 1
    assert "No witness that this log knows signed here" in alone.err
    key = (data / "witness-key.txt").read_text().strip()
    assert key in alone.err
    lms("log", "trust", "nonsense").refused("no key of a log or a witness")
    assert "is taken as a witness" in lms("log", "trust", key).err
    assert "was taken as a witness" in lms("log", "trust", key).err
    heard = lms(*look, "--json").json
    assert (heard["size"], heard["grew"], heard["answer"]) == (1, 0, "")
    assert lms("log", "checkpoint", "--json").json["witnesses"] == ["board.example"]
    with shop.database.writing() as session:
        many(session, row, 9)
        session.commit()
    publish(shop)
    assert "only grew: 10 entries, 9 of them new." in lms(*look).out
    # The log forgets what it signed, and is caught by someone who did not.
    with shop.database.writing() as session:
        session.execute(
            update(LogCheckpoint).where(LogCheckpoint.size == 10).values(note=str(first))
        )
        session.commit()
    before = last_signed.read(data)
    lms(*look).refused("ALARM: The log had 10 entries and now has 1. Nothing was signed.")
    assert last_signed.read(data) == before
    (kept,) = (data / "log").glob("alarm-*.txt")
    assert read_note(kept.read_bytes()).text == first.text


def test_a_witness_takes_no_other_key_and_no_other_address(
    shop: School, row: Certificate, lms: Lms, address: str, tmp_path: Path
):
    publish(shop)
    look = ("witness", "--data", tmp_path / "w", "--name", "b.example", "--log")
    lms(*look, "file:///etc/passwd").refused("is no address of a log")
    first = lms(*look, "http://127.0.0.1:1/log")
    assert (first.code, "cannot be read" in first.err) == (1, True)
    lms(*look, f"{address}/nowhere").refused("cannot be read")
    key = lms("log", "checkpoint", "--json").json["key"]
    mine = (tmp_path / "w" / "witness-key.txt").read_text()
    lms(*look, address, "--log-key", mine).refused("not the key of a log")
    assert lms(*look, address, "--log-key", key).code == 1
    (tmp_path / "w" / "log-key.txt").write_text(key.replace("school", "other"))
    lms(*look, address).refused("no key of a log")
    seals.make(tmp_path / "x", "log")
    other = seals.public_bytes(tmp_path / "x", "log")
    line = str(NoteKey("school.example/log", ED25519, other))
    (tmp_path / "w" / "log-key.txt").write_text(key)
    lms(*look, address, "--log-key", line).refused("holds another key of the log")
