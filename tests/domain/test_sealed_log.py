"""A whole log in memory: it is the signed one or not, and it tells how a certificate ended."""

import pytest

from lms.domain.checkpoints import Checkpoint
from lms.domain.log_entries import EntryKind, LogEntry, NoEntry
from lms.domain.sealed_log import Traced, is_signed, trace
from lms.domain.translog import leaf_hash, reader_of, root


def entry(n: int, kind=EntryKind.ISSUE, ends=None) -> bytes:
    return bytes(LogEntry(kind, f"{n:064x}", ends))


LOG = [
    entry(0), entry(1), entry(2, EntryKind.REVOKE, 1), entry(3, EntryKind.REPLACE, 0), entry(4),
]  # fmt: skip


def checkpoint(entries) -> Checkpoint:
    leaves = [leaf_hash(one) for one in entries]
    return Checkpoint("x/log", len(entries), root(len(entries), reader_of(leaves)))


@pytest.mark.parametrize(
    ("n", "found"),
    [
        (0, Traced(0, 3, EntryKind.REPLACE)),
        (1, Traced(1, 2, EntryKind.REVOKE)),
        (3, Traced(3)),
        (4, Traced(4)),
    ],
)
def test_an_entry_is_found_with_what_ended_it(n, found):
    assert trace(LOG, LOG[n]) == found


def test_what_was_never_entered_is_nowhere():
    assert trace(LOG, entry(9)) is None


def test_a_log_with_words_of_others_is_refused():
    with pytest.raises(NoEntry):
        trace([LOG[0], b"{}"], LOG[0])


@pytest.mark.parametrize("size", range(len(LOG) + 1))
def test_only_the_whole_log_is_the_signed_one(size):
    at = checkpoint(LOG[:size])
    for other in range(len(LOG) + 1):
        assert is_signed(LOG[:other], at) == (other == size)
    assert not is_signed([*LOG[:size], entry(9)], at)
    if size:
        assert not is_signed([*LOG[: size - 1], entry(9)], at)
