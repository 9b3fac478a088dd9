"""What is done twice at the same moment happens once, and nobody sees an error of ours."""

import pytest
from sqlalchemy import func, select

from lms.domain.people import Grant, Role
from lms.models.attempts import Attempt
from lms.models.certificates import Certificate
from lms.models.hours import Attendance, LedgerEntry, LiveSession
from lms.models.journal import AuditEvent
from lms.models.people import Cohort, Person
from lms.models.role_plays import Outcome, SheetRow
from lms.models.vouching import ConfirmationRequest, EntryCheck
from lms.records import signing_in
from tests.browsing import Browser
from tests.completing import ONE_RATER, TWO_RATERS
from tests.faults.at_once import Form, at_once, filled, send, send_all, twin
from tests.faults.ready import make_ready
from tests.logged import ask, log_shift
from tests.school import PROGRAM, School

MANY = 8
MODULE = "ethics-and-scope"
QUIZ = f"/quizzes/{MODULE}"


def count(school: School, what: type, *conditions: object) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what).where(*conditions))


def events(school: School, tag: str) -> int:
    return count(school, AuditEvent, AuditEvent.tag == tag)


def begun(browser: Browser) -> str:
    """The address of a new attempt's first question."""
    return browser.open(QUIZ).submit(QUIZ).path


def sheet_form(browser: Browser, ref: str, level: int = 3) -> Form:
    """A full sheet, to be signed."""
    page = browser.open(f"/grading/{ref}")
    levels = {field["name"]: level for field in page.soup.select("input[name^=level-]")}
    comments = {field["name"]: "I saw it." for field in page.soup.select("textarea")}
    return filled(page, "/grading/", **levels, **comments, go="sign")


def test_an_attempt_started_in_many_tabs_is_one(school: School, mine: Browser):
    forms = [filled(mine.open(QUIZ), QUIZ) for _ in range(MANY)]
    answers = send_all(mine, forms)
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 303
    assert count(school, Attempt) == events(school, "attempt:start") == 1


def test_a_certificate_claimed_in_many_tabs_is_one(school: School, cohort: Cohort):
    ready = make_ready(school, cohort, "claim")
    with school.database.reading() as session:
        holder = session.scalars(select(Person).where(Person.email == ready.email)).one()
    mine = school.browser(holder)
    forms = [filled(mine.open("/certificates"), "/certificates") for _ in range(MANY)]
    tabs = [twin(mine) for _ in forms]
    seen = at_once(
        [lambda tab=tab, form=form: tab.post(*form) for tab, form in zip(tabs, forms, strict=True)]
    )
    assert {page.status for page in seen} == {200}
    assert len({page.soup.select_one("a[href$='.pdf']")["href"] for page in seen}) == 1
    assert count(school, Certificate) == events(school, "certificate:issue") == 1


def test_answers_handed_in_from_many_tabs_are_scored_once(school: School, mine: Browser):
    check = begun(mine).rsplit("/", 1)[0] + "/check"
    forms = [filled(mine.open(check), "/submit") for _ in range(MANY)]
    answers = send_all(mine, forms)
    assert len(set(answers)) == 1, answers
    assert answers[0][1].endswith("/result")
    assert events(school, "attempt:submit") == 1


def test_an_answer_saved_while_handing_in_counts_or_is_refused(school: School, mine: Browser):
    first = begun(mine)
    check = first.rsplit("/", 1)[0] + "/check"
    save = filled(mine.open(first), "/attempts/", answer=1)
    answers = send_all(mine, [filled(mine.open(check), "/submit"), save])
    assert {status for status, _ in answers} == {303}
    with school.database.reading() as session:
        (attempt,) = session.scalars(select(Attempt))
        order = list(session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)))
    assert attempt.submitted_at is not None
    assert "attempt:answer:save" not in order[order.index("attempt:submit") :]


def test_a_sheet_signed_in_two_tabs_is_signed_once(school: School, cohort: Cohort, learner: Person):
    desk = school.browser(school.person(Role.ASSESSOR, cohort))
    ref = school.hand_in(learner, ONE_RATER)
    forms = [sheet_form(desk, ref) for _ in range(2)]
    answers = send_all(desk, forms)
    assert sorted(status for status, _ in answers) == [303, 409]
    assert count(school, SheetRow) == count(school, Outcome) == events(school, "sheet:sign") == 1


def test_two_raters_who_sign_at_the_same_moment_decide(
    school: School, cohort: Cohort, learner: Person
):
    desks = [school.browser(school.person(Role.ASSESSOR, cohort)) for _ in range(2)]
    ref = school.hand_in(learner, TWO_RATERS)
    forms = [sheet_form(desk, ref) for desk in desks]
    answers = at_once(
        [lambda d=desk, f=form: send(d, f) for desk, form in zip(desks, forms, strict=True)]
    )
    assert [status for status, _ in answers] == [303, 303]
    assert count(school, Outcome) == 1


def test_the_last_seat_is_taken_by_one_rater(school: School, cohort: Cohort, learner: Person):
    desks = [school.browser(school.person(Role.ASSESSOR, cohort)) for _ in range(4)]
    ref = school.hand_in(learner, TWO_RATERS)
    forms = [
        (path, {**fields, "go": ["draft"]})
        for path, fields in (sheet_form(desk, ref) for desk in desks)
    ]
    answers = at_once(
        [lambda d=desk, f=form: send(d, f) for desk, form in zip(desks, forms, strict=True)]
    )
    assert sorted(status for status, _ in answers) == [303, 303, 409, 409]
    assert count(school, SheetRow) == 2


def test_an_invitation_accepted_twice_makes_one_account(school: School, cohort: Cohort):
    with school.database.writing() as session:
        grant = Grant(Role.LEARNER, cohort.id)
        token = signing_in.invite(session, school.now, "new@school.example", grant, None)
        session.commit()
    guest = school.browser()
    filled_in = {"name": "Nia New", "password": "a long walk by the river"}
    forms = [filled(guest.open(f"/join/{token}"), "/join/", **filled_in) for _ in range(2)]
    answers = send_all(guest, forms)
    assert sorted(status for status, _ in answers) == [303, 404]
    assert count(school, Person, Person.email == "new@school.example") == 1


def test_a_ledger_line_is_taken_back_once(school: School, cohort: Cohort, learner: Person):
    school.take_quiz(learner, MODULE)
    with school.database.reading() as session:
        (line,) = session.scalars(select(LedgerEntry))
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    path = f"/manage/hours/{line.ref}"
    forms = [filled(desk.open(path), path, reason="Entered twice") for _ in range(MANY)]
    answers = send_all(desk, forms)
    assert sorted(status for status, _ in answers) == [303, *[422] * (MANY - 1)]
    assert count(school, LedgerEntry) == 2
    assert events(school, "hours:reverse") == 1


def asked(school: School, learner: Person) -> str:
    """The path in a letter that asks for a signature under two lines."""
    with school.database.writing() as session:
        rows = [log_shift(session, school, learner, days) for days in (2, 1)]
        token = ask(session, school, learner, *rows)[1]
        session.commit()
    return f"/confirm/{token}"


SIGNED = {"all": "yes", "name": "Rosa", "role": "Supervisor", "is_peer": "no", "attest": "y"}


def test_hours_confirmed_in_many_tabs_are_confirmed_once(school: School, learner: Person):
    link = asked(school, learner)
    guest = school.browser()
    forms = [filled(guest.open(link), link, **SIGNED) for _ in range(MANY)]
    answers = send_all(guest, forms)
    assert sorted(status for status, _ in answers) == [303, *[410] * (MANY - 1)]
    assert count(school, EntryCheck) == 2
    assert events(school, "confirmation:answer") == 1


def test_the_same_sheet_sent_many_times_acts_once_and_answers_the_same(
    school: School, learner: Person
):
    link = asked(school, learner)
    guest = school.browser()
    form = filled(guest.open(link), link, **SIGNED)
    assert set(send_all(guest, [form] * MANY)) == {(303, "/confirmed")}
    assert count(school, EntryCheck) == 2


def test_a_signature_given_while_it_is_taken_back_stands_or_falls_whole(
    school: School, learner: Person, mine: Browser
):
    link = asked(school, learner)
    with school.database.reading() as session:
        (request,) = session.scalars(select(ConfirmationRequest))
    path = f"/hours/confirmations/{request.ref}"
    back = filled(mine.open(path), path, reason="Wrong address")
    guest = school.browser()
    signed = filled(guest.open(link), link, **SIGNED)
    answers = at_once([lambda: send(mine, back), lambda: send(guest, signed)])
    assert answers[0][0] == 303
    with school.database.reading() as session:
        verdicts = [row.verdict for row in session.scalars(select(LedgerEntry))]
    assert verdicts in (["", ""], ["ended", "ended"]), answers


def test_two_people_asked_to_confirm_one_line_do_not_both(school: School, learner: Person):
    with school.database.writing() as session:
        row = log_shift(session, school, learner, 1)
        tokens = [ask(session, school, learner, row)[1] for _ in range(2)]
        session.commit()
    guests = [school.browser() for _ in tokens]
    forms = [
        filled(guest.open(f"/confirm/{token}"), "/confirm/", **SIGNED)
        for guest, token in zip(guests, tokens, strict=True)
    ]
    answers = at_once(
        [lambda g=guest, f=form: send(g, f) for guest, form in zip(guests, forms, strict=True)]
    )
    assert sorted(status for status, _ in answers)[0] == 303
    assert sorted(status for status, _ in answers)[1] in (409, 410)
    assert count(school, EntryCheck) == 1


def test_the_same_shift_written_down_in_many_tabs_is_one(
    school: School, learner: Person, mine: Browser
):
    told = {
        "title": "Shift", "pay": "paid", "day": "2026-03-01", "starts": "09:00", "ends": "11:00",
        "topic_1": "ethics",
    }  # fmt: skip
    path = "/hours/add?kind=work"
    forms = [filled(mine.open(path), "/hours/add", **told) for _ in range(MANY)]
    answers = send_all(mine, forms)
    assert sorted(status for status, _ in answers) == [303, *[422] * (MANY - 1)]
    assert count(school, LedgerEntry) == 1


@pytest.fixture
def meeting(school: School, cohort: Cohort, learner: Person) -> tuple[Browser, str]:
    """A meeting that was held, and the trainer's browser."""
    desk = school.browser(school.person(Role.ASSESSOR, cohort))
    held = {
        "title": "First meeting", "modality": "live-online", "held_on": "2026-03-01",
        "starts": "09:00", "ends": "11:00", "break_minutes": "0",
    }  # fmt: skip
    page = desk.open("/sessions")
    path, fields = filled(page, "/sessions", **held)
    return desk, desk.post(path, fields).path


def attended(desk: Browser, path: str, learner: Person) -> Form:
    return filled(desk.open(path), path, **{f"there-{learner.ref}": "y"})


def test_attendance_recorded_in_many_tabs_counts_once(
    school: School, learner: Person, meeting: tuple[Browser, str]
):
    desk, path = meeting
    answers = send_all(desk, [attended(desk, path, learner) for _ in range(MANY)])
    assert {status for status, _ in answers} == {303}
    assert count(school, LiveSession) == count(school, Attendance) == 1
    with school.database.reading() as session:
        assert session.scalars(select(LedgerEntry.minutes)).all() == [120]


def _start(school: School, learner: Person, mine: Browser, desk: Browser) -> Form:
    return filled(mine.open(QUIZ), QUIZ)


def _save(school: School, learner: Person, mine: Browser, desk: Browser) -> Form:
    return filled(mine.open(begun(mine)), "/attempts/", answer=1)


def _hand_in(school: School, learner: Person, mine: Browser, desk: Browser) -> Form:
    return filled(mine.open(begun(mine).rsplit("/", 1)[0] + "/check"), "/submit")


def _read(school: School, learner: Person, mine: Browser, desk: Browser) -> Form:
    other = school.shelf.current().modules["crisis-support"].sections[0].id
    path = f"/learn/{PROGRAM}/crisis-support/{other}"
    return filled(mine.open(path), path)


def _sign(school: School, learner: Person, mine: Browser, desk: Browser) -> Form:
    return sheet_form(desk, school.hand_in(learner, ONE_RATER))


FORMS = {
    "start a quiz": (_start, "attempt:start"),
    "save an answer": (_save, "attempt:answer:save"),
    "hand in": (_hand_in, "attempt:submit"),
    "finish a section": (_read, "learner:section:finish"),
    "sign a sheet": (_sign, "sheet:sign"),
}


@pytest.mark.parametrize(("prepare", "tag"), FORMS.values(), ids=list(FORMS))
def test_the_same_form_sent_many_times_acts_once_and_answers_the_same(
    school: School, cohort: Cohort, learner: Person, mine: Browser, prepare, tag: str
):
    desk = school.browser(school.person(Role.ASSESSOR, cohort))
    form = prepare(school, learner, mine, desk)
    before = events(school, tag)
    sender = desk if prepare is _sign else mine
    answers = send_all(sender, [form] * MANY)
    school.pass_time(minutes=5)
    answers.append(send(sender, form))
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 303
    assert events(school, tag) == before + 1
