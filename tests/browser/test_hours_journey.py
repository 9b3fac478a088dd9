"""Hours on their way to two boards: three learners, and a supervisor without an account."""

import csv
import io
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from lms.domain.people import Role
from lms.domain.release import Scope
from lms.models.journal import OutboxJob
from lms.models.people import Person
from tests.browser.conftest import Served
from tests.browser.test_requirements_journey import printed
from tests.browser.walker import DESK, PHONE, Walker
from tests.bureau import Bureau, bureau
from tests.completing import Class
from tests.logged import log_shift
from tests.meeting import code_of, running
from tests.school import School

SUPERVISOR = "Delia Okafor"
SIGNED = "Delia Okafor, Clinical supervisor at River House"
MISSING = "The log of your work after March is missing."
PUT_AWAY = 21_000


@dataclass
class Story:
    """Who walks, and in what browsers."""

    served: Served
    chromium: Browser
    script: bool
    width: int
    seen: set[tuple[str, str]] = field(default_factory=set)
    walkers: list[Walker] = field(default_factory=list)

    def __post_init__(self) -> None:
        school = self.school
        school.now = datetime.now(UTC)
        mark = time.monotonic_ns()
        self.taught = Class.of(school, f"Ana Marisol Ruiz {mark}")
        self.ana = self.taught.learner
        self.bo = school.person(Role.LEARNER, self.taught.cohort, f"Bo Lindqvist {mark}")
        self.cy = school.person(Role.LEARNER, self.taught.cohort, f"Cyrus Vantongeren {mark}")
        self.first = bureau(school, f"Maryland Board {mark}")
        self.second = bureau(school, f"Chesapeake Board {mark}")

    @property
    def school(self) -> School:
        """The school they walk in."""
        return self.served.school

    def walker(self, person: Person | None = None) -> Walker:
        """A browser without any cookies, or one in which someone signs in."""
        made = Walker(self.chromium, self.served.url, self.script, self.width, self.seen)
        self.walkers.append(made)
        if person is not None:
            made.sign_in(person)
        return made


def main(walker: Walker) -> Locator:
    """What the page says."""
    return walker.page.locator("main")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_hours_go_from_a_learner_by_a_supervisor_to_two_boards(
    served: Served, chromium: Browser, width: int, script: bool
):
    story = Story(served, chromium, script, width)
    code = story.school.certify(story.ana)
    ana = story.walker(story.ana)
    write_down_and_ask(story, ana)
    a_supervisor_signs(story)
    hand_in(ana)
    to_first = release(ana, story.first, Scope.HOURS)
    to_second = release(ana, story.second, Scope.FULL)
    sign_in_by_code(story)
    first = story.walker(story.first.reviewer)
    a_board_asks_back(first, to_first)
    ana.open(f"/releases/{to_first}")
    expect(main(ana)).to_contain_text(MISSING)
    expect(main(ana)).to_contain_text(f"Someone at {story.first.board.name}, Reviewer")
    second = story.walker(story.second.reviewer)
    a_board_accepts_and_watches(second, to_second, code)
    a_board_checks_a_list(second, code, story.ana.name)
    a_release_ends_while_a_board_looks(story, first)
    for walker in story.walkers:
        walker.close()


def write_down_and_ask(story: Story, phone: Walker) -> None:
    """Follow a board, answer one of its questions, write work down, ask for a signature."""
    phone.open("/requirements/md-cprs")
    phone.press("Follow this board")
    phone.open("/requirements/md-cprs/facts")
    phone.page.get_by_role("group", name="recovery").get_by_label("Yes", exact=True).check()
    phone.press("Keep my answers")
    expect(phone.page.locator("#r-certified-recovery")).to_contain_text("You said yes")
    phone.open("/hours/add?kind=work")
    day = (story.school.now - timedelta(days=3)).date().isoformat()
    phone.page.get_by_label("What was it?").fill("Drop-in shift at the river")
    phone.page.get_by_label("Paid").check()
    for label, text in {
        "Day": day,
        "Start": "09:00",
        "End": "12:30",
        "Place": "River House",
    }.items():
        phone.page.get_by_label(label, exact=label == "Day").first.fill(text)
    phone.page.locator("#topic_1").select_option("ethics")
    phone.press("Keep this line")
    expect(main(phone)).to_contain_text("3 h 30 min wait for a signature.")
    phone.follow("Ask a supervisor to confirm them")
    phone.page.get_by_label("Their name").fill(SUPERVISOR)
    phone.page.get_by_label("Their email address").fill("delia@work.example")
    phone.page.get_by_label("They supervise my work").check()
    phone.press("Send the letter")
    expect(main(phone)).to_contain_text("The letter is out, and no answer has come yet.")


def letter_to(school: School, address: str) -> str:
    """The newest letter to an address."""
    with school.database.reading() as session:
        mail = select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id.desc())
        return next(j.body["text"] for j in session.scalars(mail) if j.body["to"] == address)


def a_supervisor_signs(story: Story) -> None:
    """By the link of the letter, once, in a browser that knows nothing."""
    link = re.search(r"/confirm/\S+", letter_to(story.school, "delia@work.example"))[0]
    phone = story.walker()
    phone.open(link)
    expect(main(phone)).to_contain_text(story.ana.name)
    expect(main(phone)).to_contain_text("3 h 30 min · Work as a peer · Paid · River House")
    phone.page.get_by_label("As written", exact=True).check()
    phone.page.get_by_label("Your name").fill(SUPERVISOR)
    phone.page.get_by_label("Your role").fill("Clinical supervisor at River House")
    phone.page.get_by_label("Yes", exact=True).check()
    phone.page.get_by_label("For how many years").fill("6")
    phone.page.get_by_label("I saw this work").check()
    phone.press("Send what I said")
    expect(main(phone)).to_contain_text("What you said is kept, and the link is used up.")
    phone.open(link)
    expect(main(phone)).to_contain_text("It was used: an answer was given, and it is kept.")
    assert story.ana.name not in main(phone).inner_text()


def hand_in(phone: Walker) -> None:
    """See the hours vouched for, look at a move, take the application along."""
    phone.open("/hours")
    expect(main(phone)).to_contain_text(f"Confirmed by {SIGNED}")
    expect(main(phone)).to_contain_text("A certified peer. Has supervised peers for 6 years.")
    expect(main(phone)).not_to_contain_text("wait for a signature")
    phone.open("/requirements/md-cprs")
    expect(main(phone)).to_contain_text("3 h 30 min of 500 h")
    phone.open("/requirements/md-cprs/moving?to=va-cprs")
    expect(main(phone)).to_contain_text("Maryland to Virginia")
    phone.open("/requirements/md-cprs/application")
    phone.press("Put it together as of today")
    phone.examine()
    links = [main(phone).locator(f"a[href$='.{kind}']").first for kind in ("csv", "pdf")]
    listed, paper = (phone.url + str(link.get_attribute("href")) for link in links)
    rows = list(csv.DictReader(io.StringIO(body(phone, listed).decode("utf-8-sig"))))
    (shift,) = (row for row in rows if row["Title"] == "Drop-in shift at the river")
    assert shift["Hours"] == "3.5"
    assert shift["Vouched for by"].startswith(f"{SUPERVISOR}; Clinical supervisor at River House")
    assert printed(phone, paper).startswith(b"%PDF-")


def body(walker: Walker, address: str) -> bytes:
    """A file, as a browser downloads it."""
    answer = walker.context.request.get(address)
    assert answer.status == 200
    return answer.body()


def release(phone: Walker, to: Bureau, scope: Scope) -> str:
    """Look at what a board would see, and release it; the reference."""
    phone.open("/releases/new")
    phone.page.get_by_label(to.board.name).check()
    phone.page.locator(f"input[name=scope][value={scope}]").check()
    phone.press("See what the board will see")
    expect(main(phone)).to_contain_text("Not released yet.")
    told = 1 if scope is Scope.FULL else 0
    expect(main(phone).get_by_text(SUPERVISOR)).to_have_count(told)
    phone.press("Release it")
    expect(main(phone)).to_contain_text("Nobody has opened your record yet.")
    return phone.path.rpartition("/")[2]


def sign_in_by_code(story: Story) -> None:
    """The code that the trainer shows, on the timetable of a learner."""
    meeting = running(story.school, story.taught)
    phone = story.walker(story.bo)
    phone.open(f"/timetable/{meeting.ref}")
    phone.page.get_by_label("Code").fill(code_of(story.school, meeting, datetime.now(UTC)))
    phone.press("Sign in to this session")
    expect(phone.page.locator("body")).to_contain_text("You are signed in.")
    expect(main(phone)).to_contain_text("Signed in with the code")
    phone.examine()


def open_record(desk: Walker, ref: str) -> None:
    """From the desk through the door."""
    desk.open("/board")
    desk.page.locator(f"a[href$='{ref}']").click()
    desk.look()
    expect(main(desk)).to_contain_text("the holder sees when and that it was your board")
    assert SUPERVISOR not in main(desk).inner_text()
    desk.press("Open the record")
    desk.examine()


def a_board_asks_back(desk: Walker, ref: str) -> None:
    """Sums of hours, no line of them, and a question in return."""
    open_record(desk, ref)
    said = main(desk).inner_text()
    assert "Sums of hours" in said
    assert "3 h 30 min" in said
    for beyond in (SUPERVISOR, "Drop-in shift", "River House", "Every line of hours", "said yes"):
        assert beyond not in said, beyond
    desk.follow("Answer")
    desk.page.get_by_label("Ask back").check()
    desk.page.get_by_label("What should the holder know?").fill(MISSING)
    desk.press("Send the answer")
    expect(main(desk)).to_contain_text("You asked back")


def a_board_accepts_and_watches(desk: Walker, ref: str, code: str) -> None:
    """The full record with who signed it; accepted, and watched from then on."""
    open_record(desk, ref)
    line = main(desk).locator(".ledger-line").filter(has_text="Drop-in shift")
    expect(line).to_contain_text(SIGNED)
    expect(line).to_contain_text("A certified peer. Has supervised peers for 6 years.")
    expect(line).not_to_contain_text("Time present")
    expect(main(desk)).to_contain_text("The holder says yes to this: “You have been in recovery")
    desk.follow("Answer")
    desk.page.get_by_label("Accept", exact=True).check()
    desk.page.get_by_label("Tell us if a certificate").check()
    desk.press("Send the answer")
    desk.open("/board/watches")
    expect(main(desk).locator(f"a[href$='{code}']")).to_have_count(1)


def a_board_checks_a_list(desk: Walker, code: str, name: str) -> None:
    """A pasted list with the board's own ids; the answers are downloaded."""
    desk.open("/board/check")
    asked = f"code,id,name\n{code},=A-1,{name}\nnonsense,A-2,Nobody"
    desk.page.get_by_label("Paste your list").fill(asked)
    desk.press("Check them")
    address = main(desk).locator("a[href$='answers.csv']").get_attribute("href")
    told = body(desk, f"{desk.url}{address}").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    (valid,), (unread,) = ([r for r in rows if own in r] for own in ("'=A-1", "A-2"))
    assert name in valid
    assert "valid" in " ".join(valid).lower()
    assert "cannot be read" in " ".join(unread).lower()


def a_release_ends_while_a_board_looks(story: Story, desk: Walker) -> None:
    """What the board has open is put away; asked for again, nothing of it is there."""
    cy = story.cy
    with story.school.database.writing() as session:
        log_shift(session, story.school, session.merge(cy), 4)
        session.commit()
    ref = story.first.release(cy)
    desk.page.clock.install()
    desk.open(f"/board/releases/{ref}")
    desk.press("Open the record")
    expect(main(desk)).to_contain_text("Drop-in shift")
    phone = story.walker(cy)
    phone.open(f"/releases/{ref}")
    expect(main(phone)).to_contain_text(f"Someone at {story.first.board.name}, Reviewer")
    phone.press("End it now")
    expect(main(phone)).to_contain_text("Ended")
    if story.script:
        desk.page.clock.fast_forward(PUT_AWAY)
    else:
        desk.page.goto(f"{desk.url}/board")
        assert cy.name not in desk.page.content()
        desk.page.go_back()
    expect(desk.page.locator("h1")).to_have_text("This release has ended")
    desk.look()
    for path in (f"/board/releases/{ref}", f"/board/releases/{ref}/decide", "/board"):
        desk.page.goto(desk.url + path)
        for word in (cy.name, "Cyrus", "Drop-in shift", "2 h"):
            assert word not in desk.page.content(), (path, word)
