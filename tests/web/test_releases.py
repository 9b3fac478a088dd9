"""A holder releases their record, sees who looked and what was answered, and ends it."""

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.domain.release import Scope, Verdict
from lms.models.boards import Look, Release
from lms.models.journal import AuditEvent, OutboxJob
from lms.models.people import Cohort, Person
from lms.records import people
from tests.browsing import Browser, Page
from tests.bureau import PACK, Bureau, bureau
from tests.school import School


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def ana(school: School, cohort: Cohort) -> Person:
    """A learner with a certificate and hours of which each line can be told."""
    ana = school.person(Role.LEARNER, cohort, "Ana Lopez")
    school.attend(ana, school.person(Role.ASSESSOR, cohort, "Tess Trainer"), cohort, 95)
    school.certify(ana)
    return ana


@pytest.fixture
def board(school: School) -> Bureau:
    return bureau(school)


def count(school: School, what: type, *conditions: object) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what).where(*conditions))


def preview(
    browser: Browser, board: Bureau, scope: str = "full", until: str = "2026-05-01"
) -> Page:
    query = f"board={board.board.ref}:{PACK}&scope={scope}&until={until}"
    return browser.open(f"/releases/new?{query}")


def test_nothing_is_released_by_looking_at_what_would_be_seen(
    school: School, ana: Person, board: Bureau
):
    page = preview(school.browser(ana), board)
    assert "Not released yet" in page.text
    assert "Tess Trainer" in page.text
    assert count(school, Release) == 0
    assert "Ana Lopez" not in school.browser(board.head).open("/board").text


def test_the_board_sees_what_the_preview_showed(school: School, ana: Person, board: Bureau):
    for scope in Scope:
        browser = school.browser(ana)
        shown = preview(browser, board, scope)
        part = shown.soup.select_one("section.preview")
        seen = {" ".join(each.text.split()) for each in part.select("li, td, dd, h3")}
        page = shown.submit("/releases/new")
        ref = page.path.rsplit("/", 1)[-1]
        board.look(ref, board.reader)
        theirs = school.browser(board.reader).open(f"/board/releases/{ref}")
        there = {" ".join(each.text.split()) for each in theirs.soup.select("li, td, dd, h3")}
        assert seen
        assert seen <= there
        board.end(ref)


@pytest.mark.parametrize(
    ("scope", "shown", "hidden"),
    [
        (Scope.EXISTENCE, ["Valid"], ["Sums of hours", "1 h 35", "Tess Trainer", "Training"]),
        (Scope.HOURS, ["Sums of hours", "1 h 35", "Training:"], ["Tess Trainer", "Practice"]),
        (Scope.FULL, ["Valid", "1 h 35", "Tess Trainer", "Practice", "recovery"], []),
    ],
)  # fmt: skip
def test_a_scope_shows_what_it_says_and_no_more(
    school: School, ana: Person, board: Bureau, scope: Scope, shown: list[str], hidden: list[str]
):
    ref = board.release(ana, scope)
    board.look(ref, board.reader)
    page = school.browser(board.reader).open(f"/board/releases/{ref}")
    assert "Ana Lopez" in page.text
    assert [words for words in shown if words not in page.text] == []
    assert [words for words in hidden if words in page.response.text] == []


def test_every_look_stands_on_the_holders_page_with_time_and_seat_and_no_name(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    theirs = school.browser(board.reader)
    assert "Open the record" in theirs.open(f"/board/releases/{ref}").text
    theirs.open(f"/board/releases/{ref}").submit("/open")
    page = school.browser(ana).open(f"/releases/{ref}")
    assert "Someone at Maryland Board, Reader" in page.text
    assert "10:00 EST" in page.text
    assert board.reader.name not in page.text
    assert count(school, Look) == count(school, AuditEvent, AuditEvent.tag == "release:look") == 1


def test_a_page_left_open_is_asked_for_again_and_written_down_again(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    theirs = school.browser(board.reader)
    theirs.open(f"/board/releases/{ref}").submit("/open")
    school.pass_time(minutes=29)
    assert "Practice" in theirs.open(f"/board/releases/{ref}").text
    school.pass_time(minutes=1)
    again = theirs.open(f"/board/releases/{ref}")
    assert "Practice" not in again.text
    again.submit("/open")
    assert count(school, Look) == 2


def test_an_opening_is_the_members_own(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    board.look(ref, board.reader)
    page = school.browser(board.head).open(f"/board/releases/{ref}")
    assert "Open the record" in page.text
    assert "Practice" not in page.text


def test_ending_is_immediate_for_a_board_that_has_the_page_open(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    theirs = school.browser(board.reviewer)
    opened = theirs.open(f"/board/releases/{ref}").submit("/open")
    answering = opened.click("Answer")
    ended = school.browser(ana).open(f"/releases/{ref}").submit("/end")
    assert "Ended. The board sees nothing" in ended.text
    for page in (
        theirs.open(f"/board/releases/{ref}"),
        theirs.open(f"/board/releases/{ref}/decide"),
        opened.browser.post(f"/board/releases/{ref}/open", opened_form(answering)),
        answering.submit("/decide", verdict="declined", reasons="Half an hour of my typing"),
    ):
        assert page.status == 410
        assert "This release has ended" in page.text
        assert "Ana Lopez" not in page.text
        assert "Practice" not in page.text
    assert "Half an hour of my typing" in page.text  # what was typed is not lost
    assert "Ana Lopez" not in theirs.open("/board").text


def opened_form(page: Page) -> dict[str, object]:
    return {"csrf_token": page.fields("/decide")["csrf_token"], "once": "another"}


def test_a_release_ends_by_itself_after_its_last_day(school: School, ana: Person, board: Bureau):
    page = preview(school.browser(ana), board, until="2026-03-03").submit("/releases/new")
    ref = page.path.rsplit("/", 1)[-1]
    school.now = school.now.replace(day=4, hour=4, minute=59)  # 23:59 in New York, 3 March
    theirs = school.browser(board.reader)
    assert "Open the record" in theirs.open(f"/board/releases/{ref}").text
    school.pass_time(minutes=1)
    assert theirs.open(f"/board/releases/{ref}").status == 410
    mine = school.browser(ana).open(f"/releases/{ref}")
    assert "Over" in mine.text
    assert not mine.soup.select("form[action$='/end']")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until": "2026-03-01"}, "This day is past"),
        ({"until": "2028-03-02"}, "two years at most"),
        ({"until": "9999-12-31"}, "two years at most"),
        ({"until": "soon"}, "Not a valid date value"),
        ({"until": ""}, "Enter the last day"),
        ({"scope": "everything"}, "Not a valid choice"),
        ({"scope": ""}, "Choose how much"),
        ({"board": "nobody:md-cprs"}, "Not a valid choice"),
    ],
)
def test_a_release_that_cannot_be_is_refused_with_a_sentence_and_keeps_the_rest(
    school: School, ana: Person, board: Bureau, changed: dict[str, str], words: str
):
    chosen = {"board": f"{board.board.ref}:{PACK}", "scope": "hours", "until": "2026-05-01"}
    browser = school.browser(ana)
    page = preview(browser, board).submit("/releases/new", **chosen | changed)
    assert page.status == 422
    assert words in page.text
    kept = {box["value"] for box in page.soup.select("input[checked]")}
    assert kept == {chosen[name] for name in ("board", "scope") if name not in changed}
    assert count(school, Release) == 0


def test_a_second_release_to_the_same_board_is_refused_until_the_first_ends(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    browser = school.browser(ana)
    page = preview(browser, board).submit("/releases/new")
    assert page.status == 422
    assert "End that release first" in page.text
    board.end(ref)
    assert preview(browser, board).submit("/releases/new").status == 200
    assert count(school, Release) == 2


def test_one_that_ran_out_makes_room_for_the_next(school: School, ana: Person, board: Bureau):
    board.release(ana, days=1)
    school.pass_time(days=2)
    page = preview(school.browser(ana), board).submit("/releases/new")
    assert page.status == 200
    first, second = school.browser(ana).open("/releases").soup.select("li.person")
    assert "With the board" in first.text
    assert "With the board" not in second.text


def test_the_holder_reads_the_boards_words_as_they_are(school: School, ana: Person, board: Bureau):
    hostile = "<script>alert(1)</script> {{7*7}} %(num)s \u202eevil"
    ref = board.release(ana)
    theirs = school.browser(board.reviewer)
    opened = theirs.open(f"/board/releases/{ref}").submit("/open")
    opened.click("Answer").submit("/decide", verdict="asked-back", reasons=hostile)
    page = school.browser(ana).open(f"/releases/{ref}")
    assert page.soup.select_one("p.typed").text == hostile
    assert not page.soup.select_one("p.typed script")


def test_the_letter_about_an_answer_says_neither_which_board_nor_what(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    opened = school.browser(board.reviewer).open(f"/board/releases/{ref}").submit("/open")
    opened.click("Answer").submit("/decide", verdict="declined", reasons="Too few hours")
    with school.database.reading() as session:
        newest = select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id.desc())
        letter = session.scalars(newest).first().body
    assert letter["to"] == ana.email
    for word in ("Maryland", "declined", "Decline", "hours", "Ana", ref):
        assert word not in letter["subject"] + letter["text"]


def test_who_is_asked_back_can_say_that_the_board_may_look_again(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    browser = school.browser(ana)
    assert not browser.open(f"/releases/{ref}").soup.select("form[action$='/again']")
    board.decide(ref, Verdict.ASKED_BACK, "One supervision log is missing.")
    theirs = school.browser(board.reader)
    assert "Nobody waits" in theirs.open("/board").text
    page = browser.open(f"/releases/{ref}")
    assert "One supervision log is missing." in page.text
    school.pass_time(hours=1)
    page.submit("/again")
    assert "Nobody waits" not in theirs.open("/board").text
    assert page.submit("/again").status in (200, 409)
    board.decide(ref, Verdict.ACCEPTED, "")
    assert "The board wrote nothing more" in browser.open(f"/releases/{ref}").text


def test_a_closed_account_is_looked_at_no_more(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    board.look(ref, board.reader)
    with school.database.writing() as session:
        people.disable(session, school.now, session.merge(ana), None)
        session.commit()
    theirs = school.browser(board.reader)
    assert theirs.open(f"/board/releases/{ref}").status == 410
    assert "Ana Lopez" not in theirs.open("/board").text


def test_without_any_board_the_page_says_what_can_be_done_instead(school: School, ana: Person):
    page = school.browser(ana).open("/releases/new")
    assert "No board has a desk here yet" in page.text
    assert school.browser(ana).open("/releases").status == 200
