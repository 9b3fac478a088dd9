"""Notes, keys, checkpoints and files of proof: read exactly, or refused with a sentence."""

import pytest

from lms.domain.checkpoints import Checkpoint, ProofFile, read_proof
from lms.domain.notes import (
    COSIGNATURE,
    ED25519,
    BrokenNote,
    Note,
    NoteKey,
    cosign,
    decoded,
    encoded,
    read_note,
    sign,
)
from lms.domain.translog import inclusion, leaf_hash, reader_of, root
from tests.domain.logs import entry, holds, leaves, mark

LOG = NoteKey("school.example/log", ED25519, b"l" * 32)
WITNESS = NoteKey("board.example", COSIGNATURE, b"w" * 32)
ROOT = root(7, reader_of(leaves(7)))
SAID = Checkpoint("school.example/log", 7, ROOT)
LINE = sign(str(SAID), LOG, lambda text: mark(LOG.public, text))
SEEN = cosign(str(SAID), WITNESS, lambda text: mark(WITNESS.public, text), 1_679_315_147)
NOTE = Note(str(SAID), (LINE,)).with_lines([SEEN])


def test_a_note_reads_back_to_the_letter():
    assert read_note(str(NOTE).encode()) == NOTE
    assert str(read_note(str(NOTE).encode())) == str(NOTE)
    assert NOTE.signed_by(LOG, holds) == LINE
    assert NOTE.signed_by(WITNESS, holds) == SEEN
    assert SEEN.moment == 1_679_315_147


def test_the_example_of_the_specification_has_its_key_id():
    # c2sp.org/signed-note and the key of the Go checksum database.
    line = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    key = NoteKey.read(line)
    assert (key.name, key.kind, len(key.public)) == ("sum.golang.org", ED25519, 32)
    assert str(key) == line


def test_a_key_that_did_not_sign_is_told_apart_from_one_that_fails():
    assert NOTE.signed_by(NoteKey(LOG.name, ED25519, b"x" * 32), holds) is None
    assert NOTE.signed_by(NoteKey("other.example", ED25519, LOG.public), holds) is None
    for text in (str(SAID).replace("7", "8"), str(SAID) + "more\n"):
        for key in (LOG, WITNESS):
            with pytest.raises(BrokenNote, match="does not hold"):
                Note(text, NOTE.lines).signed_by(key, holds)
    later = cosign(NOTE.text, WITNESS, lambda text: mark(WITNESS.public, text), 2)
    forged = type(later)(later.name, later.key_id, SEEN.value[:8] + later.value[8:])
    with pytest.raises(BrokenNote, match="does not hold"):
        Note(NOTE.text, (forged,)).signed_by(WITNESS, holds)


NO_NOTES = {
    "nothing": b"",
    "no signature": b"text\n",
    "no empty line": b"text\n\xe2\x80\x94 a AAAAAAA=\n",
    "an end that is cut off": str(NOTE).encode()[:-1],
    "no text": b"\xff\xfe\n\n",
    "a control": str(NOTE).replace("7", "\t7", 1).encode(),
    "another dash": str(NOTE).replace("\u2014", "-").encode(),
    "a name with a plus": str(NOTE).replace("\u2014 school", "\u2014 sch+ool").encode(),
    "a signature too short": b"text\n\n\xe2\x80\x94 a AAAAAA==\n",
    "not base64": b"text\n\n\xe2\x80\x94 a AAAA!AAA=\n",
    "far too much": b"a\n" * 60_000 + str(NOTE).encode(),
}


@pytest.mark.parametrize("held", NO_NOTES.values(), ids=list(NO_NOTES))
def test_what_is_no_note_is_refused(held: bytes):
    with pytest.raises(BrokenNote):
        read_note(held)


@pytest.mark.parametrize(
    "line",
    [
        "", "a", "a+b", str(LOG)[1:], str(LOG)[:-4], str(LOG).replace("+", " "), f"a{LOG}",
        str(NoteKey("a", 0x02, b"l" * 32)), str(NoteKey("a", ED25519, b"l" * 31)),
        str(NoteKey("", ED25519, b"l" * 32)), str(NoteKey("a b", ED25519, b"l" * 32)),
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused(line: str):
    with pytest.raises(BrokenNote, match="no key"):
        NoteKey.read(line)


def test_bytes_are_written_in_one_way():
    assert decoded(encoded(b"abcd")) == b"abcd"
    assert decoded("YWJjZA") == decoded("YWJjZB==") == decoded("é") == decoded("YWJj\nZA==") == b""


def test_a_checkpoint_reads_back_and_may_say_more():
    assert Checkpoint.of(NOTE) == SAID
    assert Checkpoint.of(Note(f"{SAID}more\n", ())) == SAID
    assert Checkpoint.of(Note(str(Checkpoint("o", 0, ROOT)), ())).size == 0


@pytest.mark.parametrize(
    "text",
    [
        "\n", "o\n", "o\n7\n", f"\n7\n{encoded(ROOT)}\n", f"o\n07\n{encoded(ROOT)}\n",
        f"o\n-7\n{encoded(ROOT)}\n", f"o\n\u0667\n{encoded(ROOT)}\n",
        f"o\n{'9' * 30}\n{encoded(ROOT)}\n",
        f"o\n7\n{encoded(ROOT[1:])}\n", f"o\n7\n{encoded(ROOT)}\n\nmore\n", "o\n7\nnonsense\n",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str):
    with pytest.raises(BrokenNote, match="no checkpoint"):
        Checkpoint.of(Note(text, ()))


PROOF = ProofFile(4, tuple(inclusion(4, 7, reader_of(leaves(7)))), NOTE, b'{"entry":""}')


def test_a_file_of_proof_reads_back_and_shows_its_entry():
    bare = ProofFile(PROOF.index, PROOF.path, NOTE)
    for proof in (PROOF, bare):
        assert read_proof(str(proof).encode()) == proof
        assert proof.shows(leaf_hash(entry(4)))
        assert not proof.shows(leaf_hash(entry(5)))
    alone = ProofFile(0, (), Note(str(Checkpoint("o", 1, leaves(1)[0])), (LINE,)))
    assert read_proof(str(alone).encode()).shows(leaf_hash(entry(0)))


NO_PROOFS = {
    "nothing": b"",
    "no text": b"\xff\n\nx",
    "another version": str(PROOF).replace("@v1", "@v2").encode(),
    "no index": str(PROOF).replace("index 4\n", "").encode(),
    "only a first line": b"c2sp.org/tlog-proof@v1\n\n" + str(NOTE).encode(),
    "an index with a zero before": str(PROOF).replace("index 4", "index 04").encode(),
    "a word as index": str(PROOF).replace("index 4", "index four").encode(),
    "extra that is not base64": str(PROOF).replace("extra ", "extra !").encode(),
    "a hash too short": str(PROOF).replace("index 4\n", "index 4\nAAAA\n").encode(),
    "a path without end": str(PROOF).replace(
        "index 4\n", f"index 4\n{encoded(ROOT)}\n" + f"{encoded(ROOT)}\n" * 63
    ).encode(),
    "no checkpoint": str(PROOF).split("\n\n", maxsplit=1)[0].encode(),
    "a broken note": str(PROOF).encode()[:-1],
}  # fmt: skip


@pytest.mark.parametrize("held", NO_PROOFS.values(), ids=list(NO_PROOFS))
def test_what_is_no_proof_is_refused(held: bytes):
    with pytest.raises(BrokenNote):
        read_proof(held)
