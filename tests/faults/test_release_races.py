"""A release ended while a board opens it, given twice at once, decided twice at once."""

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.domain.release import Seat
from lms.models.boards import BoardMember, Decision, Look, Release
from lms.models.people import Cohort, Person
from tests.bureau import PACK, Bureau, bureau, seat
from tests.faults.at_once import at_once, filled, send, send_all, twin
from tests.school import School

MANY = 6


@pytest.fixture
def ana(school: School) -> Person:
    cohort: Cohort = school.cohort()
    return school.person(Role.LEARNER, cohort, "Ana Lopez")


@pytest.fixture
def board(school: School) -> Bureau:
    return bureau(school)


def count(school: School, what: type, *conditions: object) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what).where(*conditions))


def test_a_release_ended_while_many_open_it_shows_nothing_afterwards(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    holder, theirs = school.browser(ana), school.browser(board.reader)
    ending = filled(holder.open(f"/releases/{ref}"), "/end")
    opening = [filled(theirs.open(f"/board/releases/{ref}"), "/open") for _ in range(MANY)]
    tabs = [twin(theirs) for _ in opening]
    answers = at_once(
        [lambda: send(holder, ending)]
        + [lambda t=t, f=f: send(t, f) for t, f in zip(tabs, opening, strict=True)]
    )
    assert answers[0][0] == 303
    assert {status for status, _ in answers[1:]} <= {303, 410}
    # Whoever came in time has a line for the holder; whoever came late has none.
    assert count(school, Look) == sum(status == 303 for status, _ in answers[1:])
    for tab in tabs:
        page = tab.open(f"/board/releases/{ref}")
        assert page.status == 410
        assert "Ana Lopez" not in page.text


def test_a_release_given_in_many_tabs_is_one(school: School, ana: Person, board: Bureau):
    browser = school.browser(ana)
    path = f"/releases/new?board={board.board.ref}:{PACK}&scope=full&until=2026-05-01"
    forms = [filled(browser.open(path), "/releases/new") for _ in range(MANY)]
    statuses = sorted(status for status, _ in send_all(browser, forms))
    assert statuses == [303] + [422] * (MANY - 1)
    assert count(school, Release) == 1


def test_a_release_ended_in_many_tabs_is_ended_once(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    browser = school.browser(ana)
    forms = [filled(browser.open(f"/releases/{ref}"), "/end") for _ in range(MANY)]
    assert {status for status, _ in send_all(browser, forms)} == {303}
    assert board.row(ref).ended_at == school.now


def test_an_answer_sent_while_the_holder_ends_counts_or_is_given_back(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    board.look(ref, board.reviewer)
    holder, theirs = school.browser(ana), school.browser(board.reviewer)
    ending = filled(holder.open(f"/releases/{ref}"), "/end")
    page = theirs.open(f"/board/releases/{ref}/decide")
    path, fields = filled(page, "/decide", verdict="declined", reasons="Words that took a while")
    _ended, answered = at_once(
        [lambda: send(holder, ending), lambda: theirs.post(path, fields, follow=False)]
    )
    if answered.status == 410:
        assert "Words that took a while" in answered.text
    assert count(school, Decision) == (answered.status == 303)


def test_two_heads_who_leave_at_once_leave_one(school: School, board: Bureau):
    second = seat(school, board.board, Seat.HEAD, school.person(Role.BOARD, name="Second Of Them"))
    forms = []
    for person in (board.head, second):
        browser = school.browser(person)
        page = browser.open("/board/people").click(person.name)
        forms.append((browser, filled(page, "/board/people/", seat="leave")))
    answers = at_once([lambda b=b, f=f: send(b, f) for b, f in forms])
    assert sorted(status for status, _ in answers) == [303, 422]
    heads = (BoardMember.role == Seat.HEAD, BoardMember.left_at.is_(None))
    assert count(school, BoardMember, *heads) == 1
