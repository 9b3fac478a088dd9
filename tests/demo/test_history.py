"""What the demo school has behind it obeys the rules, in the order of time, with nothing unsaid."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import DateTime, func, select

from lms.demo import build
from lms.demo.cast import cast
from lms.demo.clock import Days
from lms.models import Base
from lms.models.attempts import Answer, Attempt
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.hours import LedgerEntry, LiveSession
from lms.models.journal import AuditEvent
from lms.models.learning import Enrolment, Reading
from lms.models.people import Invitation, Person
from lms.models.role_plays import Outcome, Reply, RolePlay, SheetRow
from tests.demo.conftest import MOMENT

NEW_YORK = ZoneInfo("America/New_York")
LONGEST_SITTING = timedelta(hours=2)
LATER_BY_RIGHT = {
    "expires_at", "seen_at", "before_starts_at", "before_ends_at",
    "live_sessions.starts_at", "live_sessions.ends_at", "releases.ends_at",
}  # fmt: skip


def test_nothing_happened_after_the_moment_of_building(session):
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            kind = getattr(column.type, "impl", column.type)
            is_later = {column.name, str(column)} & LATER_BY_RIGHT
            if isinstance(kind, DateTime) and not is_later:
                newest = session.scalar(select(func.max(column)))
                assert newest is None or newest <= MOMENT, column


def test_the_audit_runs_in_the_order_of_time_without_a_gap(session):
    # Visitors of other tests sign in at the moment itself; the demo's people are done before.
    told = select(AuditEvent.id, AuditEvent.at).where(AuditEvent.at < MOMENT)
    events = session.execute(told.order_by(AuditEvent.id)).all()
    ids = [event.id for event in events]
    moments = [event.at for event in events]
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    assert moments == sorted(moments)


@pytest.mark.parametrize(
    ("table", "which", "tags"),
    [
        (Person, None, {"person:account:make"}),
        (Invitation, None, {"invitation:make"}),
        (Enrolment, None, {"learner:enrol"}),
        (Reading, None, {"learner:section:finish"}),
        (Attempt, None, {"attempt:start"}),
        (Attempt, Attempt.submitted_at.is_not(None), {"attempt:submit"}),
        (Answer, None, {"attempt:answer:save"}),
        (RolePlay, None, {"role-play:begin"}),
        (Reply, None, {"role-play:reply:save"}),
        (SheetRow, SheetRow.signed_at.is_not(None), {"sheet:sign"}),
        (SheetRow, None, {"sheet:save"}),
        (Outcome, Outcome.revision > 1, {"outcome:amend"}),
        (RolePlay, RolePlay.released_at.is_not(None), {"role-play:release"}),
        (LedgerEntry, None, {"hours:enter", "hours:reverse"}),
        (LiveSession, None, {"live-session:hold", "live-session:plan"}),
        (Certificate, None, {"certificate:issue", "certificate:reissue"}),
        (CertificateEvent, None, {"certificate:revoke", "certificate:reissue"}),
    ],
)
def test_every_change_has_its_audit_event(session, table, which, tags):
    rows = select(func.count()).select_from(table)
    told = select(func.count()).select_from(AuditEvent).where(AuditEvent.tag.in_(tags))
    changed = session.scalar(rows if which is None else rows.where(which))
    assert changed == session.scalar(told)
    assert changed > 0


def test_an_attempt_began_after_every_section_it_is_about_was_read(session, demo_school):
    library = demo_school.shop.shelf.current()
    read = {
        (row.person_id, row.module_id, row.section_id): row.finished_at
        for row in session.scalars(select(Reading))
    }
    begun = [
        (row.person_id, module, row.started_at)
        for row in session.scalars(select(Attempt))
        for module in _modules_of(library, row.quiz_id)
    ]
    begun += [
        (row.person_id, library.scenarios[row.scenario_id].module, row.started_at)
        for row in session.scalars(select(RolePlay))
    ]
    for person, module, started in begun:
        for section in library.modules[module].sections:
            assert read[person, module, section.id] <= started


def _modules_of(library, quiz_id):
    """The module a quiz closes, or all those of the program an exam closes."""
    quiz = library.quizzes[quiz_id]
    return library.programs[quiz.program].modules if quiz.is_exam else (quiz.module,)


def test_nobody_rated_themselves_and_nobody_outside_the_cohort_rated(session):
    for sheet, play in session.execute(
        select(SheetRow, RolePlay).join(RolePlay, RolePlay.id == SheetRow.role_play_id)
    ):
        assert sheet.rater_id != play.person_id
        assert play.handed_in_at <= sheet.saved_at


def test_a_retake_waited_as_long_as_the_quiz_asks(session, demo_school):
    library = demo_school.shop.shelf.current()
    tries: dict[tuple[int, str], list[Attempt]] = {}
    for row in session.scalars(select(Attempt).order_by(Attempt.number)):
        tries.setdefault((row.person_id, row.quiz_id), []).append(row)
    again = Counter()
    for (_person, quiz), rows in tries.items():
        for one, two in pairwise(rows):
            wait = timedelta(hours=library.quizzes[quiz].wait_hours)
            assert two.started_at >= one.submitted_at + wait
            again[quiz] += 1
    assert sum(again.values()) >= 4


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 0, 1, tzinfo=NEW_YORK),
        datetime(2026, 3, 8, 4, 30, tzinfo=NEW_YORK),
        datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK),
        datetime(2028, 2, 29, 12, 0, tzinfo=NEW_YORK),
        datetime(2027, 1, 1, 23, 59, tzinfo=NEW_YORK),
    ],
)
def test_whenever_it_is_built_everything_lies_behind(moment, demo_school):
    library = demo_school.shop.shelf.current()
    deeds = list(build.deeds(cast(), Days(moment, NEW_YORK), library))
    assert max(deed.at for deed in deeds) + LONGEST_SITTING < moment
