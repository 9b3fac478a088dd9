"""The office at work: lists, letters, certificates in numbers, names, and what a learner shows."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from lms.domain.certificate import spaced
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.people import Cohort, Person
from tests.browser.conftest import Served
from tests.browser.walker import DESK, PHONE, Walker
from tests.faults.ready import make_ready
from tests.school import PROGRAM, School

PATIENCE = 60_000


class Office:
    """Who works there, and in what browsers."""

    def __init__(self, served: Served, chromium: Browser, script: bool, width: int) -> None:
        self.served, self.chromium, self.script, self.width = served, chromium, script, width
        self.seen: set[tuple[str, str]] = set()
        self.walkers: list[Walker] = []
        self.school.now = datetime.now(UTC)
        self.mark = time.monotonic_ns()
        self.cohort = self.school.cohort(f"Office {self.mark}")
        self.keeper = self.person(Role.COORDINATOR, "Kim Keeper")
        self.second = self.person(Role.COORDINATOR, "Sam Second")
        self.trainer = self.person(Role.ASSESSOR, "Tia Trainer")
        self.operator = self.school.person(Role.OPERATOR, name=f"Olu Operator {self.mark}")

    @property
    def school(self) -> School:
        return self.served.school

    def person(self, role: Role, name: str, cohort: Cohort | None = None) -> Person:
        return self.school.person(role, cohort or self.cohort, f"{name} {self.mark}")

    def walker(self, person: Person | None = None) -> Walker:
        made = Walker(self.chromium, self.served.url, self.script, self.width, self.seen)
        self.walkers.append(made)
        if person is not None:
            made.sign_in(person)
        return made


def main(walker: Walker) -> Locator:
    """What the page says."""
    return walker.page.locator("main")


@pytest.mark.parametrize(("width", "script"), [(PHONE, False), (DESK, True)])
def test_an_office_keeps_its_school(served: Served, chromium: Browser, width: int, script: bool):
    office = Office(served, chromium, script, width)
    keeper = office.walker(office.keeper)
    invites_by_a_list(office, keeper)
    brings_old_hours_in(office, keeper)
    writes_to_who_has_stopped(office, keeper)
    gives_certificates(office, keeper)
    a_learner_shows_one_and_asks_for_a_name(office)
    sees_and_corrects_the_name(office, keeper)
    two_people_revoke_eleven(office, keeper)
    an_operator_keeps_the_record(office)
    for walker in office.walkers:
        walker.close()


def invites_by_a_list(office: Office, keeper: Walker) -> None:
    path = f"/manage/cohorts/{office.cohort.ref}/roster"
    keeper.open(path)
    keeper.page.get_by_label("Your list").fill("email,role\nnot an address,learner")
    keeper.press("Look it through")
    expect(main(keeper)).to_contain_text("1 row has a fault")
    keeper.page.get_by_label("Your list").fill(f"email\nnew{office.mark}@new.example")
    keeper.press("Look it through")
    keeper.press("Send 1 invitation")


def brings_old_hours_in(office: Office, keeper: Walker) -> None:
    learner = office.person(Role.LEARNER, "Lin Learner")
    keeper.open(f"/manage/cohorts/{office.cohort.ref}/old-hours")
    day = (office.school.now - timedelta(days=40)).date().isoformat()
    keeper.page.get_by_label("Your list").fill(
        "email,day,minutes,way,topics,title,provider,evidence\n"
        f"{learner.email},{day},360,live online,crisis,Crisis course,River College,Certificate seen"
    )
    keeper.press("Look it through")
    expect(main(keeper)).to_contain_text("1 line would be brought in")
    keeper.press("Bring in 1 line")


def writes_to_who_has_stopped(office: Office, keeper: Walker) -> None:
    school, now = office.school, office.school.now
    school.now = now - timedelta(days=30)
    sleeper = office.person(Role.LEARNER, "Sol Sleeper")
    school.now = now
    keeper.open(f"/manage/cohorts/{office.cohort.ref}/stuck")
    expect(main(keeper)).to_contain_text(sleeper.name)
    keeper.press("Send the letter")
    expect(keeper.page.locator("body")).to_contain_text("letter")


def gives_certificates(office: Office, keeper: Walker) -> None:
    for _ in range(2):
        make_ready(office.school, office.cohort, "claim")
    keeper.open(f"/manage/cohorts/{office.cohort.ref}/certificates")
    keeper.press("Give certificates to those ticked")
    expect(main(keeper)).to_contain_text("2 of 2 are done", timeout=PATIENCE)
    keeper.look()


def a_learner_shows_one_and_asks_for_a_name(office: Office) -> None:
    office.ana = office.person(Role.LEARNER, "Ana Lopes")
    code = office.school.certify(office.ana)
    phone = office.walker(office.ana)
    phone.open("/account")
    phone.press("Stop these letters")
    phone.open(f"/evaluations/{PROGRAM}")
    phone.open("/certificates")
    phone.follow("Show it to someone")
    phone.press("Keep my name off")
    phone.page.get_by_label("Who is it for?").fill("The clinic")
    phone.press("Make the link")
    link = phone.page.locator("input[readonly]").first.input_value()
    guest = office.walker()
    guest.open(f"/verify/{code}")
    expect(main(guest)).not_to_contain_text(office.ana.name)
    guest.open(link.removeprefix(office.served.url))
    guest.press("Open it")
    expect(main(guest)).to_contain_text(office.ana.name)
    phone.open(f"/certificates/{code}/share")
    expect(main(phone)).to_contain_text("Opened 1 time")
    phone.open("/certificates/name")
    phone.page.get_by_label("Name as it should be printed").fill(f"Ana Lopez {office.mark}")
    phone.press("Ask for this name")
    expect(main(phone)).to_contain_text("Your coordinator will ask")


def sees_and_corrects_the_name(office: Office, keeper: Walker) -> None:
    keeper.open("/manage")
    keeper.follow(office.ana.name)
    keeper.page.get_by_label("What did you see").fill("Driving licence, in person")
    keeper.press("Correct the name")
    expect(main(keeper)).to_contain_text(f"Ana Lopez {office.mark}")


def two_people_revoke_eleven(office: Office, keeper: Walker) -> None:
    learners = [office.person(Role.LEARNER, f"Pat {n}") for n in range(11)]
    codes = "\n".join(spaced(office.school.certify(one)) for one in learners)
    keeper.open("/manage/revocations")
    keeper.page.get_by_label("Your list").fill(codes)
    keeper.press("Look it through")
    keeper.page.get_by_label("It was issued in error").check()
    keeper.press("Ask a second person")
    expect(main(keeper)).to_contain_text("A second person has to agree")
    operator = office.walker(office.operator)
    operator.open("/operate")
    operator.follow("Look at what was begun on")
    second = office.walker(office.second)
    second.open("/manage")
    second.follow("Look at what was begun on")
    second.press("Agree, and revoke them")
    expect(main(second)).to_contain_text("11 of 11 are done", timeout=PATIENCE)
    with office.school.database.reading() as session:
        found = select(Certificate.code).where(Certificate.person_id == learners[0].id)
        code = session.scalars(found).one()
    guest = office.walker()
    guest.open(f"/verify/{code}")
    expect(main(guest)).to_contain_text("It was issued in error")


def an_operator_keeps_the_record(office: Office) -> None:
    desk = office.walker(office.operator)
    desk.open("/operate/provider")
    desk.open("/operate/trainers")
    desk.follow(office.trainer.name)
    desk.page.get_by_label("What they hold").fill("CPRS 1234")
    desk.page.get_by_label("What you saw").fill("The card, on paper")
    desk.page.get_by_label("First day").fill("2026-01-05")
    desk.press("Put it on record")
    expect(main(desk)).to_contain_text("CPRS 1234")
    desk.open("/operate/accreditation")
    desk.open("/provider")
