"""Every issue, replacement and revocation is one leaf of the log, with its row or not at all."""

import json
import random
from collections.abc import Callable

import pytest
from sqlalchemy import delete, event, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.domain.checkpoints import Checkpoint
from lms.domain.log_audit import Bad, Wrong
from lms.domain.log_entries import commitment
from lms.domain.people import Role
from lms.domain.tiles import WIDTH, entries_in, places
from lms.formats import last_signed, seals
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.journal import AuditEvent
from lms.models.people import Person
from lms.models.translog import LogCheckpoint, LogLeaf, LogSalt, LogTile
from lms.records import issuing, log_publishing, log_tree, translog
from lms.records.log_check import check
from lms.records.log_publishing import Stale
from tests.log_kept import certificate, checked, holder, many, publish, revoke, with_key
from tests.school import School


@pytest.fixture
def keyed(school: School) -> School:
    return with_key(school)


def kinds(school: School) -> list[tuple[str, int | None]]:
    with school.database.reading() as session:
        bodies = session.scalars(select(LogLeaf.body).order_by(LogLeaf.index))
        return [((b := json.loads(body))["kind"], b.get("prev_index")) for body in bodies]


def reissue(school: School, row: Certificate, name: str) -> Certificate:
    with school.database.writing() as session:
        old = session.get_one(Certificate, row.id)
        person = session.get_one(Person, row.person_id)
        new = issuing.reissue(session, school.now, old, person, name, school.office, person)
        session.commit()
        return new


def test_issue_replacement_and_revocation_are_one_leaf_each(keyed: School):
    _ana, first = holder(keyed)
    _eva, _other = holder(keyed, "Eva Lund")
    second = reissue(keyed, first, "Ana Diaz")
    revoke(keyed, second)
    assert kinds(keyed) == [("issue", None), ("issue", None), ("replace", 0), ("revoke", 2)]
    with keyed.database.reading() as session:
        found = log_tree.entered(session, second)
        assert (found.index, found.ended, found.signed, found.seen) == (2, 3, None, ())
    assert publish(keyed) is not None
    found = checked(keyed)
    assert (found.size, found.signed, found.unopened, found.bad, found.unentered) == (
        4, 4, 0, None, (),
    )  # fmt: skip


def test_a_leaf_opens_to_the_record_it_was_made_from_and_to_no_other(keyed: School):
    _ana, row = holder(keyed)
    with keyed.database.reading() as session:
        opening = translog.opening(session, row)
    entry = json.loads(opening.entry)
    assert commitment(opening.salt, opening.record) == entry["commitment"]
    assert json.loads(opening.record)["holder"] == "Ana Ruiz"
    for wrong in (opening.record.replace(b"Ana", b"Eva"), opening.record + b" "):
        assert commitment(opening.salt, wrong) != entry["commitment"]


def test_the_log_holds_nothing_of_anyone(keyed: School):
    dice = random.Random(11)  # noqa: S311
    _ana, row = holder(keyed, "Marisol Quetzalcoatl")
    with keyed.database.writing() as session:
        many(session, row, 700)
        session.commit()
    publish(keyed)
    with keyed.database.reading() as session:
        signed = log_tree.newest(session)
        files = [log_tree.file_at(session, place) for place in places(signed.size)]
        bundles = [
            log_tree.file_at(session, type(place)(None, place.number, place.width))
            for place in places(signed.size)
            if place.level == 0
        ]
        shown = b"\n".join([*files, *bundles, str(log_tree.note_of(session, signed)).encode()])
        facts = [str(value) for value in row.facts.values() if len(str(value)) > 3]
    assert len([entry for held in bundles for entry in entries_in(held)]) == 701
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = {"".join(dice.choices(letters, k=7)).title() for _ in range(1_700)}
    sought = [
        *words,
        *(f"{word.lower()}@school.example" for word in words),
        *(f"program-{n}" for n in range(700)),
        *(f"{n:027}" for n in range(700)),
        *facts, "Marisol", "Quetzalcoatl", "peer-support-foundations", row.code,
    ]  # fmt: skip
    assert len(sought) > 4_800
    assert [one for one in sought if one.encode() in shown] == []


def test_without_its_salt_a_leaf_says_nothing_and_stays_where_it_is(keyed: School):
    _ana, row = holder(keyed)
    holder(keyed, "Eva Lund")
    publish(keyed)
    with keyed.database.writing() as session:
        before = session.scalars(select(LogLeaf.body)).all()
        opening = translog.opening(session, row)
        translog.forget(session, keyed.now, session.get_one(Certificate, row.id), None)
        session.commit()
    with keyed.database.reading() as session:
        assert session.scalars(select(LogLeaf.body)).all() == before
        assert translog.opening(session, row) is None
        assert log_tree.entered(session, row) is None
        everything = repr(session.execute(text("SELECT * FROM log_salts")).all())
    assert opening.salt.hex() not in everything
    assert str(opening.salt) not in everything
    # Even who knows the record cannot tell whether the leaf speaks of it: 2**256 salts fit.
    entry = json.loads(opening.entry)
    guesses = (commitment(bytes([n]) * 32, opening.record) for n in range(256))
    assert entry["commitment"] not in guesses
    found = checked(keyed)
    assert (found.bad, found.unopened, found.unentered) == (None, 1, ())


def test_what_was_forgotten_can_no_longer_be_pointed_to(keyed: School):
    _ana, row = holder(keyed)
    _eva, other = holder(keyed, "Eva Lund")
    publish(keyed)
    for one in (row, other):
        with keyed.database.writing() as session:
            translog.forget(session, keyed.now, session.get_one(Certificate, one.id), None)
            session.commit()
    reissue(keyed, row, "Ana Diaz")
    revoke(keyed, other)
    assert kinds(keyed) == [("issue", None)] * 3
    assert checked(keyed).unentered == ()


class PowerCut(Exception):
    """The process died here."""


@pytest.mark.parametrize("place", ["log_entries", "log_salts", "certificates", "outbox_jobs"])
def test_row_and_leaf_are_there_together_or_not_at_all(keyed: School, place: str):
    _ana, _first = holder(keyed)
    eva = keyed.person(Role.LEARNER, keyed.cohort(), "Eva Lund")

    def die(_connection, _cursor, statement, *_rest):
        if statement.startswith(f"INSERT INTO {place}"):
            raise PowerCut

    # After the row was written, and before everything after it.
    event.listen(keyed.database.engine, "after_cursor_execute", die)
    try:
        with pytest.raises(PowerCut):
            keyed.certify(eva)
    finally:
        event.remove(keyed.database.engine, "after_cursor_execute", die)
    with keyed.database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table))
            for table in (Certificate, LogLeaf, LogSalt)
        ]
    assert counts == [1, 1, 1]
    keyed.certify(eva)
    assert (found := checked(keyed)).bad is None
    assert (found.size, found.unentered) == (2, ())


def test_no_place_in_the_log_is_taken_twice(keyed: School):
    _ana, row = holder(keyed)
    for wrong in (
        LogLeaf(index=0, leaf_hash=b"x" * 32, body=b"{}"),
        LogSalt(index=0, certificate_id=row.id, part="begin", salt=b"x" * 32),
    ):
        with keyed.database.writing() as session:
            session.add(wrong)
            with pytest.raises(IntegrityError):
                session.flush()
            session.rollback()
    with keyed.database.writing() as session, pytest.raises(IntegrityError):
        translog.begin(session, session.get_one(Certificate, row.id))


def test_publishing_signs_once_and_extends_what_it_signed(keyed: School):
    assert publish(keyed) is None
    _ana, row = holder(keyed)
    first = publish(keyed)
    assert publish(keyed) is None
    assert Checkpoint.of(first).origin == "school.example/log"
    assert last_signed.read(keyed.settings.data) == first
    with keyed.database.writing() as session:
        many(session, row, 600)
        session.commit()
    second = publish(keyed)
    assert [Checkpoint.of(note).size for note in (first, second)] == [1, 601]
    with keyed.database.reading() as session:
        tags = session.scalars(select(AuditEvent.tag).where(AuditEvent.subject == "log")).all()
        assert tags == ["log:publish"] * 2


def tiles_of(session: Session) -> dict[tuple[int, int], bytes]:
    return {(tile.level, tile.number): tile.hashes for tile in session.scalars(select(LogTile))}


def test_tiles_made_anew_are_the_same_to_the_byte(keyed: School):
    _ana, row = holder(keyed)
    for first in range(0, 600, 200):
        with keyed.database.writing() as session:
            many(session, row, 200, first)
            session.commit()
        note = publish(keyed)
    with keyed.database.writing() as session:
        before = tiles_of(session)
        log_publishing.empty(session)
        session.commit()
    assert publish(keyed) is None
    with keyed.database.reading() as session:
        assert tiles_of(session) == before
        assert str(log_tree.note_of(session, log_tree.newest(session))) == str(note)


def roll_back(session: Session, size: int) -> None:
    """The database as it was when the log had so many entries."""
    codes = select(LogSalt.certificate_id).where(LogSalt.index >= size)
    lost = session.scalars(codes).all()
    session.execute(delete(LogSalt).where(LogSalt.index >= size))
    session.execute(delete(Certificate).where(Certificate.id.in_(lost)))
    session.execute(delete(LogLeaf).where(LogLeaf.index >= size))
    session.execute(delete(LogCheckpoint).where(LogCheckpoint.size > size))
    session.execute(delete(LogTile))
    session.commit()


def refusal(school: School) -> str:
    with pytest.raises(Stale) as stop:
        publish(school)
    return str(stop.value)


def test_a_database_rolled_back_to_an_older_backup_signs_nothing(keyed: School):
    _ana, row = holder(keyed)
    publish(keyed)
    with keyed.database.writing() as session:
        many(session, row, 10)
        session.commit()
    publish(keyed)
    with keyed.database.writing() as session:
        roll_back(session, 5)
    before = last_signed.read(keyed.settings.data)
    assert "hold 5 entries of the public log, and 11 were signed before" in refusal(keyed)
    # Used again, it grows past what was signed, and is another log all the same.
    with keyed.database.writing() as session:
        many(session, row, 20, 100)
        session.commit()
    assert "an older backup was restored" in refusal(keyed)
    assert "an older backup was restored" in refusal(keyed)
    assert last_signed.read(keyed.settings.data) == before
    with keyed.database.reading() as session:
        notes = select(AuditEvent.detail).where(AuditEvent.tag == "log:refused")
        assert [len(detail) for detail in session.scalars(notes)] == [1, 1]
        assert log_tree.newest(session).size == 1


def test_a_file_of_the_last_checkpoint_that_cannot_be_read_signs_nothing(keyed: School):
    holder(keyed)
    publish(keyed)
    last_signed.place(keyed.settings.data).write_text("nonsense")
    assert "cannot be read, so nobody knows what was signed last" in refusal(keyed)


def test_a_missing_leaf_or_tile_signs_nothing(keyed: School):
    _ana, row = holder(keyed)
    with keyed.database.writing() as session:
        many(session, row, 300)
        session.commit()
    publish(keyed)
    with keyed.database.writing() as session:
        many(session, row, 3, 500)
        session.execute(delete(LogSalt).where(LogSalt.index == 302))
        session.execute(delete(LogLeaf).where(LogLeaf.index == 302))
        session.commit()
    assert "Run lms log verify" in refusal(keyed)


def test_a_missing_tile_signs_nothing_and_can_be_made_anew(keyed: School):
    _ana, row = holder(keyed)
    with keyed.database.writing() as session:
        many(session, row, 300)
        session.commit()
    publish(keyed)
    with keyed.database.writing() as session:
        session.execute(delete(LogTile).where(LogTile.level == 1))
        many(session, row, 1, 500)
        session.commit()
    assert "Make the tiles anew: lms log checkpoint --rebuild" in refusal(keyed)


def test_a_leaf_changed_under_its_tile_is_never_signed_over(keyed: School):
    _ana, row = holder(keyed)
    with keyed.database.writing() as session:
        many(session, row, 5)
        session.commit()
    publish(keyed)
    with keyed.database.writing() as session:
        session.execute(update(LogLeaf).where(LogLeaf.index == 3).values(leaf_hash=b"x" * 32))
        many(session, row, 1, 50)
        session.commit()
    assert "an entry was changed" in refusal(keyed)


def flip(session: Session, table: type, column: str, at: int, *key: object) -> None:
    row = session.get_one(table, key[0] if len(key) == 1 else key)
    held = getattr(row, column)
    raw = held.encode() if isinstance(held, str) else held
    raw = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
    setattr(row, column, raw.decode("utf-8", "replace") if isinstance(held, str) else raw)


@pytest.fixture
def thousand(keyed: School) -> School:
    """A log of a thousand leaves, signed four times, with some taken back."""
    _ana, row = holder(keyed)
    for first, count in ((0, 99), (200, 1), (300, 500)):
        with keyed.database.writing() as session:
            many(session, row, count, first)
            session.commit()
        publish(keyed)
    with keyed.database.writing() as session:
        for one in many(session, row, 200, 1_000):
            issuing.revoke(session, keyed.now, one, issuing.ReasonClass.HOLDER_ASKED, None)
        session.delete(session.get_one(LogSalt, 1_000))
        session.flush()
        session.delete(session.get_one(LogLeaf, 1_000))
        session.execute(delete(CertificateEvent).where(CertificateEvent.id == 200))
        session.commit()
    publish(keyed)
    return keyed


Change = Callable[[Session], None]
CHANGES: dict[str, tuple[Change, int, Wrong]] = {
    "a body": (lambda s: flip(s, LogLeaf, "body", 40, 700), 700, Wrong.HASH),
    "a hash": (lambda s: flip(s, LogLeaf, "leaf_hash", 31, 0), 0, Wrong.HASH),
    "a salt": (lambda s: flip(s, LogSalt, "salt", 5, 321), 321, Wrong.RECORD),
    "a tile": (lambda s: flip(s, LogTile, "hashes", 33, 0, 2), 513, Wrong.TILE),
    "a tile above": (lambda s: flip(s, LogTile, "hashes", 40, 1, 0), WIDTH, Wrong.TILE),
    "a root": (lambda s: flip(s, LogCheckpoint, "root", 0, 101), 100, Wrong.ROOT),
    "a note": (lambda s: flip(s, LogCheckpoint, "note", 30, 101), 100, Wrong.ROOT),
    "a key": (lambda s: flip(s, LogCheckpoint, "key", 40, 601), 101, Wrong.ROOT),
    "a fact": (
        lambda s: s.execute(text("UPDATE certificates SET facts = '{}' WHERE code LIKE '%0305'")),
        106, Wrong.RECORD,
    ),
    "a reason": (
        lambda s: s.execute(text("UPDATE certificate_events SET reason_class = 'x' WHERE id = 9")),
        809, Wrong.RECORD,
    ),
    "an entry deleted": (
        lambda s: (s.execute(delete(LogSalt).where(LogSalt.index == 400)),
                   s.execute(delete(LogLeaf).where(LogLeaf.index == 400))),
        400, Wrong.MISSING,
    ),
    "an entry put at the end": (
        lambda s: s.add(LogLeaf(index=1_000, leaf_hash=b"x" * 32, body=b"{}")), 1_000, Wrong.HASH,
    ),
    "a sound entry at the end": (
        lambda s: s.add(LogLeaf(index=1_000, leaf_hash=s.get_one(LogLeaf, 5).leaf_hash,
                                body=s.get_one(LogLeaf, 5).body)),
        1_000, Wrong.RECORD,
    ),
}  # fmt: skip


def test_whatever_is_changed_in_a_thousand_entries_is_named(thousand: School):
    assert (found := checked(thousand)).bad is None, found
    assert (found.size, found.signed) == (1_000, 1_000)
    for name, (change, index, wrong) in CHANGES.items():
        with thousand.database.writing() as session:
            change(session)
            session.flush()
            bad = log_check_of(session)
            session.rollback()
        assert bad is not None, name
        assert (name, bad.index, bad.wrong) == (name, index, wrong)
    assert checked(thousand).bad is None


@pytest.mark.long
def test_a_byte_turned_over_anywhere_is_named(thousand: School):
    dice = random.Random(1_000)  # noqa: S311
    with thousand.database.reading() as session:
        tiles = [(tile.level, tile.number) for tile in session.scalars(select(LogTile))]
    for _ in range(500):
        index = dice.randrange(1_000)
        level, number = dice.choice(tiles)
        with thousand.database.writing() as session:
            place = dice.choice([LogLeaf, LogSalt, LogTile])
            if place is LogTile:
                held = session.get_one(LogTile, (level, number)).hashes
                at = dice.randrange(len(held))
                flip(session, LogTile, "hashes", at, level, number)
                index = (number * WIDTH + at // 32) * WIDTH**level
            elif place is LogSalt:
                flip(session, LogSalt, "salt", dice.randrange(32), index)
            else:
                column = dice.choice(["body", "leaf_hash"])
                flip(session, LogLeaf, column, dice.randrange(32), index)
            session.flush()
            bad = log_check_of(session)
            session.rollback()
        assert bad is not None
        assert bad.index == index


def log_check_of(session: Session) -> Bad | None:
    session.expire_all()
    return check(session, seals.holds).bad


def test_a_certificate_put_in_without_a_leaf_is_named(keyed: School):
    _ana, row = holder(keyed)
    with keyed.database.writing() as session:
        one, two = many(session, row, 2)
        session.execute(delete(LogSalt).where(LogSalt.certificate_id == two.id))
        session.add(
            CertificateEvent(certificate_id=one.id, state="revoked", at=keyed.now, reason_class="x")
        )
        session.commit()
    assert set(checked(keyed).unentered) == {one.id, two.id}
    assert certificate(keyed, row.code).id not in checked(keyed).unentered
