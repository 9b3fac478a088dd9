"""A list of people: looked through first, then everyone gets one letter, or nobody any."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.models.journal import OutboxJob
from lms.models.people import Invitation
from tests.school import School


@pytest.fixture
def cohort(school: School):
    return school.cohort()


@pytest.fixture
def desk(school: School, cohort):
    return school.browser(school.person(Role.COORDINATOR, cohort))


def letters(school: School) -> list[str]:
    with school.database.reading() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        return sorted(job.body["to"] for job in jobs)


def address(cohort) -> str:
    return f"/manage/cohorts/{cohort.ref}/roster"


def test_a_list_is_looked_through_before_any_letter_goes_out(school, cohort, desk):
    here = school.person(Role.LEARNER, cohort)
    form = desk.open("/manage").click("Invite many people")
    page = form.submit(
        "roster", list=f"email,name,phone\nana@example.org,Ana Ruiz,555\n{here.email},,"
    )
    assert page.status == 200
    assert "1 person would be invited" in page.text
    assert "Is here already" in page.text
    assert "Columns we do not read: phone" in page.text
    assert letters(school) == []
    page = page.submit("roster", bring="yes")
    assert "1 invitation goes out." in page.text
    assert letters(school) == ["ana@example.org"]


def test_the_same_list_again_sends_nothing_twice(school, cohort, desk):
    text = "email\nana@example.org\nben@example.org"
    desk.open(address(cohort)).submit("roster", list=text).submit("roster", bring="yes")
    page = desk.open(address(cohort)).submit("roster", list=text)
    assert page.text.count("Was invited already") == 2
    assert "Send" not in page.form("roster").text
    assert len(letters(school)) == 2


def test_one_fault_and_nobody_is_invited(school, cohort, desk):
    text = "email,role\nana@example.org,\nben,\nANA@example.org,\ncy@example.org,boss"
    page = desk.open(address(cohort)).submit("roster", list=text)
    assert page.status == 422
    assert "3 rows have a fault" in page.text
    for words in ("Row 3: “ben” is not one", "Row 4: This address stands in row 2", "Row 5: We do"):
        assert words in page.text
    assert "ben," in page.soup.select_one("textarea").text, "what was typed stays"
    page = page.submit("roster", bring="yes")
    assert page.status == 422
    assert "nobody was invited" in page.text
    assert letters(school) == []


def test_whether_someone_has_an_account_elsewhere_is_not_shown(school, cohort, desk):
    other = school.person(Role.LEARNER, school.cohort("Autumn"))
    page = desk.open(address(cohort)).submit("roster", list=f"email\n{other.email}\nno@example.org")
    rows = [
        row.text.replace(other.email, "no@example.org").split()
        for row in page.soup.select("tbody tr")
    ]
    assert rows[0][1:] == rows[1][1:]


def test_the_name_of_the_list_stands_in_the_form_of_whoever_joins(school, cohort, desk):
    page = desk.open(address(cohort)).submit("roster", list="email,name\nana@example.org,Ana Ruiz")
    page.submit("roster", bring="yes")
    with school.database.reading() as session:
        (job,) = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
    link = next(word for word in job.body["text"].split() if "/join/" in word)
    page = school.browser().open(link.removeprefix("https://school.example"))
    assert page.soup.select_one("input[name=name]")["value"] == "Ana Ruiz"


def test_a_file_is_read_in_the_encoding_it_has(school, cohort, desk):
    fields = desk.open(address(cohort)).fields("roster")
    body = "email;name\njose@example.org;José Nuñez\n".encode("utf-16")
    page = desk.post(address(cohort), fields | {"file": (BytesIO(body), "people.csv")})
    assert "1 person would be invited" in page.text
    page.submit("roster", bring="yes")
    with school.database.reading() as session:
        assert session.scalar(select(Invitation.name)) == "José Nuñez"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste a list, or choose a CSV file."),
        ("name\nAna", "Not found: email."),
        ("email", "no line below them"),
        ("email\n" + "a@b.org\n" * 2001, "more than 2,000 lines"),
        ('email,name\na@b.org,"Ana', "cannot be taken apart"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(school, cohort, desk, text, words):
    page = desk.open(address(cohort)).submit("roster", list=text)
    assert page.status == 422
    assert words in page.text
    with school.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 0
