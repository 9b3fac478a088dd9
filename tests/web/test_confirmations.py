"""A supervisor without an account confirms hours by a link that works once and tells no more."""

import re
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from lms.domain.hours import Standing
from lms.domain.logging_hours import Account
from lms.domain.people import Role
from lms.models.hours import LedgerEntry
from lms.models.journal import AuditEvent, OutboxJob
from lms.models.people import Cohort, Person
from lms.models.vouching import ConfirmationRequest, EntryCheck
from lms.records.hours import as_entry
from tests.browsing import Browser, Page
from tests.logged import SHIFT, log_shift
from tests.school import School

ROSA = {
    "to_name": "Rosa Vance",
    "to_email": "rosa@work.example",
    "relation": "supervisor",
}
ATTESTS = {
    "name": "Rosa Vance", "role": "Clinical supervisor", "is_peer": "yes", "years": "4",
    "attest": "y",
}  # fmt: skip


@dataclass
class Scene:
    """A learner with three waiting shifts, the second and third of one month."""

    school: School
    cohort: Cohort
    learner: Person
    mine: Browser
    refs: list[str]

    def ask(self, **told: object) -> Page:
        """Ask Rosa about lines: all of the newest month, unless said otherwise."""
        return self.mine.open("/hours/confirm").submit("/hours/confirm", **(ROSA | told))

    @property
    def link(self) -> str:
        """The path in the newest letter that asks for a signature."""
        with self.school.database.reading() as session:
            jobs = session.scalars(select(OutboxJob).order_by(OutboxJob.id.desc()))
            letters = (job.body["text"] for job in jobs if job.kind == "mail")
            text = next(text for text in letters if "/confirm/" in text)
        return re.search(r"https://school.example(/confirm/\S+)", text)[1]

    @property
    def lines(self) -> list[LedgerEntry]:
        """All lines in the order they were written."""
        with self.school.database.reading() as session:
            return list(session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)))

    def answer(self, browser: Browser | None = None, **told: object) -> Page:
        """Open the link and confirm every line."""
        page = (browser or self.school.browser()).open(self.link)
        return page.submit("/confirm/", **(ATTESTS | {"all": "yes"} | told))


@pytest.fixture
def scene(school: School) -> Scene:
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort, "Lena Brook")
    with school.database.writing() as session:
        refs = [log_shift(session, school, learner, n).ref for n in (40, 21, 20)]
        session.commit()
    return Scene(school, cohort, learner, school.browser(learner), refs)


def standings(scene: Scene) -> list[Standing]:
    return [as_entry(row).standing for row in scene.lines]


WAITING, VOUCHED = Standing.WAITING, Standing.VOUCHED


def test_a_month_is_confirmed_at_once_and_the_voucher_stands_on_each_line(scene: Scene):
    page = scene.ask()
    assert "The letter is on its way to Rosa Vance" in page.text
    assert scene.school.pokes == 1
    thanks = scene.answer()
    assert thanks.status == 200
    assert "What you said is kept" in thanks.text
    assert standings(scene) == [WAITING, VOUCHED, VOUCHED]
    assert as_entry(scene.lines[1]).voucher == "Rosa Vance"
    shown = scene.mine.open("/hours").text
    assert (
        "Confirmed by Rosa Vance, Clinical supervisor, on 2 March 2026. A certified peer." in shown
    )
    assert "Has supervised peers for 4 years." in shown
    assert "4 h that someone vouches for" in shown
    assert "2 h wait for a signature" in shown


def test_months_can_be_chosen_and_lines_left_out(scene: Scene):
    page = scene.mine.open("/hours/confirm").click("2026-01")
    ticked = page.soup.select("input[name=line][checked]")
    assert [box["value"] for box in ticked] == [scene.refs[0]]
    scene.ask(line=[scene.refs[2]])
    assert "Drop-in shift" in scene.school.browser().open(scene.link).text
    scene.answer()
    assert standings(scene) == [WAITING, WAITING, VOUCHED]


def test_the_link_shows_those_lines_and_nothing_else_of_anyone(scene: Scene):
    school = scene.school
    other = school.person(Role.LEARNER, scene.cohort, "Canary Person")
    with school.database.writing() as session:
        log_shift(session, school, other, 3, Account("Canary shift", SHIFT.modality))
        secret = Account("Canary of one's own", SHIFT.modality, evidence="Canary")
        log_shift(session, school, scene.learner, 5, secret)
        session.commit()
    scene.ask(line=scene.refs[2])
    page = school.browser().open(scene.link)
    assert page.soup.get_text().count("Drop-in shift") == 2, "the line, and its field"
    for unseen in ("Canary", scene.learner.email, *scene.refs[:2]):
        assert unseen not in page.response.text
    assert "Lena Brook" in page.text
    assert "noindex" in page.response.headers["X-Robots-Tag"]


def test_what_is_not_as_written_is_taken_back_with_the_reason(scene: Scene):
    scene.ask()
    told = {f"line-{scene.refs[1]}": "no", f"why-{scene.refs[1]}": "It was one hour"}
    scene.answer(**told)
    assert standings(scene) == [WAITING, WAITING, VOUCHED, WAITING]
    assert [row.minutes for row in scene.lines] == [120, 120, 120, -120]
    shown = scene.mine.open("/hours").text
    assert "Reason: It was one hour" in shown
    assert "2 h that someone vouches for" in shown
    assert "2 h wait for a signature" in shown


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"all": ""}, "Say whether “Drop-in shift” is as written."),
        ({"name": " "}, "Enter your name."),
        ({"role": ""}, "Enter your role."),
        ({"years": "-1"}, "Enter whole years"),
        ({"attest": ""}, "Tick this, or close the page"),
    ],
)
def test_a_sheet_that_is_not_filled_in_comes_back_as_it_was(scene: Scene, told, words):
    scene.ask()
    page = scene.answer(**{f"why-{scene.refs[1]}": "half of it"}, **told)
    assert page.status == 422
    assert words in page.text
    assert page.soup.find(id=f"why-{scene.refs[1]}")["value"] == "half of it"
    assert standings(scene) == [WAITING] * 3


def test_a_no_needs_a_reason(scene: Scene):
    scene.ask()
    page = scene.answer(**{f"line-{scene.refs[1]}": "no"})
    assert page.status == 422
    assert "Say what is not right about “Drop-in shift”" in page.text


def test_a_link_works_once(scene: Scene):
    scene.ask()
    browser = scene.school.browser()
    page = browser.open(scene.link)
    page.submit("/confirm/", **ATTESTS, all="yes")
    again = browser.open(scene.link)
    assert again.status == 410
    assert "It was used" in again.text
    assert "Lena" not in again.text
    assert "Drop-in" not in again.text
    other = page.submit("/confirm/", **ATTESTS, all="no", once="another")
    assert other.status == 410
    same = page.submit("/confirm/", **ATTESTS, all="yes")
    assert same.path == "/confirmed", "the same form again shows the same answer"
    with scene.school.database.reading() as session:
        assert len(session.scalars(select(EntryCheck)).all()) == 2


def test_a_link_taken_back_before_it_is_used_does_nothing(scene: Scene):
    page = scene.ask()
    opened = scene.school.browser().open(scene.link)
    page.submit("/hours/confirmations/", reason="Wrong address")
    late = opened.submit("/confirm/", **ATTESTS, all="yes")
    assert late.status == 410
    assert "It was taken back" in late.text
    assert "Lena" not in late.text
    assert standings(scene) == [WAITING] * 3
    once_more = scene.ask()
    assert "on its way" in once_more.text, "the lines can be asked about again"


@pytest.mark.parametrize("who", ["the learner", "the coordinator"])
def test_a_confirmation_taken_back_afterwards_lets_its_lines_wait_again(scene: Scene, who: str):
    page = scene.ask()
    scene.answer()
    browser = scene.mine
    if who == "the coordinator":
        desk = scene.school.browser(scene.school.person(Role.COORDINATOR, scene.cohort))
        page = desk.open(f"/manage/people/{scene.learner.ref}").click("Rosa Vance")
        browser = desk
    page = browser.open(page.path)
    assert page.submit("/hours/confirmations/", reason=" ").status == 422
    ended = page.submit("/hours/confirmations/", reason="She does not supervise me")
    assert "Its link does not work any more" in ended.text
    assert standings(scene) == [WAITING] * 3
    assert "A signature was taken back: She does not" in scene.mine.open("/hours").text
    twice = page.submit("/hours/confirmations/", reason="Again", once="another")
    assert twice.status == 422
    assert scene.ask(to_name="Omar Reed", to_email="omar@work.example").status == 200
    scene.answer(name="Omar Reed")
    assert as_entry(scene.lines[2]).voucher == "Omar Reed"


def test_a_link_too_old_says_so_and_the_lines_can_be_asked_about_again(scene: Scene):
    scene.ask()
    opened = scene.school.browser().open(scene.link)
    scene.school.pass_time(days=30)
    late = opened.submit("/confirm/", **ATTESTS, all="yes")
    assert late.status == 410
    assert "older than 30 days" in late.text
    assert standings(scene) == [WAITING] * 3
    scene.mine = scene.school.browser(scene.learner)
    assert "Too old" in scene.mine.open("/hours/confirm").text
    assert "on its way" in scene.ask().text


@pytest.mark.parametrize("token", ["nonsense", "x.y", "a" * 500])
def test_a_link_we_did_not_make_is_not_there(scene: Scene, token: str):
    page = scene.school.browser().open(f"/confirm/{token}")
    assert page.status == 404
    assert "We do not know this link" in page.text


@pytest.mark.parametrize("change", [str, str.upper, lambda a: a.replace("@", "+work@")])
def test_nobody_asks_themselves(scene: Scene, change):
    page = scene.ask(to_email=change(scene.learner.email))
    assert page.status == 422
    assert "Nobody confirms their own hours." in page.text
    assert page.soup.find(id="to_name")["value"] == "Rosa Vance"


def test_nobody_confirms_their_own_hours_while_signed_in(scene: Scene):
    scene.ask()
    page = scene.mine.open(scene.link)
    assert page.status == 403
    assert "Nobody confirms their own hours." in page.text
    form = scene.school.browser().open(scene.link)
    sent = scene.mine.post(scene.link, form.fields("/confirm/") | {"csrf_token": [token(scene)]})
    assert sent.status == 403
    assert standings(scene) == [WAITING] * 3


def token(scene: Scene) -> str:
    return scene.mine.open("/hours/add?kind=work").fields("/hours/add")["csrf_token"][0]


def test_lines_of_others_and_lines_asked_about_cannot_be_asked_about(scene: Scene):
    school = scene.school
    other = school.person(Role.LEARNER, scene.cohort)
    with school.database.writing() as session:
        foreign = log_shift(session, school, other, 3).ref
        session.commit()
    page = scene.ask(line=[foreign])
    assert page.status == 422
    assert "Tick at least one line." in page.text
    scene.ask(line=[scene.refs[1]])
    again = scene.ask(line=[scene.refs[1]])
    assert again.status == 422


def test_another_learner_sees_no_request(scene: Scene):
    path = scene.ask().path
    other = scene.school.person(Role.LEARNER, scene.cohort)
    assert scene.school.browser(other).open(path).status == 404
    elsewhere = scene.school.person(Role.COORDINATOR, scene.school.cohort("Autumn"))
    assert scene.school.browser(elsewhere).open(path).status == 404


def test_a_line_taken_back_meanwhile_is_not_confirmed(scene: Scene):
    scene.ask()
    opened = scene.school.browser().open(scene.link)
    scene.mine.open(f"/hours/lines/{scene.refs[1]}").submit("/hours/lines", reason="Wrong day")
    opened.submit("/confirm/", **ATTESTS, all="yes")
    assert standings(scene) == [WAITING, WAITING, VOUCHED, WAITING]
    assert sum(row.minutes for row in scene.lines if row.verdict != "agreed") == 120


def test_a_letter_whose_lines_are_all_gone_has_nothing_to_ask(scene: Scene):
    scene.ask(line=[scene.refs[1]])
    scene.mine.open(f"/hours/lines/{scene.refs[1]}").submit("/hours/lines", reason="Wrong day")
    page = scene.school.browser().open(scene.link)
    assert page.status == 410
    assert "nothing is left to answer" in page.text


def test_a_confirmed_line_is_no_longer_the_learners_to_take_back(scene: Scene):
    scene.ask()
    scene.answer()
    page = scene.mine.open(f"/hours/lines/{scene.refs[1]}")
    sent = page.submit("/hours/lines", reason="I want it gone")
    assert sent.status == 422
    assert "Someone has vouched for this line" in sent.text


def test_a_stranger_gets_no_more_than_five_letters_a_day(scene: Scene):
    for _letter in range(5):
        page = scene.ask()
        page.submit("/hours/confirmations/", reason="Again")
    stop = scene.ask()
    assert stop.status == 422
    assert "Five letters went to this address today" in stop.text


def test_the_letter_and_the_database_hold_no_token_and_the_journal_no_person(scene: Scene):
    scene.ask()
    token = scene.link.rpartition("/")[2]
    scene.answer()
    with scene.school.database.reading() as session:
        (request,) = session.scalars(select(ConfirmationRequest))
        events = session.scalars(select(AuditEvent).where(AuditEvent.tag.like("confirmation:%")))
        told = " ".join(f"{e.tag} {e.subject} {e.detail}" for e in events)
        letters = [job.body for job in session.scalars(select(OutboxJob)) if job.kind == "mail"]
    assert token not in (request.token_digest, request.ref)
    assert "rosa" not in told.lower()
    assert "confirmation:answer" in told
    assert letters[-1]["to"] == scene.learner.email
    assert "Rosa Vance confirmed 2 lines of 2" in letters[-1]["text"]
    assert "Drop-in" not in letters[0]["text"]


def test_the_demo_shows_the_link_because_it_sends_no_letters(school: School, scene: Scene):
    school.settings = replace(school.settings, demo=True)
    school.__post_init__()
    scene.mine = school.browser(scene.learner)
    assert "/confirm/" in scene.ask().text
