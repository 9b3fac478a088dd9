"""The demo is a believable small school: what it promises to show is there."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from lms.app import create_app
from lms.demo import build
from lms.demo.cast import cast
from lms.domain.people import Role
from lms.formats.names import reads_from, unprintable
from lms.models.attempts import Attempt
from lms.models.certificates import Certificate
from lms.models.hours import Attendance, LedgerEntry, LiveSession
from lms.models.journal import OutboxJob
from lms.models.people import Cohort, GrantRow, Invitation, Person
from lms.models.role_plays import RolePlay, SheetRow
from lms.models.timetable import SessionChange
from lms.records import certificates, grading, people
from tests.browsing import Browser
from tests.demo.conftest import ADDRESS, MOMENT, built
from tests.demo.portrait import portraits


def count(session, table, *which):
    return session.scalar(select(func.count()).select_from(table).where(*which))


@pytest.fixture(scope="module")
def seen(demo_school):
    with demo_school.shop.database.reading() as session:
        return portraits(session, demo_school.shop)


@pytest.fixture(scope="module")
def app(demo_school):
    shop = demo_school.shop
    quiet = replace(shop.settings, log_level="ERROR")
    return create_app(quiet, database=shop.database, shelf=shop.shelf, clock=lambda: MOMENT)


def test_it_is_built_with_under_twenty_seconds_of_work(demo_school):
    assert demo_school.seconds < 20


def test_three_cohorts_thirty_four_learners_three_assessors(session):
    learners = select(func.count(func.distinct(GrantRow.person_id)))
    assert count(session, Cohort) == 3
    assert session.scalar(learners.where(GrantRow.role == Role.LEARNER)) == 34
    assert session.scalar(learners.where(GrantRow.role == Role.ASSESSOR)) == 3


def test_learners_stand_at_every_stage(seen):
    percents = sorted(portrait.percent for portrait in seen.values())
    assert percents[0] == 0
    assert percents[-1] == 100
    assert len(set(percents)) >= 12
    assert all(any(low <= p < low + 20 for p in percents) for low in range(0, 100, 20))


def test_ana_is_half_way_in_the_middle_of_crisis_support(seen, app):
    page = Browser(app, ADDRESS, "127.0.0.1").open("/sign-in")
    page = page.submit(email="ana@demo.example", password="demo-peerpath")
    assert 50 <= seen["ana"].percent <= 60
    assert "Crisis support 3 of 9 steps are done" in page.text


@pytest.mark.parametrize(("address", "about"), build.accounts())
def test_every_account_it_prints_can_sign_in(app, address, about):
    page = Browser(app, ADDRESS, "127.0.0.1").open("/sign-in")
    page = page.submit(email=address, password="demo-peerpath")
    assert page.status == 200, about
    assert page.path != "/sign-in"


def test_role_plays_are_finished_and_waiting_in_every_way(session):
    rows = session.execute(select(RolePlay.state, RolePlay.released_at))
    states = Counter((state, released_at is not None) for state, released_at in rows)
    assert states["decided", True] >= 40
    assert states["decided", False] == 3
    assert states["waiting", False] >= 5
    assert states["third", False] == 1
    assert states["open", False] == 2


def test_one_disagreement_waits_for_the_trainer_who_has_not_read_it(session):
    waiting = session.scalars(select(RolePlay).where(RolePlay.state == "third")).one()
    signed = {s.rater_id for s in grading.sheets(session, waiting) if s.signed_at}
    carla = people.by_email(session, "carla@demo.example")
    queue = grading.queue(session, carla.id, [waiting.cohort_id])
    assert len(signed) == 2
    assert waiting.id in {row.play.id for row in queue}


def test_one_role_play_has_one_of_its_two_sheets(session):
    signed = (
        select(RolePlay.id)
        .join(SheetRow, SheetRow.role_play_id == RolePlay.id)
        .where(RolePlay.state == "waiting", SheetRow.signed_at.is_not(None))
    )
    assert len(session.scalars(signed).all()) == 1


def test_a_trainer_finds_her_draft_again(session):
    draft = session.scalars(select(SheetRow).where(SheetRow.signed_at.is_(None))).one()
    assert draft.rater_id == people.by_email(session, "carla@demo.example").id
    assert draft.ratings


def test_outcomes_wait_to_be_told_both_ways(seen):
    told = {who: seen[who].play("a-ride-home") for who in ("fatou", "tomas")}
    assert [told["fatou"][4], told["tomas"][4]] == [(True,), (False,)]
    assert [told["fatou"][5], told["tomas"][5]] == [None, None]


def test_a_third_trainer_settled_an_earlier_disagreement(session, seen):
    aurelia = people.by_email(session, "aurelia@demo.example")
    play = session.scalars(
        select(RolePlay).where(
            RolePlay.person_id == aurelia.id, RolePlay.scenario_id == "marcus-at-the-door"
        )
    ).one()
    assert len(grading.sheets(session, play)) == 3
    assert seen["aurelia"].play("marcus-at-the-door")[4] == (True,)


def test_gwen_lacks_nothing_and_has_not_asked_for_her_certificate_yet(seen):
    assert [part.gaps for part in seen["gwen"].parts] == [()]
    assert seen["gwen"].standings == ()


def test_an_appeal_was_heard_and_the_earlier_outcome_stays(seen):
    assert seen["gwen"].play("the-pill-question")[4] == (False, True)


def test_role_plays_were_observed_live_too(seen):
    live = {who for who, portrait in seen.items() for play in portrait.plays if play[2] == "live"}
    assert live == {"ivy", "nadira", "linnea"}
    assert [play[2] for play in seen["ivy"].plays] == ["written", "live"]


def test_quizzes_were_passed_at_once_later_or_not_at_all(seen):
    results = {
        (who, quiz): tuple(a[2] for a in portrait.attempts if a[0] == quiz)
        for who, portrait in seen.items()
        for quiz in {a[0] for a in portrait.attempts}
    }
    kinds = Counter(results.values())
    assert kinds[(True,)] > 50
    assert kinds[(False, True)] == 2
    assert kinds[(False, False, False)] == 1
    assert kinds[(None,)] == 1


def test_extra_time_was_given_and_used(session):
    sol = people.by_email(session, "sol@demo.example")
    took = [
        row.submitted_at - row.started_at
        for row in session.scalars(select(Attempt).where(Attempt.person_id == sol.id))
    ]
    assert sol.time_factor == 150
    assert any(time.total_seconds() > 30 * 60 for time in took)
    assert all(time.total_seconds() <= 45 * 60 for time in took)


def test_certificates_are_valid_expired_revoked_and_replaced(session, demo_school):
    standings = Counter(
        str(certificates.record_of(row, events, MOMENT, demo_school.shop.office).standing.state)
        for row in session.scalars(select(Certificate))
        for events in [certificates.endings(session, row)]
    )
    assert standings == {"valid": 6, "expired": 1, "revoked": 1, "replaced": 1}


def test_the_replaced_certificate_names_the_one_with_the_right_name(seen, session, demo_school):
    siobhan = people.by_email(session, "siobhan@demo.example")
    newer, older = certificates.of_person(session, siobhan.id, MOMENT, demo_school.shop.office)
    learner = next(learner for learner in cast().learners if learner.id == "siobhan")
    assert older.facts.holder == learner.name
    assert newer.facts.holder == learner.renamed.name != learner.name
    assert older.standing.replaced_by == newer.facts.code == newer.certificate.code
    assert newer.facts.replaces == older.facts.code


def test_the_revoked_one_was_revoked_because_the_hours_were_taken_back(session, seen):
    minji = people.by_email(session, "minji@demo.example")
    lines = session.scalars(select(LedgerEntry).where(LedgerEntry.person_id == minji.id)).all()
    assert any(line.reverses_id for line in lines)
    assert seen["minji"].standings == ("revoked",)
    assert seen["minji"].percent < 100


def test_every_certificate_says_demo_and_can_be_printed(session):
    for row in session.scalars(select(Certificate)):
        facts = certificates.facts_of(row)
        assert facts.demo
        assert "demo" in facts.provider
        assert facts.provider_address
        assert facts.approvals
        assert unprintable(facts.holder) == ""
        assert facts.verify_at == f"{ADDRESS}/verify/{facts.code}"


def test_sessions_have_attendance_a_late_comer_and_a_correction(session):
    late = [
        row
        for row, meeting in session.execute(
            select(Attendance, LiveSession).join(
                LiveSession, LiveSession.id == Attendance.live_session_id
            )
        )
        if row.left_at and row.arrived_at > meeting.starts_at
    ]
    assert count(session, LiveSession) >= 10
    assert count(session, Attendance) >= 40
    assert len(late) == 2
    assert (
        count(session, LedgerEntry, LedgerEntry.reverses_id.is_not(None), LedgerEntry.needs == "")
        == 2
    )


def test_logs_are_confirmed_waiting_declined_checked_and_not_checked(session):
    logs = session.scalars(select(LedgerEntry).where(LedgerEntry.needs != "")).all()
    said = Counter((row.needs, row.verdict) for row in logs if row.reverses_id is None)
    assert said["signature", "agreed"] >= 5
    assert said["signature", ""] >= 5
    assert said["signature", "declined"] == 1
    assert said["check", "agreed"] == said["check", ""] == 1


def test_sessions_are_to_come_in_each_cohort_and_one_runs_and_shows_its_code(session):
    coming = session.scalars(select(LiveSession).where(LiveSession.starts_at > MOMENT)).all()
    assert {meeting.cohort_id for meeting in coming} == set(session.scalars(select(Cohort.id)))
    assert [m.cancelled_at is not None for m in coming].count(True) == 1
    assert count(session, SessionChange) == 2
    running = select(LiveSession).where(LiveSession.code_by.is_not(None))
    now = session.scalars(running).one()
    assert now.starts_at < MOMENT < now.ends_at
    there = session.scalars(select(Attendance).where(Attendance.live_session_id == now.id)).all()
    assert [(row.how, row.left_at) for row in there] == [("code", None)] * 2


def test_names_come_in_many_scripts(session):
    names = session.scalars(select(Person.name)).all()
    assert sum(reads_from(name) == "rtl" for name in names) >= 2
    assert max(map(len, names)) > 70
    assert any("“" in name for name in names)
    assert any("\N{RIGHT SINGLE QUOTATION MARK}" in name for name in names)
    assert sum(any(ord(c) > 0x2FF for c in name) for name in names) >= 6


def test_letters_of_past_months_have_gone_and_papers_wait_for_the_worker(session, demo_school):
    waiting = Counter(session.scalars(select(OutboxJob.kind).where(OutboxJob.done_at.is_(None))))
    guides = len(demo_school.shop.shelf.current().guides)
    papers = {"paper": 2 * count(session, Certificate), "result-sheet": 1}
    waiting.pop("log")  # the public log is signed by the worker, too
    waiting.pop("status")
    assert waiting == {"guide": guides} | papers
    assert count(session, OutboxJob, OutboxJob.kind == "mail") > 40


def test_invitations_are_open_used_and_out_of_date(session):
    unused = session.scalars(select(Invitation).where(Invitation.used_by.is_(None))).all()
    assert sorted(letter.expires_at > MOMENT for letter in unused) == [False, True, True]
    used = session.scalars(select(Invitation).where(Invitation.used_by.is_not(None))).all()
    more = sum(learner.then is not None for learner in cast().learners)
    assert len(used) == count(session, Person) + more == count(session, Person) + 1


def test_one_account_was_closed(session):
    closed = session.scalars(select(Person).where(Person.disabled_at.is_not(None))).one()
    assert closed.email == "pilar@demo.example"


def test_the_same_moment_gives_the_same_school(seen, tmp_path):
    with built(tmp_path / "again") as again, again.shop.database.reading() as session:
        assert portraits(session, again.shop) == seen


def test_the_cast_is_thirty_four_people_with_names_of_their_own():
    names = [learner.name for learner in cast().learners] + [m.name for m in cast().staff]
    assert len(cast().learners) == 34
    assert len(set(names)) == len(names)
