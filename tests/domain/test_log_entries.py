"""An entry is one text for one meaning, and says nothing without its salt."""

import json

import pytest
import rfc8785

from lms.domain.log_entries import EntryKind, LogEntry, NoEntry, commitment

DIGEST = "0123456789abcdef" * 4
ENTRIES = [
    LogEntry(EntryKind.ISSUE, DIGEST),
    LogEntry(EntryKind.REPLACE, DIGEST, 0),
    LogEntry(EntryKind.REVOKE, DIGEST, 1_000_000),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.kind)
def test_an_entry_is_canonical_json_and_reads_back(entry: LogEntry):
    assert bytes(entry) == rfc8785.dumps(json.loads(bytes(entry)))
    assert LogEntry.read(bytes(entry)) == entry


BAD = {
    "no json": b"{",
    "no text": b"\xff",
    "a list": b"[]",
    "a number": b"1",
    "nothing": b"{}",
    "another version": bytes(ENTRIES[0]).replace(b'"v":1', b'"v":2'),
    "another kind": bytes(ENTRIES[0]).replace(b"issue", b"erase"),
    "a space more": bytes(ENTRIES[0]).replace(b",", b", "),
    "a field more": bytes(ENTRIES[0]).replace(b"}", b',"name":"Ana"}'),
    "an issue that ends one": bytes(ENTRIES[1]).replace(b"replace", b"issue"),
    "a revocation of nothing": bytes(LogEntry(EntryKind.REVOKE, DIGEST)),
    "a revocation of less than nothing": bytes(LogEntry(EntryKind.REVOKE, DIGEST, -1)),
    "a revocation of truth": bytes(ENTRIES[1]).replace(b":0,", b":false,"),
    "a short digest": bytes(LogEntry(EntryKind.ISSUE, DIGEST[2:])),
    "a loud digest": bytes(LogEntry(EntryKind.ISSUE, DIGEST.upper())),
    "a digest that is a number": bytes(ENTRIES[0]).replace(f'"{DIGEST}"'.encode(), b"7"),
    "depth": b"[" * 100_000,
}


@pytest.mark.parametrize("held", BAD.values(), ids=list(BAD))
def test_what_we_would_not_write_is_no_entry(held: bytes):
    with pytest.raises(NoEntry):
        LogEntry.read(held)


def test_a_commitment_hangs_on_every_byte_of_salt_and_record():
    salt, record = bytes(range(32)), b'{"holder":"Ana"}'
    made = commitment(salt, record)
    assert made == commitment(salt, record)
    assert made != commitment(salt[1:] + b"\x00", record)
    assert made != commitment(salt, record.replace(b"Ana", b"Eva"))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int):
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(bytes(length), b"record")
