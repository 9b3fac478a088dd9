"""Running what stands in the outbox: each job once, tried again later when it fails."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from lms.config import Settings
from lms.content.editions import Edition
from lms.content.places import content_root
from lms.content.shapes import guide
from lms.domain.approvals import valid_on
from lms.formats import application_paper, looks, papers
from lms.formats.names import unprintable
from lms.formats.seals import NoKey
from lms.jobs import credential_work, mail, paper_work, sheets, translog
from lms.jobs.presses import ENOUGH, Job, Presses
from lms.models.database import Database
from lms.models.editions import EditionRow
from lms.models.journal import OutboxJob
from lms.models.standing import ApplicationPack
from lms.records import (
    applications,
    attempts,
    carrying_out,
    credentials,
    issuing,
    journal,
    prints,
    reminding,
    undertakings,
)
from lms.records import translog as translog_records
from lms.records.log_publishing import Stale
from lms.records.office import office_of
from lms.records.shelf import Shelf

_log = logging.getLogger("lms.jobs")
PLACE = content_root() / "templates"
_TRIES = 12
_FIRST_WAIT = timedelta(seconds=30)


class Waits(Exception):
    """The job cannot be done before an operator mends something, such as setting a mail server."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the worker needs of the installation."""

    settings: Settings
    database: Database
    shelf: Shelf
    clock: Callable[[], datetime]


def run_due(workshop: Workshop) -> int:
    """Run every job that is due; returns how many were done. A failure waits, doubling each
    time. Papers of a whole cohort are printed by two processes.
    """
    done = 0
    with Presses(workshop.settings, _begin) as presses:
        while due := _due(workshop):
            bulk = [job for job in due if job[1] == issuing.IN_BULK]
            many = len(bulk) >= ENOUGH
            alone = [job for job in due if not (many and job in bulk)]
            done += sum(_run(workshop, *job) for job in alone)
            done += presses.run(bulk) if many else 0
    return done


def _begin(settings: Settings) -> Callable[[Job], bool]:
    database = Database(settings.database_url)
    workshop = Workshop(settings, database, Shelf(database), lambda: datetime.now(UTC))
    papers.ready()
    return lambda job: _run(workshop, *job)


def _due(workshop: Workshop) -> list[Job]:
    """Jobs that are due. Of those that do everything that waits, one does it for all."""
    with workshop.database.reading() as reading:
        found = journal.open_jobs(reading, workshop.clock())
        jobs: dict[object, tuple[list[int], str, dict[str, Any]]] = {}
        for job in found:
            same = job.kind if job.kind in _DO_ALL else job.id
            jobs.setdefault(same, ([], job.kind, job.body))[0].append(job.id)
    return list(jobs.values())


_DO_ALL = frozenset({translog_records.JOB, credentials.JOB, credentials.STATUS_JOB})


def _run(workshop: Workshop, ids: Sequence[int], kind: str, body: dict[str, Any]) -> bool:
    fault, tried = "", 1
    try:
        _KINDS[kind](workshop, body)
    except Waits as wait:
        fault, tried = str(wait), 0
    except Exception as error:  # a job that cannot be done must not hold up those behind it
        fault = f"{type(error).__name__}: {error}"[:300]
        _log.warning("job %s of kind %s failed: %s", ids[0], kind, type(error).__name__)
    with workshop.database.writing() as session:
        for job in session.scalars(select(OutboxJob).where(OutboxJob.id.in_(ids))):
            job.tries += tried
            job.fault = fault
            if not fault or job.tries >= _TRIES:
                job.done_at = workshop.clock()
            job.next_try_at = workshop.clock() + _FIRST_WAIT * 2 ** min(job.tries, 10)
        session.commit()
    return not fault


def _mail(workshop: Workshop, body: dict[str, Any]) -> None:
    settings = workshop.settings
    if settings.demo:
        return
    if not settings.smtp_url:
        raise Waits("No mail server is set: LMS_SMTP_URL")
    sender = settings.mail_from or f"peerpath@{settings.host.partition(':')[0]}"
    mail.deliver(settings.smtp_url, mail.letter(sender, body["to"], body["subject"], body["text"]))


def _paper(workshop: Workshop, body: dict[str, Any]) -> None:
    settings, database, clock = workshop.settings, workshop.database, workshop.clock
    with _waiting_for_a_key(), _waiting_for_a_look():
        paper_work.print_one(settings, database, clock, body["certificate"], body["kind"])


def _guide(workshop: Workshop, body: dict[str, Any]) -> None:
    """Print a trainer's guide, outside of any transaction too."""
    with workshop.database.reading() as reading:
        row = reading.get_one(EditionRow, body["digest"])
        edition = Edition(row.kind, row.content_id, row.digest, row.body, row.rendered)
    pdf = papers.guide_pdf(guide(edition), workshop.settings.provider.name, PLACE)
    with workshop.database.writing() as session:
        prints.keep(session, workshop.clock(), edition.digest, papers.GUIDE_TEMPLATE, pdf)
        session.commit()


def _application(workshop: Workshop, body: dict[str, Any]) -> None:
    """Print an application pack from its frozen facts, outside of any transaction as well."""
    with workshop.database.reading() as reading:
        facts = applications.facts_of(reading.get_one(ApplicationPack, body["application"]))
    pdf = application_paper.application_pdf(facts, PLACE)
    with workshop.database.writing() as session:
        applications.keep_pdf(session, body["application"], application_paper.TEMPLATE, pdf)
        session.commit()


def _undertaking(workshop: Workshop, body: dict[str, Any]) -> None:
    """Each line commits by itself, so that a worker that is killed goes on where it stopped."""
    while _next_line(workshop, body["undertaking"]):
        pass


def _next_line(workshop: Workshop, number: int) -> bool:
    office, now = office_of(workshop.settings), workshop.clock()
    with workshop.database.writing() as session:
        done = carrying_out.carry_out_next(
            session, workshop.shelf, now, office, number, unprintable
        )
        session.commit()
        return done


def _result_sheet(workshop: Workshop, body: dict[str, Any]) -> None:
    sheets.print_one(workshop.settings, workshop.database, body["subject"])


def _log_job(workshop: Workshop, _body: dict[str, Any]) -> None:
    """Waits, and never gives up: once the key or the records are right again, it goes on."""
    try:
        translog.publish(workshop.settings, workshop.database, workshop.clock)
    except (NoKey, Stale, OSError) as stop:
        raise Waits(str(stop)) from stop


@contextmanager
def _waiting_for_a_key() -> Iterator[None]:
    """What has to be signed waits, and is never given up: with the key it goes on."""
    try:
        yield
    except NoKey as stop:
        raise Waits(str(stop)) from stop


@contextmanager
def _waiting_for_a_look() -> Iterator[None]:
    """A paper waits until the look that an operator put there can be read."""
    try:
        yield
    except looks.NoLook as stop:
        raise Waits(str(stop)) from stop


def _credentials(workshop: Workshop, _body: dict[str, Any]) -> None:
    with _waiting_for_a_key():
        credential_work.sign_all(workshop.settings, workshop.database, workshop.clock)


def _status(workshop: Workshop, _body: dict[str, Any]) -> None:
    with _waiting_for_a_key():
        credential_work.publish_lists(workshop.settings, workshop.database, workshop.clock)


_KINDS: dict[str, Callable[[Workshop, dict[str, Any]], None]] = {
    "mail": _mail,
    issuing.PAPER: _paper,
    issuing.IN_BULK: _paper,
    undertakings.JOB: _undertaking,
    "guide": _guide,
    applications.JOB: _application,
    "result-sheet": _result_sheet,
    "log": _log_job,
    credentials.JOB: _credentials,
    credentials.STATUS_JOB: _status,
}


def keep_lists_fresh(workshop: Workshop) -> int:
    """Sign status lists anew once a day: who reads an old one sees how old it is."""
    with suppress(NoKey):
        return credential_work.publish_lists(workshop.settings, workshop.database, workshop.clock)
    return 0


def remind_of_expiry(workshop: Workshop) -> int:
    """Write to whose certificate ends soon."""
    now = workshop.clock()
    today = now.astimezone(workshop.settings.timezone).date()
    with workshop.database.writing() as session:
        sent = reminding.remind(session, now, today)
        session.commit()
    return sent


def hand_in_overdue(workshop: Workshop) -> int:
    """Hand in attempts whose time is over, with what was saved in time."""
    now, settings = workshop.clock(), workshop.settings
    today = now.astimezone(settings.timezone).date()
    approvals = valid_on(settings.provider.approvals, today)
    with workshop.database.writing() as session:
        found = attempts.overdue(session, workshop.shelf, now)
        for sitting in found:
            attempts.submit(session, now, sitting, approvals)
        session.commit()
    return len(found)
