"""A person's timetable as a feed for calendar programs."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.models.hours import LiveSession
from lms.models.people import GrantRow, Person
from lms.models.timetable import CalendarFeed
from lms.records import journal, signed_refs

_KIND = "calendar"
BEHIND, AHEAD = timedelta(days=31), timedelta(days=366)
MOST = 500


def of_person(session: Session, person_id: int) -> CalendarFeed | None:
    """A person's feed, or None."""
    return session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.person_id == person_id, CalendarFeed.ended_at.is_(None)
        )
    )


def start(
    session: Session, now: datetime, person: Person, *, shows_titles: bool, shows_links: bool
) -> CalendarFeed:
    """Make a feed at a new address; the earlier one opens nothing any more."""
    end(session, now, person)
    session.flush()
    feed = CalendarFeed(
        person_id=person.id, shows_titles=shows_titles, shows_links=shows_links, made_at=now
    )
    session.add(feed)
    journal.note(session, now, person.id, "calendar:make", f"person:{person.ref}")
    return feed


def end(session: Session, now: datetime, person: Person) -> None:
    """Close the feed, if there is one."""
    feed = of_person(session, person.id)
    if feed is not None:
        feed.ended_at = now
        journal.note(session, now, person.id, "calendar:end", f"person:{person.ref}")


def token(secret: str, feed: CalendarFeed) -> str:
    """What the address of a feed holds."""
    return signed_refs.token(secret, _KIND, feed.ref)


def by_token(session: Session, secret: str, token: str) -> CalendarFeed | None:
    """The feed of an address, or None when it is not ours, ended, or its account is closed."""
    ref = signed_refs.ref_of(secret, _KIND, token)
    if ref is None:
        return None
    return session.scalar(
        select(CalendarFeed)
        .join(Person, Person.id == CalendarFeed.person_id)
        .where(
            CalendarFeed.ref == ref,
            CalendarFeed.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )


def meetings(session: Session, now: datetime, feed: CalendarFeed) -> list[LiveSession]:
    """The meetings of the cohorts someone belongs to, from a month ago to a year ahead."""
    theirs = select(GrantRow.cohort_id).where(
        GrantRow.person_id == feed.person_id, GrantRow.cohort_id.is_not(None)
    )
    found = select(LiveSession).where(
        LiveSession.cohort_id.in_(theirs),
        LiveSession.starts_at > now - BEHIND,
        LiveSession.starts_at < now + AHEAD,
    )
    return list(session.scalars(found.order_by(LiveSession.starts_at, LiveSession.id).limit(MOST)))
