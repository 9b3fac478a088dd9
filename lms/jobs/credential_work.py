"""Signing credentials and status lists, outside of any transaction."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from lms.config import Settings
from lms.formats import badge, credentials, did, openings, seals
from lms.formats.credentials import Hand
from lms.models.certificates import Certificate
from lms.models.credentials import Credential
from lms.models.database import Database
from lms.records import certificates, translog
from lms.records import credentials as records

_STALE = timedelta(hours=24)
Clock = Callable[[], datetime]


def hand_of(settings: Settings) -> Hand:
    """Who signs here today. Raises NoKey."""
    return Hand(
        did.of(settings.base_url),
        seals.private_pem(settings.data, seals.CREDENTIALS),
        seals.public_bytes(settings.data, seals.CREDENTIALS),
    )


def record_of(session: Session, row: Certificate) -> bytes | None:
    """The record of a certificate as papers carry it; None once its salt was deleted."""
    opening = translog.opening(session, row)
    return openings.pack(opening.entry, opening.salt, opening.record) if opening else None


def ensure(settings: Settings, database: Database, clock: Clock, certificate_id: int) -> bytes:
    """The signed credential of a certificate, signed now if it was not before. Raises NoKey."""
    with database.reading() as reading:
        row = reading.get_one(Certificate, certificate_id)
        held = reading.get_one(Credential, certificate_id)
        if held.badge is not None:
            return held.badge.encode()
        document = _document(reading, settings, row, held)
    hand = hand_of(settings)
    body = credentials.sealed(document, hand, row.issued_at)
    token = credentials.token(document, hand, row.issued_at)
    with database.writing() as session:
        records.keep(session, clock(), certificate_id, body.decode(), token)
        session.commit()
    with database.reading() as reading:
        return (reading.get_one(Credential, certificate_id).badge or "").encode()


def _document(
    session: Session, settings: Settings, row: Certificate, held: Credential
) -> dict[str, object]:
    return badge.badge(
        certificates.facts_of(row),
        badge.Place(held.list_number, held.list_index),
        badge.Times(row.issued_at, _ends(settings, row)),
        records.competencies_of(session, row),
        record_of(session, row),
    )


def _ends(settings: Settings, row: Certificate) -> datetime | None:
    """The midnight after the last day on which it is valid, where the provider is."""
    if row.expires_on is None:
        return None
    return datetime.combine(row.expires_on + timedelta(days=1), time(), settings.timezone)


def sign_all(settings: Settings, database: Database, clock: Clock) -> None:
    """Sign every credential that waits for it. Raises NoKey."""
    while True:
        with database.reading() as reading:
            waiting = records.unsigned(reading)
        if not waiting:
            return
        for certificate_id in waiting:
            ensure(settings, database, clock, certificate_id)


def publish_lists(settings: Settings, database: Database, clock: Clock) -> int:
    """Sign the status lists that changed, or that were signed more than a day ago; how many.

    Raises NoKey.
    """
    with database.reading() as reading:
        found = records.lists(reading)
    done = 0
    for listed in (one for one in found if _is_due(one, clock())):
        now, hand = clock(), hand_of(settings)
        document = credentials.status_list(settings.base_url, listed.number, listed.indices, now)
        body = credentials.sealed(document, hand, now).decode()
        token = credentials.token(document, hand, now)
        with database.writing() as session:
            done += records.keep_list(session, now, listed, body, token)
            session.commit()
    return done


def _is_due(listed: records.Listed, now: datetime) -> bool:
    signed = listed.signed
    return (
        signed is None or tuple(signed.indices) != listed.indices or now - signed.made_at >= _STALE
    )
