"""Links by which holders show a certificate: made, opened, ended; every opening is written down."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.sharing import MOST_OPEN, Shared, is_open, last_moment
from lms.models.certificates import Certificate
from lms.models.database import take_turn
from lms.models.holding import ShareLink, ShareView
from lms.models.people import Person
from lms.records import journal, signed_refs

_KIND = "share"


def make(
    session: Session,
    now: datetime,
    row: Certificate,
    scope: Shared,
    days: int,
    label: str,
    by: Person,
) -> ShareLink:
    """Make a link. Raises ValueError with a sentence when too many are open."""
    take_turn(session, f"share:{row.id}")
    open_links = select(func.count()).where(
        ShareLink.certificate_id == row.id, ShareLink.ended_at.is_(None), ShareLink.ends_at > now
    )
    if (session.scalar(open_links) or 0) >= MOST_OPEN:
        raise ValueError("Too many links are open. End one that is not needed any more.")
    link = ShareLink(
        certificate_id=row.id,
        person_id=by.id,
        scope=scope,
        label=label,
        made_at=now,
        ends_at=last_moment(now, days),
    )
    session.add(link)
    session.flush()
    journal.note(session, now, by.id, "share:make", f"share:{link.ref}", scope=scope, days=days)
    return link


def of_certificate(session: Session, row: Certificate) -> list[tuple[ShareLink, list[ShareView]]]:
    """The links of a certificate, newest first, each with its openings; two statements."""
    links = session.scalars(
        select(ShareLink).where(ShareLink.certificate_id == row.id).order_by(ShareLink.id.desc())
    ).all()
    views = session.scalars(
        select(ShareView)
        .where(ShareView.link_id.in_([link.id for link in links]))
        .order_by(ShareView.id.desc())
    ).all()
    return [(link, [view for view in views if view.link_id == link.id]) for link in links]


def by_ref(session: Session, ref: str) -> ShareLink | None:
    """One by its reference, or None."""
    return session.scalar(select(ShareLink).where(ShareLink.ref == ref))


def token(secret: str, link: ShareLink) -> str:
    """What the address of a link holds."""
    return signed_refs.token(secret, _KIND, link.ref)


def by_token(session: Session, secret: str, now: datetime, token: str) -> ShareLink | None:
    """The link of an address, or None when it is none of ours, ended, or over: all look alike."""
    ref = signed_refs.ref_of(secret, _KIND, token)
    link = by_ref(session, ref) if ref else None
    return link if link and is_open(now, link.ends_at, link.ended_at) else None


def look(session: Session, now: datetime, link: ShareLink, what: str) -> None:
    """Write an opening down, for the holder."""
    session.add(ShareView(link_id=link.id, what=what, at=now))
    journal.note(session, now, None, "share:look", f"share:{link.ref}", what=what)


def end(session: Session, now: datetime, link: ShareLink, by: Person) -> None:
    """End a link; ended twice, it stays as it was."""
    if link.ended_at is None:
        link.ended_at = now
        journal.note(session, now, by.id, "share:end", f"share:{link.ref}")
