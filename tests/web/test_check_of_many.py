"""A clerk checks a list of certificates: one answer a line, in order, nothing lost or run."""

import csv
import io
import time

import pytest
from sqlalchemy import select

from lms.domain.batches import MOST_PAPERS, MOST_ROWS
from lms.domain.certificate import ReasonClass, code_from, spaced
from lms.domain.people import Role
from lms.domain.release import Seat
from lms.jobs import outbox
from lms.models.batches import Batch, ResultSheet
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import batches, certificates, issuing
from tests.browsing import Page
from tests.school import School
from tests.seating import Seated, seat
from tests.web.test_query_budget import counted

ABSENT = code_from(2**100 + 12345)


@pytest.fixture
def desk(school: School) -> Seated:
    return seat(school)


def certified(school: School, name: str = "Ana Ruiz") -> str:
    return school.certify(school.person(Role.LEARNER, school.cohort(f"Of {name}"), name))


def revoke(school: School, code: str) -> None:
    with school.database.writing() as session:
        row = session.scalar(select(Certificate).where(Certificate.code == code))
        issuing.revoke(session, school.now, row, ReasonClass.ISSUED_IN_ERROR, None)
        session.commit()


def rename(school: School, code: str, name: str) -> str:
    with school.database.writing() as session:
        row = session.scalar(select(Certificate).where(Certificate.code == code))
        holder = session.get_one(Person, row.person_id)
        new = issuing.reissue(session, school.now, row, holder, name, school.office, holder)
        session.commit()
        return new.code


def send(desk: Seated, *files: tuple[str, bytes], codes: str = "") -> Page:
    """Send a list or files as the form would."""
    page = desk.browser.open("/board/check")
    values = {name: many[0] for name, many in page.fields("/board/check").items()}
    values |= {"codes": codes, "files": [(io.BytesIO(body), name) for name, body in files]}
    if not files:
        values.pop("files")
    return desk.browser.post("/board/check", values)


def table(desk: Seated, page: Page) -> list[dict[str, str]]:
    """The answers as the clerk opens them."""
    held = desk.browser.client.get(f"{page.path}/answers.csv", base_url=desk.browser.host).data
    return list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"), newline="")))


def test_each_line_has_one_answer_in_the_order_and_with_the_ids_of_the_board(desk: Seated):
    school = desk.school
    ana, ben = certified(school), certified(school, "Ben Okoye")
    cleo, dan = certified(school, "Cleo Park"), certified(school, "Dan Wu")
    revoke(school, ben)
    newer = rename(school, cleo, "Cleo Parker")
    text = "code,id,name,hours\n" + "\n".join(
        [
            f"{spaced(dan).lower()},A-1,dan  WU,99",
            "not a code,A-2,Some One,",
            f"https://school.example/verify/{ana},A-3,Ana Ruyz,",
            f"{ben},A-4,,",
            f"{ABSENT},A-5,Nobody,46",
            f"{cleo},A-6,Cleo Park,",
            ",A-7,,",
        ]
    )
    rows = table(desk, send(desk, ("list.csv", text.encode())))
    assert [row["your id"] for row in rows] == [f"A-{n}" for n in range(1, 8)]
    assert [row["row"] for row in rows] == [str(n) for n in range(2, 9)]
    assert [row["answer"] for row in rows] == [
        "valid", "cannot be read", "valid", "revoked", "not issued by us", "replaced",
        "cannot be read",
    ]  # fmt: skip
    assert (rows[0]["name compared"], rows[0]["hours compared"]) == ("same", "DIFFERS")
    assert (rows[2]["name compared"], rows[2]["holder"]) == ("DIFFERS", "Ana Ruiz")
    assert "issued in error" in rows[3]["in words"]
    assert rows[5]["replaced by"] == spaced(newer)
    # A name that was given up, or that a revoked paper carries, is shown to nobody.
    assert not any(rows[n]["holder"] for n in (1, 3, 4, 5, 6))


def test_the_page_counts_and_puts_first_what_needs_a_look(desk: Seated):
    ana = certified(desk.school)
    page = send(desk, codes=f"{ana}\n{ABSENT}\nx")
    assert page.path.startswith("/board/checks/")
    for words in ("Lines 3", "Valid 1", "Not issued by us 1", "Cannot be read 1"):
        assert words in page.text
    assert "2 lines are not plainly valid" in page.text
    assert "Every line is valid" in send(desk, codes=ana).text


def test_what_a_spreadsheet_would_run_is_defused_wherever_it_comes_from(desk: Seated):
    ana = certified(desk.school, '=HYPERLINK("http://evil.example","x")')
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1"]  # noqa: RUF001
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["code", "id"], *([ana, own] for own in hostile), ["=2+5", "="]])
    page = send(desk, ("list.csv", out.getvalue().encode()))
    rows = table(desk, page)
    assert len(rows) == len(hostile) + 1
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝")), cell  # noqa: RUF001
    assert rows[0]["your id"] == "'=1+1"
    assert rows[0]["holder"].startswith("'=HYPERLINK")
    raw = desk.browser.client.get(f"{page.path}/answers.csv", base_url=desk.browser.host).data
    assert all(line.startswith(b'"') for line in raw.removeprefix(b"\xef\xbb\xbf").splitlines())


def test_ids_and_codes_that_stand_twice_are_answered_each_time_and_told(desk: Seated):
    ana = certified(desk.school)
    page = send(desk, codes=f"code,id\n{ana},7\n{ABSENT},7\n{spaced(ana)},8\n\n\n")
    assert [row["your id"] for row in table(desk, page)] == ["7", "7", "8"]
    assert "The id 7 stands in rows 2, 3. Each was answered." in page.text
    assert f"The certificate {spaced(ana)} stands in rows 2, 4." in page.text
    assert "Empty rows that were passed over: 2." in page.text


REFUSED = [
    ("big.csv", b"code\n" + b"x\n" * 50_000, "more than 2,000 lines. Cut it into lists"),
    ("list.xlsx", b"PK\x03\x04\x14\x00", "an Excel or Numbers file, not a CSV file"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel file"),
    ("picture.png", b"\x89PNG\r\n\x1a\n\x01\x02\x03", "not a text file"),
    ("empty.csv", b"", "This list is empty"),
    ("blank.csv", b"\n\n , \n", "This list is empty"),
    ("head.csv", b"code,id\n", "no line below them"),
    ("huge.csv", b"code\n" + b"y" * 60_000, "has a cell of 60,000 characters"),
    ("quote.csv", b'code,id\n"' + b"a,b\n" * 20, "Row 2 cannot be taken apart"),
    ("none.csv", b"name,town\nAna,Akron\n", "No column holds codes of ours"),
]


def test_a_list_that_cannot_be_read_is_refused_in_a_sentence_and_nothing_is_kept(desk: Seated):
    for name, body, words in REFUSED:
        page = send(desk, (name, body))
        assert page.status == 422
        assert words.lower() in page.text.lower()
    with desk.school.database.reading() as session:
        assert session.scalar(select(Batch.id)) is None


def test_a_pasted_list_that_is_refused_is_still_there(desk: Seated):
    page = send(desk, ("a.csv", b"x"), codes="A-1\tfirst\nA-2\tsecond")
    assert page.status == 422
    assert "One of these at a time" in page.text
    assert page.soup.select_one("#codes").get_text().strip() == "A-1\tfirst\nA-2\tsecond"


def test_what_is_far_too_large_is_refused_with_the_way_out(
    desk: Seated, monkeypatch: pytest.MonkeyPatch
):
    view = desk.school.app.view_functions["batches.check"]
    monkeypatch.setattr(view, "room", (300_000, view.room[1]))
    for page in (
        send(desk, ("list.csv", b"x" * 300_001)),
        send(desk, ("list.csv", b"x"), codes="x" * 200_001),
        send(desk, codes="x" * 1_000_001),
    ):
        assert page.status == 413
        assert "12 MB together" in page.text


def papers_of(school: School, *codes: str) -> list[bytes]:
    workshop = outbox.Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    outbox.run_due(workshop)
    with school.database.reading() as session:
        found = batches.look_up_all(session, codes, school.now, school.office)
        return [
            certificates.paper(session, found[code].certificate, certificates.CERTIFICATE) or b""
            for code in codes
        ]


def test_papers_are_known_by_their_code_and_told_apart_from_changed_ones(desk: Seated):
    ana, ben = certified(desk.school), certified(desk.school, "Ben Okoye")
    first, second = papers_of(desk.school, ana, ben)
    page = send(
        desk,
        ("Ruiz.pdf", first),
        ("../../Okoye.pdf", second + b"\n"),
        ("other.pdf", b"%PDF-1.4\n%%EOF\n"),
    )
    rows = table(desk, page)
    assert [row["answer"] for row in rows] == ["valid", "valid", "cannot be read"]
    assert rows[0]["PDF file"] == "byte for byte ours"
    assert rows[1]["PDF file"] == "CHANGED or saved anew"
    assert rows[0]["your id"] == "Ruiz.pdf"
    assert "The file was changed, or saved anew" in page.text


def test_more_papers_than_can_be_compared_are_refused(desk: Seated):
    page = send(desk, *((f"{n}.pdf", b"%PDF-1.4") for n in range(MOST_PAPERS + 1)))
    assert page.status == 422
    assert "up to 50 PDF files at a time. You chose 51" in page.text


def many(school: School, count: int) -> list[str]:
    """So many certificates, as rows of one that is there."""
    code = certified(school)
    with school.database.writing() as session:
        one = session.scalar(select(Certificate).where(Certificate.code == code))
        made = [code_from(2**99 + n * 7919) for n in range(count)]
        session.add_all(
            Certificate(
                code=new, code_digest=certificates.code_digest(new), person_id=one.person_id,
                program_id=one.program_id, period=n + 2, version=1, facts=one.facts | {"code": new},
                facts_digest=one.facts_digest, issued_on=one.issued_on, expires_on=None,
                issued_at=one.issued_at,
            )
            for n, new in enumerate(made)
        )  # fmt: skip
        session.commit()
    return made


def test_a_thousand_lines_take_under_five_seconds_and_few_statements(desk: Seated):
    codes = many(desk.school, 1000)
    text = "code;id;name\n" + "\n".join(f"{spaced(c)};{n};Ana Ruiz" for n, c in enumerate(codes))
    with counted(desk.school) as sent:
        started = time.process_time()
        page = send(desk, ("list.csv", text.encode()))
        took = time.process_time() - started
    assert "Valid 1000" in page.text
    assert took < 5
    assert len(sent) < 30
    print(f"1,000 lines: {took:.2f} s of processor time, {len(sent)} statements")  # noqa: T201


def test_the_largest_list_is_answered_whole_and_shown_page_by_page(desk: Seated):
    text = "code,id\n" + "\n".join(f"{code_from(n)},{n}" for n in range(MOST_ROWS))
    page = send(desk, ("list.csv", text.encode()))
    assert f"Not issued by us {MOST_ROWS}" in page.text
    assert [row["your id"] for row in table(desk, page)] == [str(n) for n in range(MOST_ROWS)]
    following = page.click("Next rows")
    assert "Rows 102 to 201" in following.text
    assert page.status == following.status == 200


def test_a_check_is_its_boards_own_and_can_be_deleted_with_its_names(desk: Seated):
    school = desk.school
    path = send(desk, codes=certified(school)).path
    other = seat(school, "Another board")
    reader = school.browser(desk.of(Seat.READER))
    assert reader.open(path).status == 200
    for ending in ("", "/answers.csv", "/answers.csv.sig", "/sheet.pdf", "/sheet.pdf.sig"):
        assert other.browser.open(path + ending).status == 404
    assert "Earlier checks" in desk.browser.open("/board/check").click("Earlier checks").text
    assert "Valid: 1" in desk.browser.open("/board/checks").text
    page = desk.browser.open(path).submit("/delete")
    assert "deleted" in page.text
    assert desk.browser.open(path).status == 404
    with school.database.reading() as session:
        assert session.scalar(select(Batch.id)) is None
        assert session.scalar(select(ResultSheet.subject)) is None
    papers_of(school)


def test_who_works_at_no_board_checks_nothing(desk: Seated):
    alone = desk.school.browser(desk.school.person(Role.BOARD))
    for path in ("/board/check", "/board/checks", "/board/sample", "/board/keys"):
        assert alone.open(path).status == 404
