"""Learners write down work, supervision and training; each line says who stands behind it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from lms.domain.caps import Caps
from lms.domain.hours import Modality, Standing
from lms.domain.people import Role
from lms.models.hours import LedgerEntry
from lms.models.journal import AuditEvent
from lms.models.people import Cohort, Person
from lms.records import hours, ledger
from lms.records.hours import as_entry
from tests.browsing import Browser, Page
from tests.logged import log_class, log_shift
from tests.school import School

WORK = {
    "title": "Drop-in shift", "pay": "paid", "day": "2026-03-01", "starts": "09:00",
    "ends": "13:00", "minutes": "225", "place": "River House", "topic_1": "ethics",
    "minutes_1": "100", "topic_2": "crisis",
}  # fmt: skip
AWAY = {
    "title": "Naloxone class", "modality": "live-in-person", "provider": "River College",
    "day": "2026-02-10", "minutes": "180", "approvals": "NAADAC 1234; NY 77",
    "evidence": "Certificate 4411", "topic_1": "crisis",
}  # fmt: skip


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def learner(school: School, cohort: Cohort) -> Person:
    return school.person(Role.LEARNER, cohort, "Lena Brook")


@pytest.fixture
def mine(school: School, learner: Person) -> Browser:
    return school.browser(learner)


def write(browser: Browser, kind: str, **told: str) -> Page:
    return browser.open(f"/hours/add?kind={kind}").submit("/hours/add", **told)


def lines(school: School) -> list[LedgerEntry]:
    with school.database.reading() as session:
        return list(session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)))


def test_a_shift_is_written_down_and_waits_for_a_signature(school: School, mine: Browser):
    page = write(mine, "work", **WORK)
    assert page.status == 200
    assert "Nobody has vouched for it yet" in page.text
    assert "3 h 45 min wait for a signature" in page.text
    assert "0 min that someone vouches for" in page.text
    (line,) = lines(school)
    entry = as_entry(line)
    assert entry.topics == {"ethics": 100, "crisis": 125}
    assert (entry.modality, entry.pay, entry.title) == (Modality.WORK, "paid", "Drop-in shift")
    assert (entry.standing, entry.origin, entry.voucher) == (Standing.WAITING, "ours", "")
    assert line.starts_at.isoformat() == "2026-03-01T14:00:00+00:00"


def test_training_from_elsewhere_is_not_checked_by_us(school: School, mine: Browser):
    page = write(mine, "elsewhere", **AWAY)
    assert "Not checked by us" in page.text
    assert "3 h from elsewhere are not checked by us yet" in page.text
    assert "NAADAC 1234" in page.text
    entry = as_entry(lines(school)[0])
    assert (entry.standing, entry.origin) == (Standing.UNCHECKED, "transferred")
    assert entry.approvals == ("NAADAC 1234", "NY 77")


@pytest.mark.parametrize("kind", ["supervision", "in-service"])
def test_every_other_kind_can_be_written_down(school: School, mine: Browser, kind: str):
    told = WORK | {"modality": "supervision-group", "provider": "River House"}
    del told["pay"]
    assert write(mine, kind, **told).status == 200
    assert lines(school)[0].needs == "signature"


def test_what_a_learner_writes_counts_for_no_certificate_of_ours(
    school: School, learner: Person, mine: Browser
):
    write(mine, "elsewhere", **AWAY)
    page = mine.open("/hours")
    assert "0 min of 2 h" in page.text, "the time with a trainer is as it was"
    assert lines(school)[0].program_id == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"minutes": "-5"}, "Enter 1 minute or more"),
        ({"minutes": "241"}, "240 minutes passed, so 241 cannot count"),
        ({"day": "2026-03-09"}, "This day has not come yet"),
        ({"day": "2026-03-02", "ends": "10:01", "minutes": ""}, "This ends after now"),
        ({"topic_1": "", "topic_2": ""}, "Choose what it was mostly about"),
        ({"minutes_2": "10"}, "The topics add up to 110 minutes, but 225 count"),
        ({"title": "   "}, "Say in a few words what it was"),
        ({"day": "yesterday"}, "Not a valid date value"),
        ({"pay": "gold"}, "Not a valid choice"),
        ({"ends": "", "minutes": ""}, "or how many minutes it took"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence_and_nothing_is_lost(
    school: School, mine: Browser, change: dict[str, str], words: str
):
    page = write(mine, "work", **(WORK | change))
    assert page.status == 422
    assert words in page.text
    assert page.soup.find(id="place")["value"] == "River House"
    assert lines(school) == []


def test_a_kind_that_is_none_shows_the_kinds(mine: Browser):
    page = mine.open("/hours/add?kind=gold")
    assert page.status == 200
    assert "Training from elsewhere" in page.text
    sent = mine.open("/hours/add?kind=work").submit("/hours/add", **WORK, kind="gold")
    assert sent.status == 422


def test_the_same_time_is_refused_and_the_other_line_is_named(school: School, mine: Browser):
    write(mine, "work", **WORK)
    page = write(mine, "work", **(WORK | {"title": "Another", "starts": "12:00", "ends": "16:00"}))
    assert page.status == 422
    assert "“Drop-in shift”, 2026-03-01 from 09:00 to 13:00" in page.text
    assert len(lines(school)) == 1


def test_supervision_inside_work_stands_and_says_so(school: School, mine: Browser):
    write(mine, "work", **WORK)
    inside = {
        "title": "Talked", "modality": "supervision-individual", "day": "2026-03-01",
        "starts": "10:00", "ends": "11:00", "topic_1": "self-care",
    }  # fmt: skip
    page = write(mine, "supervision", **inside)
    assert "some boards count supervision within work hours, others do not" in page.text
    assert len(lines(school)) == 2


def test_the_same_training_is_refused_until_it_was_taken_back(school: School, mine: Browser):
    write(mine, "elsewhere", **AWAY)
    again = write(mine, "elsewhere", **(AWAY | {"title": " NALOXONE  class"}))
    assert again.status == 422
    assert "This stands in your hours already" in again.text
    (line,) = lines(school)
    mine.open(f"/hours/lines/{line.ref}").submit("/hours/lines", reason="Wrong number")
    assert write(mine, "elsewhere", **AWAY).status == 200
    assert [x.minutes for x in lines(school)] == [180, -180, 180]


def test_a_waiting_line_is_taken_back_with_a_reason_and_both_stay(school: School, mine: Browser):
    write(mine, "work", **WORK)
    (line,) = lines(school)
    form = mine.open("/hours").click("Take it back")
    assert form.submit("/hours/lines", reason="").status == 422
    page = form.submit("/hours/lines", reason="Wrong day")
    assert "Reason: Wrong day" in page.text
    assert "wait for a signature." not in page.text
    again = mine.open(f"/hours/lines/{line.ref}").submit("/hours/lines", reason="Once more")
    assert again.status == 422
    assert "already taken back" in again.text
    assert sum(x.minutes for x in lines(school)) == 0


def test_a_line_of_a_trainer_is_not_the_learners_to_take_back(
    school: School, cohort: Cohort, learner: Person, mine: Browser
):
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 60)
    (line,) = lines(school)
    assert mine.open(f"/hours/lines/{line.ref}").status == 404


def test_a_coordinator_checks_training_from_elsewhere(
    school: School, cohort: Cohort, learner: Person, mine: Browser
):
    write(mine, "elsewhere", **AWAY)
    desk = school.browser(school.person(Role.COORDINATOR, cohort, "Cora Desk"))
    page = desk.open("/manage/transfers").click("Lena Brook")
    assert "Certificate 4411" in page.text
    done = page.submit("/manage/transfers", verdict="accept")
    assert "Nothing to check" in done.text
    assert as_entry(lines(school)[0]).standing is Standing.VOUCHED
    assert as_entry(lines(school)[0]).voucher == "Cora Desk"
    shown = mine.open("/hours")
    assert "Checked by Cora Desk on" in shown.text
    assert "3 h that someone vouches for" in shown.text
    twice = desk.open(f"/manage/transfers/{lines(school)[0].ref}")
    assert "This line was checked and accepted" in twice.text


def test_a_declined_training_is_taken_back_with_the_reason_that_the_learner_reads(
    school: School, cohort: Cohort, learner: Person, mine: Browser
):
    write(mine, "elsewhere", **AWAY)
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    page = desk.open(f"/manage/transfers/{lines(school)[0].ref}")
    without = page.submit("/manage/transfers", verdict="decline", reason=" ")
    assert without.status == 422
    assert "Say why you decline it" in without.text
    page.submit("/manage/transfers", verdict="decline", reason="The school is not known")
    shown = mine.open("/hours").text
    assert "Reason: The school is not known" in shown
    assert "not checked by us yet" not in shown
    late = page.submit("/manage/transfers", verdict="accept", once="another")
    assert late.status == 422
    assert sum(x.minutes for x in lines(school)) == 0


def test_the_sums_are_those_of_the_lines_whoever_stands_behind_them(
    school: School, cohort: Cohort, learner: Person
):
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 90)
    school.take_quiz(learner, "ethics-and-scope")
    with school.database.writing() as session:
        first = log_shift(session, school, learner, 1)
        log_shift(session, school, learner, 2)
        log_class(session, school, learner)
        hours.reverse(session, school.now, first, "Wrong", learner)
        session.commit()
    with school.database.reading() as session:
        entries = [as_entry(row) for row in hours.lines(session, learner.id)]
        found = ledger.sums(session, learner.id)
    for standing in Standing:
        mine = [e for e in entries if e.standing is standing]
        assert found[standing].minutes == sum(e.minutes for e in mine)
        for topic, minutes in found[standing].topics.items():
            assert minutes == sum(e.topics.get(topic, 0) for e in mine)
        for way, minutes in found[standing].modalities.items():
            assert minutes == sum(e.minutes for e in mine if e.modality is way)
    assert found[Standing.WAITING].minutes == 120
    assert found[Standing.UNCHECKED].minutes == 180


def test_pages_go_by_key_and_show_every_line_once(school: School, learner: Person, mine: Browser):
    with school.database.writing() as session:
        refs = {log_shift(session, school, learner, n).ref for n in range(1, 71)}
        session.commit()
    seen: list[str] = []
    page = mine.open("/hours")
    for _page in range(3):
        seen += [li["id"].removeprefix("line-") for li in page.soup.select("li.ledger-line")]
        older = page.soup.select_one("a[rel=next]")
        page = mine.open(str(older["href"])) if older else page
    assert len(seen) == 70
    assert set(seen) == refs
    back = mine.open(str(page.soup.select_one("a[rel=prev]")["href"]))
    assert back.soup.select_one("li.ledger-line")["id"].removeprefix("line-") == seen[30]
    first = mine.open(str(back.soup.select_one("a[rel=prev]")["href"]))
    assert first.soup.select_one("li.ledger-line")["id"].removeprefix("line-") == seen[0]
    assert first.soup.select_one("a[rel=prev]") is None


def test_a_page_begins_at_no_line_of_anybody_else(
    school: School, cohort: Cohort, learner: Person, mine: Browser
):
    other = school.person(Role.LEARNER, cohort)
    with school.database.writing() as session:
        log_shift(session, school, learner, 1)
        foreign = log_shift(session, school, other, 2).ref
        session.commit()
    shown = mine.open(f"/hours?at={foreign}")
    assert len(shown.soup.select("li.ledger-line")) == 1


def test_a_correction_on_another_page_is_linked(school: School, learner: Person, mine: Browser):
    with school.database.writing() as session:
        rows = [log_shift(session, school, learner, n) for n in range(1, 31)]
        hours.reverse(session, school.now, rows[-1], "Wrong", learner)
        session.commit()
    page = mine.open("/hours")
    link = page.soup.select("li.ledger-line")[-1].select_one("a[href*='at=']")
    assert link["href"].endswith(f"#line-{rows[-1].ref}")
    there = mine.open(str(link["href"]).partition("#")[0])
    assert there.soup.select_one("li.ledger-line")["id"] == f"line-{rows[-1].ref}"


def online(person: Person, number: int, ends: datetime, minutes: int) -> LedgerEntry:
    return LedgerEntry(
        person_id=person.id, minutes=minutes, topics={"ethics": minutes}, modality="self-paced",
        starts_at=ends - timedelta(hours=5), ends_at=ends, evidence="module:x; formula",
        title=f"Module {number}", voucher="Hours formula", event_key=f"m{number}", program_id="p",
        module_id=f"m{number}", entered_at=ends,
    )  # fmt: skip


def test_what_a_daily_limit_leaves_out_stands_on_the_line_and_not_in_the_sum(
    school: School, learner: Person
):
    with school.database.writing() as session:
        for number, (hours_ago, minutes) in enumerate([(30, 60), (5, 300), (1, 300), (80, 400)]):
            at = school.now - timedelta(hours=hours_ago)
            session.add(online(learner, number, at, minutes))
        session.commit()
    caps = Caps(480)
    with school.database.reading() as session:
        found = ledger.limited(session, learner.id, caps)
        sums = ledger.sums(session, learner.id, found)
        assert ledger.limited(session, learner.id, Caps()) == []
        assert ledger.limited(session, learner.id, Caps(1200)) == []
    assert [(e.title, c.minutes) for e, c in found] == [("Module 2", 180)]
    assert sums[Standing.VOUCHED].minutes == 60 + 300 + 180 + 400
    assert sums[Standing.VOUCHED].topics == {"ethics": 940}


def test_the_page_says_what_the_limit_leaves_out(school: School, learner: Person):
    school.settings = replace(school.settings, daily_online_minutes=480)
    school.__post_init__()
    with school.database.writing() as session:
        session.add(online(learner, 1, school.now - timedelta(hours=1), 500))
        session.commit()
    page = school.browser(learner).open("/hours")
    assert "8 h of it count." in page.text
    assert "at most 480 minutes of online time count in any 24 hours" in page.text
    assert "8 h that someone vouches for" in page.text


def test_time_on_screen_is_said_openly_and_changes_no_hours(
    school: School, learner: Person, mine: Browser
):
    module = school.shelf.current().modules["ethics-and-scope"]
    for section, seen in zip(module.sections, ["840", "60", "-5", "x", "9" * 5000], strict=False):
        path = f"/learn/peer-support-foundations/{module.id}/{section.id}"
        mine.open(path).submit(path, seen=seen)
    school.read_all(learner, module.id)
    school.take_quiz(learner, module.id)
    page = mine.open("/hours")
    assert "We measured about 15 minutes on screen." in page.text
    assert "Your hours come from the formula, not from this." in page.text
    (line,) = lines(school)
    with_script = line.minutes
    other = school.person(Role.LEARNER, school.cohort("Other"))
    school.read_all(other, module.id)
    school.take_quiz(other, module.id)
    assert lines(school)[1].minutes == with_script
    assert "We measured" not in school.browser(other).open("/hours").text


def test_the_journal_tells_of_lines_without_words_of_anyone(school: School, mine: Browser):
    write(mine, "work", **WORK)
    with school.database.reading() as session:
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.tag == "hours:enter"))
    assert "shift" not in f"{event.subject} {event.detail}".lower()
    assert event.detail == {"minutes": 225}
