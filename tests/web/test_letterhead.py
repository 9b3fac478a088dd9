"""What papers print of a provider: seen on a sample, kept from a day on, and never looking back."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.provider import ProviderStatement
from tests.school import School


@pytest.fixture
def desk(school: School):
    return school.browser(school.person(Role.OPERATOR)).open("/manage/letterhead")


def facts_of_all(school: School) -> list[dict]:
    with school.database.reading() as session:
        return list(session.scalars(select(Certificate.facts).order_by(Certificate.id)))


def statements(school: School) -> int:
    with school.database.reading() as session:
        return len(session.scalars(select(ProviderStatement)).all())


def certify(school: School) -> dict:
    school.certify(school.person(Role.LEARNER, school.cohort(f"C{len(facts_of_all(school))}")))
    return facts_of_all(school)[-1]


def test_papers_print_what_holds_on_their_day_and_earlier_ones_stay(school, desk):
    before = certify(school)
    kept = desk.submit("letterhead", name="River School", signatory="B. Ray")
    assert "Kept." in kept.text
    after = certify(school)
    assert (before["provider"], after["provider"]) == ("Riverside Recovery School", "River School")
    assert (after["signatory"], after["signatory_title"]) == ("B. Ray", "Director")
    assert facts_of_all(school)[0] == before


def test_a_line_for_a_later_day_waits_for_it(school, desk):
    desk.submit("letterhead", address="2 Hill Road", starts="2026-03-10")
    assert certify(school)["provider_address"] == "1 River Road"
    school.pass_time(days=9)
    assert certify(school)["provider_address"] == "2 Hill Road"


def test_a_sample_shows_the_lines_and_keeps_nothing(school, desk):
    seen = desk.submit("letterhead", name="River School", sample="yes")
    assert seen.response.mimetype == "application/pdf"
    text = PdfReader(BytesIO(seen.response.data)).pages[0].extract_text()
    assert "River School" in text
    assert "DEMO" in text
    assert statements(school) == 0


def test_what_is_not_different_is_not_said_again(school, desk):
    assert "nothing was changed" in desk.submit("letterhead").text
    assert statements(school) == 0


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"name": "x" * 91}, "90 is the most"),
        ({"signatory": "Ray \U0001f600"}, "We cannot print"),
        ({"name": "River", "starts": "2026-03-01"}, "from today on"),
        ({"starts": ""}, "Enter the day"),
    ],
)
def test_lines_that_cannot_be_printed_are_refused_in_words(school, desk, lines, words):
    page = desk.submit("letterhead", **lines)
    assert page.status == 422
    assert words in page.text
    assert statements(school) == 0


def test_a_look_that_cannot_be_read_is_said_and_no_failure(school, desk):
    (school.settings.data / "look").mkdir()
    page = desk.submit("letterhead", name="River School", sample="yes")
    assert page.status == 422
    assert "look.yaml" in page.text
    assert statements(school) == 0
