"""Signing in: the brakes on guessing, devices, reset links, invitations."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lms.domain.people import COHORT_ROLES, WINDOW, Grant, Role, braked, session_is_live
from lms.models.database import held
from lms.models.journal import AuditEvent, OnceKey
from lms.models.people import Device, GrantRow, Invitation, Person, SignInFailure
from lms.records import journal, people

INVITATION_DAYS = 14
RESET_SECONDS = 3600
LETTERS_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking: the person, what they are now, the device, and a form's earlier answer."""

    person: Person
    grants: tuple[Grant, ...]
    device: Device
    answered_at: str | None = None


def token_digest(token: str) -> str:
    """What is stored of a token that only the browser or a letter holds."""
    return sha256(token.encode()).hexdigest()


def keyed(secret: str, kind: str, value: str) -> str:
    """A digest of an account or address that says nothing to someone without the secret."""
    return hmac.new(secret.encode(), f"{kind}:{value}".encode(), sha256).hexdigest()


def must_wait(session: Session, now: datetime, account: str, address: str) -> bool:
    """True when guesses for this account or from this address are braked. Takes keyed digests."""
    since = now - WINDOW
    counts = select(
        select(func.count())
        .where(SignInFailure.account_digest == account, SignInFailure.at > since)
        .scalar_subquery(),
        select(func.count())
        .where(SignInFailure.address_digest == address, SignInFailure.at > since)
        .scalar_subquery(),
    )
    by_account, by_address = session.execute(counts).one()
    return braked(by_account, by_address)


def note_failure(session: Session, now: datetime, account: str, address: str) -> None:
    """Count a failed sign-in. Unknown accounts count like known ones."""
    session.add(SignInFailure(account_digest=account, address_digest=address, at=now))
    journal.note(session, now, None, "sign-in:fail", f"account:{account[:16]}")


def may_write_to(session: Session, now: datetime, secret: str, email: str) -> bool:
    """Note that a letter to this address was asked for; False after five in a day.

    Known and unknown addresses count alike, so that the brake tells nobody who is enrolled.
    """
    subject = f"letter:{keyed(secret, 'letter', people.clean_email(email))[:24]}"
    asked = session.scalar(
        select(func.count())
        .select_from(AuditEvent)
        .where(AuditEvent.subject == subject, AuditEvent.at > now - timedelta(days=1))
    )
    journal.note(session, now, None, "letter:ask", subject)
    return (asked or 0) < LETTERS_A_DAY


def start_device(session: Session, now: datetime, person: Person, label: str) -> str:
    """Sign a person in on a device and return the token for its cookie: 256 random bits."""
    token = secrets.token_urlsafe(32)
    device = Device(
        token_digest=token_digest(token),
        person_id=person.id,
        label=label,
        started_at=now,
        seen_at=now,
    )
    session.add(device)
    journal.note(session, now, person.id, "sign-in:start", f"person:{person.ref}")
    return token


def visitor(
    session: Session, now: datetime, token: str, seen_at: datetime, once: str = ""
) -> Visitor | None:
    """Who holds this token, in one statement, with the earlier answer to the form ``once`` if any.

    ``seen_at`` is when the browser last showed it (signed in the cookie). None when the session
    ended, timed out, or the account was disabled.
    """
    rows = session.execute(
        select(Device, Person, GrantRow.role, GrantRow.cohort_id, OnceKey.location)
        .join(Person, Person.id == Device.person_id)
        .outerjoin(GrantRow, GrantRow.person_id == Person.id)
        .outerjoin(OnceKey, (OnceKey.key == once) & (OnceKey.person_id == Person.id))
        .where(Device.token_digest == token_digest(token))
    ).all()
    if not rows:
        return None
    device, person = rows[0][0], rows[0][1]
    ended = device.ended_at is not None or person.disabled_at is not None
    if ended or not session_is_live(device.started_at, max(seen_at, device.seen_at), now):
        return None
    grants = tuple(Grant(Role(role), cohort) for _, _, role, cohort, _ in rows if role)
    return Visitor(person, grants, device, rows[0][4])


def devices_of(session: Session, person_id: int) -> list[Device]:
    """Devices a person is signed in on, newest first."""
    live = select(Device).where(Device.person_id == person_id, Device.ended_at.is_(None))
    return list(session.scalars(live.order_by(Device.id.desc()).limit(50)))


def end_device(session: Session, now: datetime, device: Device, by: int | None) -> None:
    """Sign one device out, on the server."""
    device.ended_at = now
    journal.note(session, now, by, "sign-in:end", f"device:{device.ref}")


def end_all_devices(
    session: Session, now: datetime, person: Person, keep: int | None = None
) -> None:
    """Sign a person out everywhere, except on the device to keep."""
    session.execute(
        update(Device)
        .where(Device.person_id == person.id, Device.ended_at.is_(None), Device.id != (keep or 0))
        .values(ended_at=now)
    )
    journal.note(session, now, person.id, "sign-in:end-all", f"person:{person.ref}")


def invite(
    session: Session,
    now: datetime,
    email: str,
    grant: Grant,
    by: int | None,
    *,
    name: str = "",
    password_hash: str = "",
) -> str:
    """Make an invitation and return its token: random, for two weeks, once."""
    if (grant.role in COHORT_ROLES) != (grant.cohort is not None):
        raise ValueError(f"the role {grant.role} goes with a cohort, or without one, not as given")
    token = secrets.token_urlsafe(24)
    session.add(
        Invitation(
            token_digest=token_digest(token),
            email=people.clean_email(email),
            role=grant.role,
            cohort_id=grant.cohort,
            invited_by=by,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
            name=name,
            password_hash=password_hash,
        )
    )
    journal.note(session, now, by, "invitation:make", f"role:{grant.role}", cohort=grant.cohort)
    return token


def invitation(session: Session, now: datetime, token: str) -> Invitation | None:
    """The invitation of a link while it can be used, or None."""
    theirs = select(Invitation).where(Invitation.token_digest == token_digest(token))
    found = session.scalar(held(session, theirs))
    return found if found and found.used_by is None and now < found.expires_at else None


def accept(
    session: Session, now: datetime, letter: Invitation, name: str, password_hash: str
) -> Person:
    """Make the invited account with its role. Raises as :func:`lms.records.people.add_person`."""
    person = people.add_person(
        session,
        now,
        email=letter.email,
        name=name,
        password_hash=password_hash,
        grants=(Grant(Role(letter.role), letter.cohort_id),),
    )
    letter.used_by = person.id
    return person


def accept_more(session: Session, now: datetime, letter: Invitation, person: Person) -> None:
    """Give the role of an invitation to the account it was sent to."""
    grant = Grant(Role(letter.role), letter.cohort_id)
    if grant not in people.grants_of(session, person.id):
        people.add_grant(session, person, grant)
    letter.used_by = person.id
    journal.note(session, now, person.id, "person:join", f"person:{person.ref}", role=letter.role)


def _resets(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="reset-password")


def reset_token(secret: str, now: datetime, person: Person) -> str:
    """A token to set a new password: it dies with the password it was made for, or in an hour."""
    until = int(now.timestamp()) + RESET_SECONDS
    return str(_resets(secret).dumps([person.ref, person.password_set_at.isoformat(), until]))


def person_of_reset(session: Session, now: datetime, secret: str, token: str) -> Person | None:
    """Whose password a token may set, or None."""
    try:
        ref, stamp, until = _resets(secret).loads(token)
    except (BadSignature, ValueError):
        return None
    person = people.by_ref(session, str(ref))
    if person is None or person.disabled_at or person.password_set_at.isoformat() != stamp:
        return None
    return person if now.timestamp() < until else None
