"""Signed sheets: what a board files says what it was answered, and anyone can see who made it."""

import re
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest

from lms.domain.certificate import code_from, spaced
from lms.domain.people import Role
from lms.domain.release import Scope, Verdict
from lms.formats import seals
from lms.jobs import outbox
from lms.records import releases
from tests.browsing import Browser, Page
from tests.school import HOST, School
from tests.seating import Seated, seat

ABSENT = code_from(2**100 + 12345)


@pytest.fixture
def desk(school: School) -> Seated:
    seals.make(school.settings.data, seals.SHEETS)
    return seat(school)


def work(school: School) -> None:
    outbox.run_due(
        outbox.Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    )


def file(browser: Browser, path: str) -> bytes:
    answer = browser.client.get(path, base_url=HOST)
    assert answer.status_code == 200, path
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def words_of(pdf: bytes) -> str:
    said = subprocess.run(
        [str(shutil.which("pdftotext")), "-layout", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return " ".join(said.stdout.decode().split())


def check_sheet(browser: Browser, sheet: bytes, signature: bytes, name: str = "s.pdf") -> Page:
    page = browser.open("/verify/sheet")
    fields = {key: many[0] for key, many in page.fields("/verify/sheet").items() if many[0]}
    files = {
        "sheet": (BytesIO(sheet), name),
        "signature": (BytesIO(signature), f"{name}.sig"),
    }
    return browser.post("/verify/sheet", fields | files)


def checked(desk: Seated) -> str:
    """A check of three lines; its address."""
    cohort = desk.school.cohort()
    code = desk.school.certify(desk.school.person(Role.LEARNER, cohort, "Ana Lucía Ruiz"))
    page = desk.browser.open("/board/check").submit(
        "/board/check", codes=f"code,id,name\n{code},A-1,Ana\n{ABSENT},A-2,\nx,A-2,\n"
    )
    return page.path


def test_a_sheet_of_a_check_says_every_line_and_its_signature_holds_for_anyone(desk: Seated):
    path = checked(desk)
    waiting = desk.browser.open(f"{path}/sheet.pdf")
    assert waiting.status == 202
    assert "being prepared" in waiting.text
    work(desk.school)
    pdf = file(desk.browser, f"{path}/sheet.pdf")
    text = words_of(pdf)
    for words in ("Ohio Board", "A-1", "A-2", "valid since 2026-03-02", "Ana Lucía Ruiz",
                  "not issued by us", "cannot be read", "name DIFFERS", "Lines 3", "Valid 1",
                  "The id A-2 stands in rows 3, 4.", "school.example/verify/sheet"):  # fmt: skip
        assert words in text, words
    assert spaced(ABSENT)[:11] in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.Lang == "en"
    stranger = desk.school.browser()
    for ending in ("sheet.pdf", "answers.csv"):
        held = file(desk.browser, f"{path}/{ending}")
        assert held == file(desk.browser, f"{path}/{ending}")
        signature = file(desk.browser, f"{path}/{ending}.sig")
        assert "This file is as we made it" in check_sheet(stranger, held, signature).text
        wrong = check_sheet(stranger, held.replace(b"A-1", b"A-9") + b" ", signature)
        assert wrong.status == 422
        assert "changed or saved anew" in wrong.text


def test_a_sheet_without_its_signature_or_with_another_file_is_refused(desk: Seated):
    stranger = desk.school.browser()
    page = stranger.open("/verify/sheet").submit("/verify/sheet")
    assert page.status == 422
    assert "Choose both" in page.text
    assert "not a signature of ours" in check_sheet(stranger, b"x", b"y").text
    assert "key: " in stranger.open("/.well-known/peerpath-key.txt").text


def test_without_a_key_nothing_pretends_to_be_signed(school: School):
    desk = seat(school)
    path = checked(desk)
    answer = desk.browser.open(f"{path}/answers.csv.sig")
    assert answer.status == 503
    assert "lms doctor" in answer.text
    assert desk.browser.open("/.well-known/peerpath-key.txt").status == 404
    made = seals.Signature("0" * 16, "0" * 64, b"x" * 64)
    assert check_sheet(desk.browser, b"x", str(made).encode()).status == 503


def test_a_sheet_in_any_letters_is_printed(desk: Seated):
    names = ["فاطمة الزهراء", "דוד בן גוריון", "ᏣᎳᎩ", "<b>&{{7*7}}"]
    text = "code,id\n" + "\n".join(f"x,{name}" for name in names)
    page = desk.browser.open("/board/check").submit("/board/check", codes=text)
    work(desk.school)
    pdf = file(desk.browser, f"{page.path}/sheet.pdf")
    assert "<b>&{{7*7}}" in words_of(pdf)


def decided(desk: Seated) -> tuple[str, object]:
    person = desk.school.person(Role.LEARNER, desk.school.cohort(), "Ana Ruiz")
    ref = desk.release(person, Scope.HOURS)
    desk.bureau.decide(ref, Verdict.ASKED_BACK, "Please add 4 hours.\n=HYPERLINK(1)")
    return ref, person


def test_a_sheet_of_a_decision_is_frozen_when_it_is_made(desk: Seated):
    ref, person = decided(desk)
    assert desk.browser.open(f"/board/releases/{ref}/sheet.pdf").status == 404
    page = desk.browser.open(f"/board/releases/{ref}/sheet").submit("/sheet")
    assert "asked back" in page.text
    with desk.school.database.writing() as session:
        session.merge(person).name = "Someone Else"
        session.commit()
    work(desk.school)
    path = f"/board/releases/{ref}/sheet"
    text = words_of(file(desk.browser, f"{path}.pdf"))
    for words in (
        "Ana Ruiz",
        "asked back",
        "Please add 4 hours.",
        "certificates and sums of hours",
    ):
        assert words in text
    assert "Someone Else" not in text
    held = file(desk.browser, f"{path}.csv").decode("utf-8-sig")
    assert """"Reasons given","'=HYPERLINK(1)\"""" in held
    for ending in ("pdf", "csv"):
        made = check_sheet(
            desk.school.browser(),
            file(desk.browser, f"{path}.{ending}"),
            file(desk.browser, f"{path}.{ending}.sig"),
        )
        assert "This file is as we made it" in made.text
    assert desk.browser.open(f"{path}.exe").status == 404


def test_no_sheet_without_a_decision_nor_for_another_board_nor_when_it_is_over(desk: Seated):
    other = seat(desk.school, "Another board")
    undecided = desk.release(desk.school.person(Role.LEARNER, desk.school.cohort("A")))
    assert desk.browser.open(f"/board/releases/{undecided}/sheet").status == 404
    ref, person = decided(desk)
    assert other.browser.open(f"/board/releases/{ref}/sheet").status == 404
    desk.browser.open(f"/board/releases/{ref}/sheet").submit("/sheet")
    waiting = desk.browser.open(f"/board/releases/{ref}/sheet.pdf")
    assert waiting.status == 202
    with desk.school.database.writing() as session:
        standing = releases.by_ref(session, desk.school.now, ref)
        releases.end(session, desk.school.now, standing.release, person)
        session.commit()
    page = desk.browser.open(f"/board/releases/{ref}/sheet")
    assert page.status == 410
    assert "Ana" not in page.text
    assert desk.browser.open(f"/board/releases/{ref}/sheet.csv").status == 404


def test_a_sample_is_shown_with_its_seed_and_what_it_can_tell(desk: Seated):
    cohort = desk.school.cohort()
    codes = [desk.school.certify(desk.school.person(Role.LEARNER, cohort)) for _n in range(4)]
    text = "code,id\n" + "\n".join(
        f"{code},A-{n}" for n, code in enumerate([*codes, codes[0], "x"])
    )
    checked = desk.browser.open("/board/check").submit("/board/check", codes=text)
    page = checked.click("Draw a random sample")
    assert "4 in all." in page.text
    ref = checked.path.rpartition("/")[2]
    drawn = desk.browser.open(f"/board/sample?list={ref}&n=2&seed=2026-03-02")
    assert "2 of 4, by the seed 2026-03-02" in drawn.text
    assert "with 95 % confidence, at most 2 of all 4 have one" in drawn.text
    shown = drawn.soup.select("ol li a.code")
    assert len(shown) == 2
    again = desk.browser.open(f"/board/sample?list={ref}&n=2&seed=2026-03-02")
    assert [a.text for a in again.soup.select("ol li a.code")] == [a.text for a in shown]
    assert (
        "You look at all of them" in desk.browser.open(f"/board/sample?list={ref}&n=4&seed=s").text
    )
    for query, words in (("n=5&seed=s", "from 1 to 4"), ("n=x&seed=s", "from 1 to 4"),
                         ("n=2&seed=", "A seed has"), ("n=2&seed=a|b", "A seed has")):  # fmt: skip
        wrong = desk.browser.open(f"/board/sample?list={ref}&{query}")
        assert wrong.status == 422
        assert words in wrong.text


def test_a_sample_of_releases_takes_only_those_that_were_answered(desk: Seated):
    assert "Nothing to draw from yet" in desk.browser.open("/board/sample").text
    ref, _person = decided(desk)
    desk.release(desk.school.person(Role.LEARNER, desk.school.cohort("A")))
    page = desk.browser.open("/board/sample?n=1&seed=s")
    assert "1 of 1, by the seed s" in page.text
    assert page.soup.select_one(f"a[href='/board/releases/{ref}']")
    assert desk.browser.open("/board/sample?list=nothing").status == 404


def test_a_list_with_nothing_of_ours_has_no_sample(desk: Seated):
    page = desk.browser.open("/board/check").submit("/board/check", codes="x\ny")
    assert "Nothing to draw from here" in page.click("Draw a random sample").text
    assert re.search(r"No line of this check", desk.browser.open(
        f"/board/sample?list={page.path.rpartition('/')[2]}").text)  # fmt: skip
