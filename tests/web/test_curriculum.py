"""What is taught can be seen by anyone; guides for live sessions by those who hold them."""

import pytest

from lms.content.editions import Body, Kind
from lms.content.offers import offer
from lms.formats import papers
from lms.jobs.outbox import Workshop, run_due
from lms.models.hours import LiveSession
from tests.completing import Class
from tests.publishing import edited, publish, with_exam
from tests.school import PROGRAM, School
from tests.taught import taught

GUIDE = "staying-in-crisis"


def test_anyone_sees_the_programs_with_their_hours_alone_and_live(school: School):
    given = offer(school.shelf.current(), PROGRAM)
    front = school.browser().open("/")
    page = front.click("See what we teach")
    assert "Peer Support Foundations" in page.text
    alone = sum(given.self_paced.values())
    assert f"At your own pace {alone // 60} h {alone % 60} min" in page.text
    assert "Live with a trainer 2 h 30 min" in page.text


def test_every_column_of_a_program_adds_up(school: School):
    page = school.browser().open(f"/curriculum/{PROGRAM}")
    given = offer(school.shelf.current(), PROGRAM)
    tables = page.soup.select("table")
    foot = [cell.get_text() for cell in tables[0].select("tfoot th, tfoot td")]
    whole = given.minutes
    assert foot[-1] == f"{whole // 60} h {whole % 60} min"
    assert len(tables) == 1 + len(school.shelf.current().schemes)
    assert "The map from our topics is ours" in page.text or "the map" in page.text
    assert school.browser().open("/curriculum/none").status == 404


def test_coverage_marks_gaps_and_counts_what_is_there(school: School):
    page = school.browser().open("/curriculum/coverage")
    assert len(page.soup.select("tbody tr")) == 62
    # The tests publish one program of four modules, so much of the field is not covered.
    assert "Some of it is thin" in page.text
    crisis = next(row for row in page.soup.select("tbody tr") if "VIII.4" in row.get_text())
    assert "Gap" not in crisis.get_text()


@pytest.mark.published_anew
def test_an_exam_is_told_with_how_its_mark_was_set(school: School):
    publish(school, with_exam(pass_set_by="By the editors, for now."))
    page = school.browser().open(f"/curriculum/{PROGRAM}")
    assert "Final exam: 7 questions, 75 of 100 points to pass" in page.text
    assert "How the mark was set: By the editors, for now." in page.text


def test_a_trainer_reads_a_guide_and_its_minutes_add_up(school: School):
    made = Class.of(school)
    page = school.browser(made.raters[0]).open("/sessions").click("Guides to hold a session by")
    guide = page.click(school.shelf.current().guides[GUIDE].title)
    assert "Counts as 2 h 30 min" in guide.text
    rows = [[c.get_text() for c in row.select("th, td")] for row in guide.soup.select("tbody tr")]
    assert sum(int(row[2]) for row in rows[: len(school.shelf.current().guides[GUIDE].plan)]) == 165
    assert school.browser(made.learner).open(f"/guides/{GUIDE}").status == 403
    assert school.browser(made.raters[0]).open("/guides/none").status == 404


def _another_aim(body: Body, _rendered: Body) -> None:
    body["aim"] = "People stay."


@pytest.mark.published_anew
def test_the_guide_is_printed_once_after_publishing(school: School):
    assert papers.ready() is None
    publish(school, edited(taught(), Kind.GUIDE, GUIDE, _another_aim))
    made = Class.of(school)
    browser = school.browser(made.raters[0])
    waiting = browser.open(f"/guides/{GUIDE}.pdf")
    assert waiting.status == 202
    assert waiting.response.headers["Refresh"] == "3"
    workshop = Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    assert run_due(workshop) >= 1
    printed = browser.open(f"/guides/{GUIDE}.pdf")
    assert printed.response.mimetype == "application/pdf"
    assert printed.response.data.startswith(b"%PDF-")
    assert browser.open(f"/guides/{GUIDE}.pdf").response.data == printed.response.data
    assert run_due(workshop) == 0


def test_a_planned_session_brings_its_title_breaks_and_topics(school: School):
    made = Class.of(school)
    guide = school.shelf.current().guides[GUIDE]
    browser = school.browser(made.raters[0])
    page = browser.open("/sessions").submit(
        "/sessions", title="", modality="live-online", held_on="2026-03-01", starts="09:00",
        ends="11:45", break_minutes="", topic=f"planned:{GUIDE}",
    )  # fmt: skip
    assert "Now say who was there" in page.text
    with school.database.reading() as session:
        meeting = session.query(LiveSession).one()
    assert (meeting.title, meeting.break_minutes) == (guide.title, guide.pauses)
    assert meeting.topics == dict(guide.topics)
    nameless = browser.open("/sessions").submit(
        "/sessions", title=" ", modality="live-online", held_on="2026-03-01", starts="09:00",
        ends="10:00", break_minutes="0", topic="crisis",
    )  # fmt: skip
    assert nameless.status == 422
    assert "Enter what it was about." in nameless.text
