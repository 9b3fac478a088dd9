"""A holder deletes their account: what goes is gone, what stays is as it was."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from lms.domain.people import Role
from lms.domain.release import Scope
from lms.models.attempts import Answer, Attempt
from lms.models.base import Base
from lms.models.boards import BoardMember, ClosedAccount
from lms.models.hours import LedgerEntry
from lms.models.learning import Reading
from lms.models.people import Cohort, Device, GrantRow, Person
from lms.models.role_plays import Outcome, Reply, RolePlay, SheetRow
from lms.models.timetable import CalendarFeed
from lms.models.vouching import ConfirmationRequest
from lms.records import standing
from tests.browsing import Browser
from tests.bureau import bureau
from tests.school import PASSWORD, School

WORDS = "I hear you"
CRITICAL = "a-ride-home"


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def ana(school: School, cohort: Cohort) -> Person:
    """A learner with one thing of every kind."""
    ana = school.person(Role.LEARNER, cohort, "Ana Lopez")
    trainers = [school.person(Role.ASSESSOR, cohort) for _ in range(2)]
    school.read_all(ana)
    school.take_quiz(ana, "ethics-and-scope")
    school.attend(ana, trainers[0], cohort, 60)
    school.grade(school.hand_in(ana, "the-intake-form"), trainers, level=2)
    school.hand_in(ana, CRITICAL)
    return ana


def count(school: School, what: type, *conditions: object) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what).where(*conditions))


def delete(browser: Browser, password: str = PASSWORD):
    return browser.open("/account/delete").submit("/account/delete", password=password)


def test_what_goes_and_what_stays_is_said_before_with_its_day(
    school: School, ana: Person, cohort: Cohort
):
    code = school.certify(ana)
    page = school.browser(ana).open("/account").click("Delete your account")
    assert "Every answer given in a quiz" in page.text
    assert code[:5] in page.text
    assert "2 March 2035" in page.text  # seven years after the certificate's last day
    assert "The longest rule of a board that we know asks for 6 years" in page.text


def test_typed_words_are_gone_and_what_was_earned_stays(school: School, ana: Person):
    lines = count(school, LedgerEntry)
    assert count(school, Answer)
    assert count(school, Reply)
    assert count(school, Reading)
    browser = school.browser(ana)
    page = delete(browser)
    assert page.path == "/account/deleted"
    assert "kept until 2 March 2033" in page.text
    for gone in (Answer, Reply, Reading):
        assert count(school, gone) == 0
    assert count(school, LedgerEntry) == lines
    assert count(school, Attempt, Attempt.passed.is_(True)) == 1
    assert count(school, Outcome) == 1
    assert count(school, RolePlay) == 1  # the one that waited for a trainer is gone
    with school.database.reading() as session:
        sheets = session.scalars(select(SheetRow)).all()
        assert sheets
        for sheet in sheets:
            assert {r["comment"] for r in sheet.ratings.values()} == {""}
            assert {r["level"] for r in sheet.ratings.values()} == {2}
        closed = session.scalars(select(ClosedAccount)).one()
        assert closed.kept_until.isoformat() == "2033-03-02"


def test_no_table_holds_their_address_or_a_word_they_typed(school: School, ana: Person):
    address = ana.email
    delete(school.browser(ana))
    with school.database.reading() as session:
        held = {
            name: repr([tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))])  # noqa: S608
            for name in Base.metadata.tables
            if name != "editions"
        }
    assert [name for name, rows in held.items() if address in rows or WORDS in rows] == []
    assert [name for name, rows in held.items() if "Ana Lopez" in rows] == ["people"]


def test_the_account_is_closed_everywhere_at_once(school: School, ana: Person):
    phone, laptop = school.browser(ana), school.browser(ana)
    delete(phone)
    assert count(school, Device, Device.person_id == ana.id) == 0
    assert count(school, GrantRow, GrantRow.person_id == ana.id) == 0
    assert laptop.open("/hours").path == "/sign-in"
    page = school.browser().open("/sign-in").submit(email=ana.email, password=PASSWORD)
    assert page.status == 422


def test_a_certificate_is_checked_afterwards_as_before(school: School, ana: Person):
    code = school.certify(ana)
    before = school.browser().open(f"/verify/{code}", Accept="application/json").response.json
    delete(school.browser(ana))
    after = school.browser().open(f"/verify/{code}", Accept="application/json").response.json
    assert before["state"] == after["state"] == "valid"
    assert before["facts"] == after["facts"]
    assert after["facts"]["holder"] == "Ana Lopez"


def test_releases_end_with_the_account(school: School, ana: Person):
    board = bureau(school)
    ref = board.release(ana, Scope.FULL)
    board.look(ref, board.reader)
    delete(school.browser(ana))
    theirs = school.browser(board.reader).open(f"/board/releases/{ref}")
    assert theirs.status == 410
    assert "Ana Lopez" not in theirs.text
    assert board.row(ref).ended_at == school.now


def test_what_they_said_of_themselves_is_gone(school: School, ana: Person):
    pack = school.shelf.current().packs["md-cprs"]
    recovery = next(n for n in pack.versions[0].stages[0].needs if n.id == "recovery")
    with school.database.writing() as session:
        said = {"recovery": (recovery, standing.Said("attested"))}
        standing.say(session, school.now, session.merge(ana), pack.id, said)
        session.commit()
        assert standing.facts_of(session, ana.id)
    delete(school.browser(ana))
    with school.database.reading() as session:
        assert standing.facts_of(session, ana.id) == {}


@pytest.mark.parametrize("password", ["", "not my password"])
def test_without_the_password_nothing_is_deleted(school: School, ana: Person, password: str):
    page = delete(school.browser(ana), password)
    assert page.status == 422
    assert "assword" in page.soup.select_one("p.error").text
    assert count(school, Answer)


def test_guesses_are_braked_as_when_signing_in(school: School, ana: Person):
    browser = school.browser(ana)
    for _ in range(8):
        delete(browser, "a guess")
    page = delete(browser)
    assert page.status == 429
    assert "Wait 15 minutes" in page.text
    assert count(school, Answer)


def test_the_only_operator_stays(school: School):
    only = school.person(Role.OPERATOR)
    page = delete(school.browser(only))
    assert page.status == 422
    assert "only operator" in page.text
    school.person(Role.OPERATOR)
    assert delete(school.browser(only)).path == "/account/deleted"


def test_who_works_at_a_board_leaves_it_with_the_account(school: School):
    board = bureau(school)
    delete(school.browser(board.reader))
    assert board.reader.name not in school.browser(board.head).open("/board/people").text
    assert count(school, BoardMember, BoardMember.left_at.is_not(None)) == 1


def test_the_address_can_be_invited_anew(school: School, ana: Person, cohort: Cohort):
    address = ana.email
    delete(school.browser(ana))
    coordinator = school.browser(school.person(Role.COORDINATOR, cohort))
    page = coordinator.open("/manage").click("Invite").submit(email=address, role="learner")
    assert "on its way" in page.text


def test_every_table_about_a_person_was_thought_of():
    """A new table that points to people must be kept on purpose or be forgotten in closing.py."""
    thought_of = {
        # forgotten
        "readings", "devices", "grants", "facts_held", "credentials_held", "followed_boards",
        "application_packs", "attempts", "role_plays", "sheets", "invitations", "board_members",
        "calendar_feeds", "attendance_signatures", "confirmation_requests", "nudges",
        "evaluations_given", "share_links", "name_corrections",
        # kept, and why stands on the page
        "ledger_entries", "certificates", "certificate_events", "outcomes", "enrolments",
        "attendances", "live_sessions", "audit_events", "once_keys", "extra_goes",
        "releases", "looks", "decisions", "pack_drafts", "closed_accounts", "entry_checks",
        "confirmation_events", "session_changes", "batches", "api_keys",
        "provider_statements", "qualifications_held", "undertakings", "undertaking_lines",
    }  # fmt: skip
    points = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name == "people" for key in table.foreign_keys)
    }
    assert points <= thought_of, points - thought_of


def test_a_supervisors_address_is_gone_and_their_open_link_closes(school: School, ana: Person):
    with school.database.writing() as session:
        session.add(
            ConfirmationRequest(
                person_id=ana.id,
                token_digest="0" * 64,
                to_name="Sol Supervisor",
                to_email="sol@clinic.example",
                relation="supervisor",
                asked_at=school.now,
                expires_at=school.now + timedelta(days=14),
            )
        )
        feed = {"shows_titles": True, "shows_links": True, "made_at": school.now}
        session.add(CalendarFeed(person_id=ana.id, **feed))
        session.commit()
    delete(school.browser(ana))
    with school.database.reading() as session:
        request = session.scalars(select(ConfirmationRequest)).one()
    assert (request.to_email, request.expires_at) == ("", school.now)
    assert count(school, CalendarFeed) == 0
