"""The log as the world sees it: files for ever, proofs that need nobody, a witness heard."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lms.domain.checkpoints import Checkpoint, read_proof
from lms.domain.notes import COSIGNATURE, Note, NoteKey, cosign, encoded, read_note
from lms.domain.tiles import entries_in, hashes_in
from lms.domain.translog import leaf_hash
from lms.formats import seals, witnessing
from lms.formats.witnessing import Alarm
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import cosigning, issuing, translog
from tests.log_kept import holder, many, publish, revoke, with_key
from tests.school import HOST, School

SCRIPT = Path(__file__).parents[2] / "docs" / "verify.py"


def get(school: School, path: str, **headers: str):
    return school.app.test_client().get(path, base_url=HOST, headers=headers)


def post(school: School, body: bytes | str):
    client = school.app.test_client()
    return client.post("/log/cosignatures", base_url=HOST, data=body, content_type="text/plain")


@pytest.fixture
def row(school: School) -> Certificate:
    return holder(with_key(school))[1]


@pytest.fixture
def signed(school: School, row: Certificate) -> Note:
    return publish(school)


@dataclass
class Board:
    """A second party with a key of its own."""

    data: Path

    @property
    def key(self) -> NoteKey:
        public = seals.public_bytes(self.data, seals.WITNESS)
        return NoteKey("board.example", COSIGNATURE, public)

    def signs(self, note: Note, moment: int) -> Note:
        line = cosign(note.text, self.key, self.by, moment)
        return Note(note.text, (line,))

    def by(self, text: bytes) -> bytes:
        return seals.signature_by(self.data, seals.WITNESS, text)


@pytest.fixture
def board(school: School, tmp_path: Path) -> Board:
    seals.make(tmp_path / "board", seals.WITNESS)
    made = Board(tmp_path / "board")
    with school.database.writing() as session:
        cosigning.trust(session, school.now, made.key)
        session.commit()
    return made


def test_an_empty_log_has_no_files(school: School):
    for path in ("checkpoint", "key", "tile/0/000", "tile/0/000.p/1", "tile/entries/000.p/1"):
        assert get(school, f"/log/{path}").status_code == 404, path


def test_the_files_of_the_log_are_public_and_kept_by_anyone(school: School, signed: Note):
    checkpoint = get(school, "/log/checkpoint")
    assert checkpoint.text == str(signed)
    assert checkpoint.headers["Cache-Control"] == "public, max-age=5"
    key = NoteKey.read(get(school, "/log/key").text)
    assert signed.signed_by(key, seals.holds) is not None
    tile = get(school, "/log/tile/0/000.p/1")
    (entry,) = entries_in(get(school, "/log/tile/entries/000.p/1").data)
    assert hashes_in(tile.data) == [leaf_hash(entry)] == [Checkpoint.of(signed).root]
    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {r.headers["Content-Type"] for r in (checkpoint, tile)} == {
        "text/plain; charset=utf-8", "application/octet-stream",
    }  # fmt: skip
    for response in (checkpoint, tile, get(school, "/log/key")):
        assert "Set-Cookie" not in response.headers
    for path in ("0/000", "0/000.p/2", "1/000.p/1", "0/0", "entries/000", "x", "0/001.p/1"):
        assert get(school, f"/log/tile/{path}").status_code == 404, path


def test_what_is_not_signed_yet_is_not_shown_as_signed(school: School, row: Certificate):
    page = get(school, f"/verify/{row.code}").text
    assert "Entry 0. It will be signed within a few minutes." in page
    waiting = get(school, f"/verify/{row.code}/proof")
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "5")
    assert get(school, "/log/tile/0/000.p/1").status_code == 404
    asked = get(school, f"/verify/{row.code}", Accept="application/json").json
    assert asked["log"] | {"proof": ""} == {
        "index": 0, "revoked_by": None, "checkpoint": None, "checkpoint_at": None,
        "witnesses": [], "proof": "",
    }  # fmt: skip


def test_the_page_of_a_certificate_says_where_it_stands_in_the_log(
    school: School, row: Certificate, signed: Note
):
    page = get(school, f"/verify/{row.code}").text
    assert "Entry 0. The log was last signed on" in page
    assert f'href="/verify/{row.code}/proof"' in page
    revoke(school, row)
    publish(school)
    assert "That it was taken back is entry 1." in get(school, f"/verify/{row.code}").text
    asked = get(school, f"/verify/{row.code}", Accept="application/json").json["log"]
    assert (asked["index"], asked["revoked_by"], asked["checkpoint"]) == (0, 1, 2)


def test_a_proof_opens_to_the_record_and_leads_to_what_was_signed(
    school: School, row: Certificate, signed: Note
):
    answer = get(school, f"/verify/{row.code}/proof")
    assert answer.headers["Content-Disposition"].endswith('.tlog-proof"')
    assert row.code not in answer.headers["Content-Disposition"]
    proof = read_proof(answer.data)
    held = json.loads(proof.extra)
    assert proof.shows(leaf_hash(held["entry"].encode()))
    assert json.loads(held["record"])["holder"] == "Ana Ruiz"
    assert get(school, "/verify/nonsense/proof").status_code == 404


def test_the_proof_of_a_replaced_paper_does_not_tell_the_old_name(
    school: School, row: Certificate, signed: Note
):
    holder_page = school.browser()
    with school.database.writing() as session:
        old, person = session.get_one(Certificate, row.id), session.get_one(Person, row.person_id)
        issuing.reissue(session, school.now, old, person, "Ana Diaz", school.office, person)
        session.commit()
    publish(school)
    proof = read_proof(get(school, f"/verify/{row.code}/proof").data)
    assert set(json.loads(proof.extra)) == {"entry"}
    assert proof.shows(leaf_hash(json.loads(proof.extra)["entry"].encode()))
    assert holder_page.open(f"/verify/{row.code}").status == 200


def test_without_its_salt_a_certificate_has_no_proof_any_more(
    school: School, row: Certificate, signed: Note
):
    with school.database.writing() as session:
        translog.forget(session, school.now, session.get_one(Certificate, row.id), None)
        session.commit()
    answer = get(school, f"/verify/{row.code}/proof")
    assert answer.status_code == 404
    assert "There is no proof of this certificate any more" in answer.text
    assert "the log says nothing about it" in get(school, f"/verify/{row.code}").text
    assert get(school, f"/verify/{row.code}", Accept="application/json").json["log"] is None


def test_what_a_witness_signed_is_shown_with_the_checkpoint_and_the_certificate(
    school: School, row: Certificate, signed: Note, board: Board
):
    moment = int(school.now.timestamp())
    sent = str(board.signs(signed, moment))
    for _again in range(2):
        answer = post(school, sent)
        assert (answer.status_code, answer.text) == (200, "board.example\n")
    note = read_note(get(school, "/log/checkpoint").data)
    assert note.signed_by(board.key, seals.holds).moment == moment
    assert "board.example saw on" in get(school, f"/verify/{row.code}").text
    with school.database.writing() as session:
        many(session, row, 3)
        session.commit()
    publish(school)
    # The log grew on; the proof leads to the checkpoint that someone else saw too.
    proof = read_proof(get(school, f"/verify/{row.code}/proof").data)
    assert Checkpoint.of(proof.note).size == 1
    assert proof.note.signed_by(board.key, seals.holds) is not None


def test_a_signature_that_does_not_count_is_refused_with_a_reason(
    school: School, row: Certificate, signed: Note, board: Board, tmp_path: Path
):
    moment = int(school.now.timestamp())
    seals.make(tmp_path / "stranger", seals.WITNESS)
    stranger = Board(tmp_path / "stranger")
    other = Note(str(Checkpoint("school.example/log", 1, b"x" * 32)), ())
    ahead = Note(str(Checkpoint("school.example/log", 9, b"x" * 32)), ())
    forged = board.signs(other, moment)
    wrong = {
        str(stranger.signs(signed, moment)): (422, "No witness that this log knows"),
        str(signed): (422, "No witness that this log knows"),
        str(Note(signed.text, forged.lines)): (422, "does not hold"),
        str(board.signs(signed, moment + 86_400)): (422, "in the future"),
        str(board.signs(other, moment)): (409, "1\n"),
        str(board.signs(ahead, moment)): (409, "1\n"),
        "nonsense": (422, "no signed note"),
        "": (422, "no signed note"),
        "x" * 100_000: (422, "no signed note"),
        "text\n\n\u2014 a AAAAAAA=\n": (422, "no checkpoint"),
    }
    for body, (status, words) in wrong.items():
        answer = post(school, body.encode())
        assert (answer.status_code, words in answer.text) == (status, True), body[:60]
    assert "board.example" not in get(school, "/log/checkpoint").text


def test_a_witness_is_known_by_one_key(school: School, board: Board, tmp_path: Path):
    seals.make(tmp_path / "other", seals.WITNESS)
    with school.database.writing() as session:
        assert cosigning.trust(session, school.now, board.key) is False
        with pytest.raises(ValueError, match="known with another key"):
            cosigning.trust(session, school.now, Board(tmp_path / "other").key)
        with pytest.raises(ValueError, match="key of a log"):
            cosigning.trust(session, school.now, NoteKey("a", 1, b"l" * 32))


def test_a_witness_follows_a_log_that_only_grows_and_raises_an_alarm_otherwise(
    school: School, row: Certificate, signed: Note
):
    key = NoteKey.read(get(school, "/log/key").text)
    fetched: dict[str, bytes] = {}

    def fetch(place: str) -> bytes:
        return fetched.get(place) or get(school, f"/log/{place}").data

    def look(before: Checkpoint | None) -> witnessing.Look:
        return witnessing.look(fetch, key, before, seals.holds)

    first = look(None)
    with school.database.writing() as session:
        many(session, row, 299)
        session.commit()
    publish(school)
    second = look(first.checkpoint)
    assert (second.checkpoint.size, second.grew) == (300, 299)
    assert look(second.checkpoint).grew == 0
    longer = Checkpoint(key.name, 301, b"x" * 32)
    other = Checkpoint(key.name, 1, b"x" * 32)
    for before, words in ((longer, "had 301 entries and now has 300"), (other, "were changed")):
        with pytest.raises(Alarm, match=words):
            look(before)
    fetched["tile/0/000"] = b"x" * 31
    with pytest.raises(Alarm, match="another length"):
        look(first.checkpoint)
    fetched["checkpoint"] = str(second.note).replace("300", "301").encode()
    with pytest.raises(ValueError, match="does not hold"):
        look(first.checkpoint)
    with pytest.raises(Alarm, match="not signed with the key"):
        witnessing.look(fetch, NoteKey("other/log", key.kind, key.public), None, seals.holds)


def script(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", SCRIPT, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_script_that_shares_no_code_with_us_agrees(
    school: School, row: Certificate, signed: Note, board: Board, tmp_path: Path
):
    assert "lms" not in SCRIPT.read_text().replace("c2sp", "").split()
    assert len(SCRIPT.read_text().splitlines()) <= 150
    with school.database.writing() as session:
        many(session, row, 40)
        session.commit()
    post(school, str(board.signs(publish(school), int(school.now.timestamp()))))
    held = get(school, f"/verify/{row.code}/proof").text
    proof, key, witness = (tmp_path / name for name in ("a.tlog-proof", "key.txt", "board.txt"))
    proof.write_text(held)
    key.write_text(get(school, "/log/key").text)
    witness.write_text(str(board.key))
    (tmp_path / "checkpoint").write_text(get(school, "/log/checkpoint").text)
    said = script(proof, key, "--witness", witness, "--checkpoint", tmp_path / "checkpoint")
    assert said.returncode == 0, said.stderr
    assert "PROVED: entry 0 (issue) is in the log of 41 entries." in said.stdout
    assert "seen by board.example" in said.stdout
    assert "Ana Ruiz" in said.stdout
    assert script(proof, key.read_text().strip()).returncode == 0
    first, extra, index, *rest = held.split("\n")
    body = json.loads(read_proof(held.encode()).extra)
    record = json.dumps(body["record"].replace("Ana", "Eva"))
    fresh = json.dumps(body).replace(json.dumps(body["record"]), record)
    for wrong in (
        "\n".join([first, extra, "index 1", *rest]),
        "\n".join([first, extra, index, *rest[1:]]),
        "\n".join([first, extra, index, *rest]).replace("\n41\n", "\n42\n"),
        "\n".join([first, "extra " + _base64(fresh), index, *rest]),
        held[: len(held) // 2],
        "",
    ):
        proof.write_text(wrong)
        said = script(proof, key)
        assert (said.returncode, said.stdout) == (1, ""), wrong[:80]
        assert said.stderr.startswith("NOT PROVED: ")
        assert "Traceback" not in said.stderr
    proof.write_text(held)
    for words in ((proof, str(board.key)), (tmp_path / "none", key), (proof, "nonsense")):
        assert script(*words).returncode == 1
    (tmp_path / "checkpoint").write_text(str(signed))
    assert "something else" in script(proof, key, "--checkpoint", tmp_path / "checkpoint").stderr


def _base64(text: str) -> str:
    return encoded(text.encode())
