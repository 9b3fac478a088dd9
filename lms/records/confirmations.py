"""Hours confirmed by a supervisor without an account: a letter, a link that works once."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from lms.domain.hours import Standing
from lms.domain.vouching import (
    LINK_LIVES,
    Attestation,
    LinkState,
    Verdict,
    is_same_mailbox,
    link_state,
    standing,
)
from lms.models.database import held, take_turn
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.models.vouching import (
    ConfirmationEvent,
    ConfirmationLine,
    ConfirmationRequest,
    EntryCheck,
)
from lms.records import hours, journal, people, signing_in

_ANSWERED, _REVOKED = "answered", "revoked"
OWN = "Nobody confirms their own hours. Name the person who saw you work."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what has become of it, and its lines that still wait."""

    request: ConfirmationRequest
    state: LinkState
    lines: tuple[LedgerEntry, ...]
    open_lines: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a learner asks: name, address, and what they are to each other."""

    name: str
    email: str
    relation: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a supervisor says of one line: as written, or not, and why not."""

    agrees: bool
    reason: str = ""


def _signed(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="confirm-hours")


def ask(
    session: Session,
    now: datetime,
    secret: str,
    learner: Person,
    lines: Sequence[LedgerEntry],
    to: Addressee,
) -> tuple[ConfirmationRequest, str]:
    """Ask someone to confirm lines; returns the request and the token for the letter.

    Raises ValueError with a sentence.
    """
    if is_same_mailbox(to.email, learner.email):
        raise ValueError(OWN)
    if not lines:
        raise ValueError("Tick at least one line.")
    if not signing_in.may_write_to(session, now, secret, to.email):
        raise ValueError("Five letters went to this address today. Ask again tomorrow.")
    token = str(_signed(secret).dumps(secrets.token_urlsafe(24)))
    request = ConfirmationRequest(
        person_id=learner.id,
        token_digest=signing_in.token_digest(token),
        to_name=to.name,
        to_email=people.clean_email(to.email),
        relation=to.relation,
        asked_at=now,
        expires_at=now + LINK_LIVES,
    )
    session.add(request)
    session.flush()
    session.add_all(ConfirmationLine(request_id=request.id, entry_id=row.id) for row in lines)
    journal.note(
        session, now, learner.id, "confirmation:ask", f"confirmation:{request.ref}",
        lines=len(lines),
    )  # fmt: skip
    return request, token


def by_token(session: Session, secret: str, now: datetime, token: str) -> Asked | None:
    """The request of a link, or None when we did not make it."""
    try:
        _signed(secret).loads(token)
    except BadSignature:
        return None
    theirs = select(ConfirmationRequest).where(
        ConfirmationRequest.token_digest == signing_in.token_digest(token)
    )
    return _one(session, now, session.scalar(held(session, theirs)))


def by_ref(session: Session, now: datetime, ref: str) -> Asked | None:
    """The request of an opaque reference, or None."""
    found = select(ConfirmationRequest).where(ConfirmationRequest.ref == ref)
    return _one(session, now, session.scalar(held(session, found)))


def of_person(session: Session, now: datetime, person_id: int, limit: int = 20) -> list[Asked]:
    """What a learner asked, newest first."""
    mine = select(ConfirmationRequest).where(ConfirmationRequest.person_id == person_id)
    rows = session.scalars(mine.order_by(ConfirmationRequest.id.desc()).limit(limit)).all()
    return _asked(session, now, rows)


def _one(session: Session, now: datetime, request: ConfirmationRequest | None) -> Asked | None:
    if request is None:
        return None
    # Another letter may ask about the same lines: who is a moment later finds them answered.
    take_turn(session, f"confirmations:{request.person_id}")
    return _asked(session, now, [request])[0]


def _asked(session: Session, now: datetime, requests: Sequence[ConfirmationRequest]) -> list[Asked]:
    """What has become of requests, however many, in two statements."""
    ids = [request.id for request in requests]
    events = select(ConfirmationEvent.request_id, ConfirmationEvent.kind)
    ended = set(session.execute(events.where(ConfirmationEvent.request_id.in_(ids))).all())
    later = aliased(LedgerEntry)
    rows = session.execute(
        select(ConfirmationLine.request_id, LedgerEntry, later.id)
        .join(LedgerEntry, ConfirmationLine.entry_id == LedgerEntry.id)
        .outerjoin(later, later.reverses_id == LedgerEntry.id)
        .where(ConfirmationLine.request_id.in_(ids))
        .order_by(LedgerEntry.starts_at, LedgerEntry.id)
    ).all()
    return [
        _become(
            now,
            request,
            {kind for of, kind in ended if of == request.id},
            [(row, back is not None) for of, row, back in rows if of == request.id],
        )
        for request in requests
    ]


def _become(
    now: datetime,
    request: ConfirmationRequest,
    kinds: Collection[str],
    lines: Sequence[tuple[LedgerEntry, bool]],
) -> Asked:
    """What has become of one, from what ended it and its lines, each taken back or not."""
    state = link_state(now, request.expires_at, _ANSWERED in kinds, _REVOKED in kinds)
    open_lines = tuple(
        row
        for row, taken_back in lines
        if not taken_back and standing(row.needs, row.verdict) is Standing.WAITING
    )
    if state is LinkState.OPEN and not open_lines:
        state = LinkState.REVOKED
    return Asked(request, state, tuple(row for row, _back in lines), open_lines)


def asked_about(session: Session, now: datetime, person_id: int) -> dict[int, ConfirmationRequest]:
    """Lines that stand in a letter which can still be answered, with its request."""
    ended = select(ConfirmationEvent.id).where(
        ConfirmationEvent.request_id == ConfirmationRequest.id
    )
    found = session.execute(
        select(ConfirmationLine.entry_id, ConfirmationRequest)
        .join(ConfirmationRequest, ConfirmationRequest.id == ConfirmationLine.request_id)
        .where(
            ConfirmationRequest.person_id == person_id,
            ConfirmationRequest.expires_at > now,
            ~ended.exists(),
        )
    )
    return {row[0]: row[1] for row in found}


def answer(
    session: Session,
    now: datetime,
    asked: Asked,
    who: Attestation,
    words: Mapping[int, Word],
) -> int:
    """Keep what a supervisor says of each open line; returns how many they confirmed.

    A line that is not as written is taken back with their reason, so that the learner can write
    it anew. The link is used up. Raises ValueError with a sentence.
    """
    if asked.state is not LinkState.OPEN:
        raise ValueError("This link does not work any more.")
    for row in asked.open_lines:
        word = words[row.id]
        verdict = Verdict.AGREED if word.agrees else Verdict.DECLINED
        check = EntryCheck(
            verdict=verdict,
            reason=word.reason,
            voucher=who.name,
            role=who.role,
            is_peer=who.is_peer,
            years=who.years,
            request_id=asked.request.id,
        )
        say(session, now, row, check)
        if not word.agrees:
            hours.take_back(session, now, row, word.reason, who.name)
    agreed = sum(words[row.id].agrees for row in asked.open_lines)
    _end(session, now, asked, _ANSWERED)
    journal.note(
        session, now, None, "confirmation:answer", f"confirmation:{asked.request.ref}",
        agreed=agreed, declined=len(asked.open_lines) - agreed,
    )  # fmt: skip
    return agreed


def revoke(session: Session, now: datetime, asked: Asked, by: Person, reason: str) -> None:
    """Take a request back, used or not; what was confirmed by it waits again.

    Raises ValueError with a sentence.
    """
    if asked.state is LinkState.REVOKED:
        raise ValueError("This was taken back before. Nothing was changed.")
    if not reason.strip():
        raise ValueError("Say why. It stays on record.")
    for row in asked.lines:
        last = last_word(session, row)
        if last and last.request_id == asked.request.id and last.verdict == Verdict.AGREED:
            ended = EntryCheck(
                verdict=Verdict.ENDED,
                reason=reason.strip(),
                voucher=by.name,
                voucher_id=by.id,
                request_id=asked.request.id,
            )
            say(session, now, row, ended)
    _end(session, now, asked, _REVOKED, by, reason.strip())
    journal.note(session, now, by.id, "confirmation:revoke", f"confirmation:{asked.request.ref}")


def _end(
    session: Session, now: datetime, asked: Asked, kind: str, by: Person | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    session.add(
        ConfirmationEvent(
            request_id=asked.request.id,
            kind=kind,
            by_id=by.id if by else None,
            reason=reason,
            at=now,
        )
    )
    session.flush()


def last_word(session: Session, row: LedgerEntry) -> EntryCheck | None:
    """The last word on a line, or None."""
    said = select(EntryCheck).where(EntryCheck.entry_id == row.id)
    return session.scalar(said.order_by(EntryCheck.revision.desc()).limit(1))


def say(session: Session, now: datetime, row: LedgerEntry, check: EntryCheck) -> None:
    """Put a word on a line after the last one; the table takes each revision once."""
    last = last_word(session, row)
    check.entry_id = row.id
    check.revision = last.revision + 1 if last else 1
    check.said_at = now
    session.add(check)
    session.flush()
