"""Building the demo school: publish the content, then let the cast live through the months."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.editions import Edition
from lms.content.library import Library
from lms.demo import (
    coming,
    desk,
    following,
    logs,
    meetings,
    opening,
    papers,
    released,
    stories,
)
from lms.demo.cast import Cast, Learner, cast
from lms.demo.clock import Days
from lms.demo.scripts import scripts
from lms.demo.stage import Deed, Stage, perform
from lms.domain.people import Role
from lms.models.editions import Publication
from lms.records import journal, people, shelf
from lms.records.office import Office
from lms.records.shelf import Shelf

PASSWORD = "demo-peerpath"  # noqa: S105 - printed for everyone who looks at the demo
_EVERYTHING = 100_000


def publish(session: Session, now: datetime, office: Office, editions: Iterable[Edition]) -> None:
    """Publish the content on the day the school opened, before anyone began."""
    shelf.publish(session, _opened(now, office), editions)


def _opened(now: datetime, office: Office) -> datetime:
    return Days(now, office.timezone).at(cast().opened, 8 * 60)


def populate(session: Session, now: datetime, office: Office, shelf: Shelf) -> None:
    """Fill an empty school with its people and everything they did until ``now``.

    Raises ValueError when the cast asks for what the rules do not allow.
    """
    days = Days(now, office.timezone)
    stage = Stage(session, shelf, office, people.hash_password(PASSWORD))
    perform(stage, deeds(cast(), days, shelf.current()), now)
    coming.run(stage, now, cast())
    _deliver(session, now)


def deeds(cast: Cast, days: Days, library: Library) -> Iterator[Deed]:
    """Everything that everyone does, in no order yet."""
    held = scripts(library.scenarios)
    yield from opening.deeds(cast, days)
    yield from meetings.deeds(cast, days, library)
    yield from logs.deeds(days)
    yield from coming.deeds(cast, days, library)
    yield from following.deeds(days)
    yield from released.deeds(cast, days)
    yield from desk.deeds(days)
    for learner in cast.learners:
        yield from stories.deeds(learner, cast, days, library, held)
        yield from papers.deeds(learner, cast, days)


def _deliver(session: Session, now: datetime) -> None:
    """Letters of past months went out in their time; papers are left to the job worker."""
    session.flush()
    for job in journal.open_jobs(session, now, _EVERYTHING):
        if job.kind == "mail":
            job.done_at = job.created_at


def is_built(session: Session) -> bool:
    """Whether this database holds the demo school."""
    return people.by_email(session, opening.address(cast().one(Role.OPERATOR))) is not None


def is_free(session: Session, now: datetime, office: Office) -> bool:
    """Whether this database holds nobody, and no content but a demo's that was begun and broken
    off.

    A real school that was just made has nobody yet either, but its content is new.
    """
    newest = session.scalar(select(func.max(Publication.published_at)))
    is_ours = newest is None or newest <= _opened(now, office)
    return is_ours and people.count_people(session) == 0


def accounts() -> list[tuple[str, str]]:
    """Addresses to sign in with, each with what there is to see."""
    shown = [(learner.id, f"{Role.LEARNER}: {learner.about}") for learner in _shown_learners()]
    shown += [(member.id, f"{member.role}: {member.about}") for member in cast().staff]
    return [(opening.address(who), about) for who, about in shown]


def _shown_learners() -> list[Learner]:
    return [learner for learner in cast().learners if learner.about]
