"""What stands behind a line is shown to a board as it is: who signed it, or that nobody did."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from lms.domain.people import Role
from lms.domain.release import Scope
from lms.domain.vouching import Attestation
from lms.models.people import Person
from lms.records import applications, confirmations, evaluated
from lms.records.confirmations import Word
from tests.bureau import PACK, bureau
from tests.logged import ask, log_class, log_shift
from tests.school import School
from tests.seating import seat

WHO = Attestation("Rosa Vance", "Clinical lead", True, 6)
SIGNED = "Rosa Vance, Clinical lead, by a link sent by email, on 2 March 2026. A certified peer."


@pytest.fixture
def lena(school: School) -> Person:
    """Two hours signed by a supervisor, two that wait, and three from elsewhere."""
    lena = school.person(Role.LEARNER, school.cohort(), "Lena Brook")
    with school.database.writing() as session:
        mine = session.merge(lena)
        token = ask(session, school, mine, log_shift(session, school, mine, 2))[1]
        log_shift(session, school, mine, 4)
        log_class(session, school, mine)
        asked = confirmations.by_token(session, school.settings.secret, school.now, token)
        words = {row.id: Word(agrees=True) for row in asked.open_lines}
        confirmations.answer(session, school.now, asked, WHO, words)
        session.commit()
    return lena


def test_a_board_reads_who_signed_a_line_and_that_nobody_signed_another(school, lena):
    board = bureau(school)
    ref = board.release(lena)
    page = school.browser(board.reader).open(f"/board/releases/{ref}").submit("/open")
    lines = [" ".join(row.get_text(" ").split()) for row in page.soup.select("ol .ledger-line")]
    elsewhere, waiting, signed = lines
    assert SIGNED in signed
    assert "Has supervised peers for 6 years." in signed
    assert "What they say of themselves is not checked by us." in signed
    assert "Waiting for a signature" in waiting
    assert "Not checked by us" in elsewhere
    for line in (waiting, elsewhere):
        assert "Nobody yet. The holder wrote it down." in line
        assert "Rosa" not in line
    assert "What shows it Certificate 4411" in elsewhere
    assert "Given by River College" in elsewhere
    assert "Time present" not in page.text, "nobody here measured it"


@pytest.mark.parametrize("scope", [Scope.HOURS, Scope.FULL])
def test_sums_for_a_board_hold_what_someone_stands_behind_and_say_what_is_left_out(
    school: School, lena: Person, scope: Scope
):
    board = bureau(school)
    ref = board.release(lena, scope)
    page = school.browser(board.reader).open(f"/board/releases/{ref}").submit("/open")
    assert page.soup.select("tfoot td")[-1].text == "2 h"
    assert "Not in these sums: 2 h that the holder wrote down and nobody has signed." in page.text
    assert "Not in these sums: 3 h from other providers that we have not checked." in page.text


def test_a_program_of_a_board_reads_the_same(school: School, lena: Person):
    desk = seat(school)
    ref = desk.release(lena, Scope.FULL)
    told = school.browser().open(f"/api/v1/releases/{ref}", Authorization=f"Bearer {desk.key()}")
    record = told.response.json["record"]
    assert record["minutes"]["all"] == 120
    assert record["minutes"]["not_vouched_for"] == {"waiting": 120, "unchecked": 180}
    assert [(line["standing"], line["vouched_by"]) for line in record["lines"]] == [
        ("unchecked", None), ("waiting", None), ("vouched", "Rosa Vance"),
    ]  # fmt: skip


def test_a_signature_that_was_taken_back_leaves_no_name_behind_the_line(school, lena):
    with school.database.writing() as session:
        asked = confirmations.of_person(session, school.now, lena.id)[0]
        who = session.merge(lena)
        confirmations.revoke(session, school.now, asked, who, "The wrong person")
        session.commit()
    with school.database.writing() as session:
        mine = session.merge(lena)
        pack = school.shelf.current().packs[PACK]
        today = school.office.day(school.now)
        found = evaluated.of_one(session, lena.id, pack, today, caps=school.office.caps)
        library, office = school.shelf.current(), school.office
        row = applications.put_together(session, school.now, mine, found, library, office, False)
        facts = applications.facts_of(row)
    assert [line.voucher for line in (*facts.work, *facts.supervision)] == ["", ""]


def test_a_board_sees_what_was_taken_back_as_taken_back(school: School, lena: Person):
    board = bureau(school)
    ref = board.release(lena)
    mine = school.browser(lena)
    mine.open("/hours").click("Take it back").submit("/hours/lines/", reason="Wrong day")
    page = school.browser(board.reader).open(f"/board/releases/{ref}").submit("/open")
    rows = page.soup.select("ol .ledger-line")
    (gone,) = [row.text for row in rows if "This line was taken back" in row.text]
    assert "Waiting for a signature" not in gone


def test_a_provider_without_a_place_names_its_time_plainly(school: School, lena: Person):
    school.settings = replace(school.settings, timezone=ZoneInfo("UTC"))
    school.__post_init__()
    page = school.browser(lena).open("/hours/add?kind=work")
    assert "Times are in UTC." in page.text
