"""The third cohort takes the whole course: someone stands at every stage of it."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.demo.cast import cast
from lms.demo.opening import address
from lms.domain.people import Role
from lms.models.attempts import Attempt
from lms.models.hours import LedgerEntry, LiveSession
from lms.models.learning import Enrolment
from lms.models.people import Cohort, Person
from lms.models.role_plays import Outcome, RolePlay
from lms.records import goes, grading, hours, learning, people
from lms.records.hours import counts_in
from tests.demo.conftest import MOMENT
from tests.demo.portrait import portraits

CORE, FOUNDATIONS = "peer-support-core", "peer-support-foundations"
EXAM = "peer-support-core-exam"


@pytest.fixture(scope="module")
def seen(demo_school):
    with demo_school.shop.database.reading() as session:
        return portraits(session, demo_school.shop)


@pytest.fixture
def autumn(session):
    return session.scalars(select(Cohort).where(Cohort.title == "Core, autumn")).one()


@pytest.fixture
def ways(session, demo_school):
    """Someone's programs by id."""

    def of(who):
        person = people.by_email(session, address(who))
        return {w.program.id: w for w in learning.ways(session, demo_school.shop.shelf, person.id)}

    return of


def test_the_third_cohort_is_there_at_every_stage(session, autumn, seen):
    assert autumn.program_id == CORE
    members = {p.email for p, _cohort in people.members(session, [autumn.id], Role.LEARNER)}
    percents = {who: seen[who].percent for who in ("emeka", "yael", "torben", "linnea", "nadira")}
    assert members == {address(who) for who in percents}
    assert list(percents.values()) == sorted(percents.values())
    assert (percents["emeka"], percents["nadira"]) == (0, 99)


def test_each_cohort_takes_its_own_program(session):
    programs = session.execute(
        select(Enrolment.program_id, Cohort.program_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .distinct()
    )
    assert sorted(map(tuple, programs)) == [(CORE, CORE), (FOUNDATIONS, FOUNDATIONS)]


def test_one_of_the_core_learners_has_finished_eight_modules(ways):
    way = ways("torben")[CORE]
    finished = [
        name
        for name in way.program.modules
        if all(step.key in way.done for step in way.steps if step.module == name)
    ]
    assert finished == list(way.program.modules[:8])
    assert way.next.module == way.program.modules[8]


def test_one_lacks_only_the_exam_failed_it_once_and_may_try_again_now(session, ways, demo_school):
    way = ways("nadira")[CORE]
    quiz = demo_school.shop.shelf.current().quizzes[EXAM]
    assert [gap.title for gap in way.gaps] == [quiz.title]
    (failed,) = goes.of_quiz(session, way.enrolment.person_id, EXAM)
    assert failed.passed is False
    assert failed.submitted_at + timedelta(hours=quiz.wait_hours) < MOMENT
    entry = goes.entry(session, quiz, [failed], MOMENT)
    assert (entry.refusal, entry.left) == (None, quiz.attempts - 1)
    assert way.next.id == EXAM


def test_one_lacks_only_live_hours_and_a_role_play_that_waits_with_two_trainers(
    session, autumn, ways
):
    way = ways("linnea")[CORE]
    assert [gap.title for gap in way.gaps] == ["Marcus at the door", way.program.title]
    assert way.gaps[1].minutes == 150
    mine = select(RolePlay).where(RolePlay.person_id == way.enrolment.person_id)
    play = session.scalars(mine.where(RolePlay.state == "waiting")).one()
    assert (play.scenario_id, play.number) == ("marcus-at-the-door", 2)
    for who in ("carla", "dev"):
        rater = people.by_email(session, address(who))
        assert play.id in {row.play.id for row in grading.queue(session, rater.id, [autumn.id])}


def test_the_exam_was_passed_with_some_slips(session):
    passed = session.scalars(select(Attempt).where(Attempt.quiz_id == EXAM, Attempt.passed)).one()
    assert 75 <= passed.points * 100 / passed.out_of <= 98


def test_nobody_passes_with_one_sheet_where_two_are_asked(session, demo_school):
    sheets = Counter()
    plays = select(RolePlay).join(Outcome, Outcome.role_play_id == RolePlay.id)
    for play in session.scalars(plays.where(Outcome.passed)).unique():
        asked = demo_school.shop.shelf.at(play.publication_id).scenarios[play.scenario_id].raters
        signed = {s.rater_id for s in grading.sheets(session, play) if s.signed_at}
        assert len(signed) >= asked, (play.scenario_id, play.mode)
        sheets[asked] += 1
    assert min(sheets[1], sheets[2]) > 10


def test_a_person_in_two_programs_has_their_hours_counted_once(session, ways):
    mine = ways("yael")
    assert list(mine) == [FOUNDATIONS, CORE]
    lines = hours.lines(session, mine[CORE].enrolment.person_id)
    modules = Counter(line.module_id for line in lines if line.module_id)
    assert set(modules.values()) == {1}
    shared = set(mine[FOUNDATIONS].program.modules) & set(mine[CORE].program.modules)
    assert shared <= set(modules)
    for way in mine.values():
        counted = [x for x in lines if counts_in(way.program, x.program_id, x.module_id)]
        assert sum(way.minutes.values()) == sum(line.minutes for line in counted)
        assert all(line.program_id == way.program.id for line in counted if not line.module_id)
    live = sum(way.live_minutes for way in mine.values())
    assert live == sum(line.minutes for line in lines if not line.module_id)


def test_the_same_reading_and_the_same_role_play_were_not_done_twice(seen, session):
    yael = people.by_email(session, address("yael"))
    plays = select(RolePlay.scenario_id).where(RolePlay.person_id == yael.id)
    assert max(Counter(session.scalars(plays)).values()) == 1
    assert max(Counter(attempt[0] for attempt in seen["yael"].attempts).values()) == 1
    assert seen["yael"].standings == ("valid",)
    assert seen["yael"].parts[0].percent == 100


def test_the_core_sessions_are_held_as_their_guides_plan_them(session, autumn, demo_school):
    library = demo_school.shop.shelf.current()
    planned = {library.guides[name].title: library.guides[name] for name in _sessions(library)}
    held = session.scalars(
        select(LiveSession)
        .where(LiveSession.cohort_id == autumn.id)
        .order_by(LiveSession.starts_at)
    ).all()
    assert [meeting.title for meeting in held][: len(planned)] == list(planned)
    for meeting in held:
        guide = planned[meeting.title]
        minutes = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1)
        assert (minutes - meeting.break_minutes, meeting.topics) == (guide.minutes, guide.topics)
    attended = select(func.count()).where(
        LedgerEntry.evidence.in_([f"live-session:{meeting.ref}" for meeting in held])
    )
    assert session.scalar(attended) == 14 + 12 + 7 + 6


def _sessions(library):
    return library.programs[CORE].sessions


def test_the_coordinator_has_all_three_cohorts_and_two_trainers_share_the_third(session, autumn):
    desk = people.by_email(session, address("coordinator"))
    mine = {grant.cohort for grant in people.grants_of(session, desk.id)}
    assert mine == set(session.scalars(select(Cohort.id)))
    trainers = people.members(session, [autumn.id], Role.ASSESSOR)
    assert {person.email for person, _cohort in trainers} == {address("carla"), address("dev")}


def test_whoever_goes_on_keeps_the_one_account(session):
    for learner in cast().learners:
        found = select(func.count()).where(Person.email == address(learner.id))
        assert session.scalar(found) == 1
