"""A board reads what was released to it, answers, invites its people, and hears of changes."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from lms.domain.certificate import ReasonClass
from lms.domain.people import Role
from lms.domain.release import Scope, Seat, State, Verdict
from lms.models.boards import BoardMember, Decision, Watch
from lms.models.certificates import Certificate
from lms.models.journal import OutboxJob
from lms.models.people import Cohort, GrantRow, Person
from lms.records import board_log, issuing, release_lists, releases
from tests.browsing import Page
from tests.bureau import PACK, RULE, Bureau, bureau, seat
from tests.logged import confirmed_shift, log_class, log_shift
from tests.school import HOST, PASSWORD, School


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def ana(school: School, cohort: Cohort) -> Person:
    ana = school.person(Role.LEARNER, cohort, "Ana Lopez")
    school.certify(ana)
    return ana


@pytest.fixture
def board(school: School) -> Bureau:
    return bureau(school)


def letters(school: School) -> list[dict[str, str]]:
    with school.database.reading() as session:
        mail = select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id)
        return [job.body for job in session.scalars(mail)]


def count(school: School, what: type) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what))


def deciding(school: School, board: Bureau, ref: str) -> Page:
    return (
        school.browser(board.reviewer)
        .open(f"/board/releases/{ref}")
        .submit("/open")
        .click("Answer")
    )


def test_a_board_is_told_of_each_line_who_stands_behind_it_and_what_nobody_does(
    school: School, ana: Person, board: Bureau
):
    confirmed_shift(school, ana)
    with school.database.writing() as session:
        log_shift(session, school, ana, 3)
        log_class(session, school, ana)
        session.commit()
    ref = board.release(ana, Scope.FULL)
    page = school.browser(board.reader).open(f"/board/releases/{ref}").submit("/open")
    elsewhere, waiting, confirmed = (
        " ".join(li.text.split()) for li in page.soup.select(".ledger-line")[-3:]
    )
    assert "Rosa Vance, Peer supervisor" in confirmed
    assert "What they say of themselves is not checked by us." in confirmed
    assert "A certified peer." in confirmed
    assert "River House" in confirmed
    assert "Waiting for a signature" in waiting
    assert "Not checked by us" in elsewhere
    for line in (elsewhere, waiting):
        assert "Nobody yet. The holder wrote it down." in line
    for line in (elsewhere, waiting, confirmed):
        assert "Time present" not in line
    assert "2 h that the holder wrote down and nobody has signed." in page.text
    assert "3 h from other providers that we have not checked." in page.text


def test_what_a_holder_says_of_themself_is_never_shown_as_met(
    school: School, ana: Person, board: Bureau
):
    pack = f"/requirements/{PACK}/facts"
    school.browser(ana).open(pack).submit("facts", fact__recovery="attested")
    ref = board.release(ana, Scope.FULL)
    page = school.browser(board.reader).open(f"/board/releases/{ref}").submit("/open")
    said = [li.p.text for li in page.soup.select(".by-part > li") if "Recovery" in li.strong.text]
    assert any("The holder says so" in words for words in said)
    assert not any("Met" in words for words in said)


def test_who_waits_longest_stands_first_and_answers_move_down(
    school: School, cohort: Cohort, board: Bureau
):
    people = [school.person(Role.LEARNER, cohort, f"Learner {n}") for n in "ABC"]
    refs = [board.release(person) for person in people]
    board.decide(refs[0], Verdict.ACCEPTED)
    page = school.browser(board.reader).open("/board")
    waiting, answered = page.soup.select("ul.people")
    assert [row.select_one(".task-title").text for row in waiting.select("li")] == [
        "Learner B", "Learner C",
    ]  # fmt: skip
    assert "Learner A" in answered.text
    assert "Accepted" in answered.text


def test_a_board_sees_nothing_of_another_boards_releases(
    school: School, ana: Person, board: Bureau
):
    other = bureau(school, "Delaware Board")
    ref = board.release(ana)
    theirs = school.browser(other.head)
    assert "Ana Lopez" not in theirs.open("/board").text
    for path in (f"/board/releases/{ref}", f"/board/releases/{ref}/decide"):
        assert theirs.open(path).status == 404


@pytest.mark.parametrize(("verdict", "reasons"), [("asked-back", ""), ("declined", " \n ")])
def test_a_refusal_without_a_reason_is_not_sent_and_the_choice_is_kept(
    school: School, ana: Person, board: Bureau, verdict: str, reasons: str
):
    page = deciding(school, board, board.release(ana))
    page = page.submit("/decide", verdict=verdict, reasons=reasons)
    assert page.status == 422
    assert "Say what is missing or why" in page.text
    assert page.soup.select_one("input[checked]")["value"] == verdict
    assert count(school, Decision) == 0


def test_reasons_that_are_too_long_are_given_back(school: School, ana: Person, board: Bureau):
    page = deciding(school, board, board.release(ana))
    page = page.submit("/decide", verdict="declined", reasons="x" * 4001)
    assert page.status == 422
    assert page.soup.select_one("textarea").text.strip() == "x" * 4001


def test_typing_longer_than_the_opening_loses_nothing(school: School, ana: Person, board: Bureau):
    page = deciding(school, board, board.release(ana))
    school.pass_time(hours=2)
    page = page.submit("/decide", verdict="accepted", reasons="")
    assert "Your answer is written down" in page.text
    assert "Open the record" in page.text


def test_nobody_decides_on_what_they_never_opened(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    page = school.browser(board.reviewer).open(f"/board/releases/{ref}/decide")
    page = page.submit("/decide", verdict="accepted")
    assert page.status == 422
    assert "Open the record before you decide" in page.text


def test_a_later_answer_stands_and_the_earlier_stays(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    board.decide(ref, Verdict.DECLINED, "Too few hours")
    board.decide(ref, Verdict.ACCEPTED, "Counted again: enough")
    page = school.browser(ana).open(f"/releases/{ref}")
    shown = [each.text for each in page.soup.select("ol.ledger h3")]
    assert shown == ["Accepted", "Declined"]


def test_a_reader_looks_and_cannot_decide(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    theirs = school.browser(board.reader)
    page = theirs.open(f"/board/releases/{ref}").submit("/open")
    assert not page.soup.select("a[href$='/decide']")
    page = theirs.open(f"/board/releases/{ref}/decide")
    assert page.status == 403
    assert "Ask the head of your board" in page.text


@pytest.mark.parametrize(
    "path", ["/board/people", "/board/log", "/board/draft", "/board/draft/preview"]
)
def test_only_the_head_sees_people_log_and_draft(school: School, board: Bureau, path: str):
    assert school.browser(board.head).open(path).status == 200
    for person in (board.reader, board.reviewer):
        assert school.browser(person).open(path).status == 403


def test_an_account_without_a_board_checks_codes_and_is_told_how_to_get_a_desk(school: School):
    browser = school.browser(school.person(Role.BOARD))
    assert "belongs to no board yet" in browser.open("/board").text
    for path in ("/board/watches", "/board/people", "/board/log", "/board/draft"):
        assert browser.open(path).status == 404


def test_each_figure_leads_to_the_lines_behind_it(
    school: School, ana: Person, cohort: Cohort, board: Bureau
):
    school.attend(ana, school.person(Role.ASSESSOR, cohort, "Tess Trainer"), cohort, 60)
    ref = board.release(ana)
    board.look(ref, board.reader)
    page = school.browser(board.reader).open(f"/board/releases/{ref}")
    links = page.soup.select("ul.by-part a[href^='#line-']")
    assert links
    for link in links:
        line = page.soup.find(id=link["href"].removeprefix("#"))
        assert "Tess Trainer" in line.text
        assert "Practice" in line.text


def change(school: School, code: str, how: str) -> None:
    with school.database.writing() as session:
        row = session.scalars(select(Certificate).where(Certificate.code == code)).one()
        holder = session.get_one(Person, row.person_id)
        if how == "revoked":
            issuing.revoke(session, school.now, row, ReasonClass.HOLDER_ASKED, None)
        else:
            issuing.reissue(session, school.now, row, holder, "Ana Diaz", school.office, holder)
        session.commit()


@pytest.mark.parametrize("how", ["revoked", "replaced"])
def test_who_decides_is_told_when_a_watched_certificate_changes(
    school: School, cohort: Cohort, board: Bureau, how: str
):
    ana = school.person(Role.LEARNER, cohort, "Ana Lopez")
    code = school.certify(ana)
    deciding(school, board, board.release(ana)).submit("/decide", verdict="accepted", watch="y")
    before = len(letters(school))
    change(school, code, how)
    told = [each for each in letters(school)[before:] if "accepted" in each["subject"]]
    assert sorted(each["to"] for each in told) == sorted([board.reviewer.email, board.head.email])
    for letter in told:
        assert "Ana" not in letter["subject"] + letter["text"]
        assert code not in letter["subject"] + letter["text"]
    page = school.browser(board.reader).open("/board/watches")
    assert "letters sent on" in page.text
    assert count(school, Watch) == (1 if how == "revoked" else 2)  # what took its place is watched


def test_an_acceptance_without_the_tick_watches_nothing(school: School, ana: Person, board: Bureau):
    deciding(school, board, board.release(ana)).submit("/decide", verdict="accepted")
    assert count(school, Watch) == 0


def test_a_watch_goes_on_when_the_release_ends_and_stops_when_the_board_says(
    school: School, ana: Person, board: Bureau
):
    ref = board.release(ana)
    deciding(school, board, ref).submit("/decide", verdict="accepted", watch="y")
    board.decide(ref, Verdict.ACCEPTED)
    board.end(ref)
    assert not school.browser(board.reader).open("/board/watches").soup.select("form")[1:]
    page = school.browser(board.reviewer).open("/board/watches").submit("/board/watches/")
    assert "no more letters" in page.text
    assert count(school, Watch) == 0


def test_an_operator_makes_a_board_and_its_head_invites_a_reader(school: School):
    operator = school.browser(school.person(Role.OPERATOR))
    page = operator.open("/operate/boards").submit(
        "/operate/boards", name="  Oregon   Board ", packs=["md-cprs"]
    )
    assert "Oregon Board" in page.soup.h1.text
    page.submit("/invite", email="hana@board.example")
    head = join(school, "Hana Head", "Oregon Board")
    page = head.open("/board/people")
    page = page.submit("/board/people", email="rex@board.example", seat="reader")
    assert "on its way" in page.text
    reader = join(school, "Rex Reader", "Oregon Board")
    assert reader.open("/board").soup.h1.text == "Oregon Board"
    assert reader.open("/board/people").status == 403
    assert "Rex Reader" in head.open("/board/people").text


def join(school: School, name: str, board: str):
    """Follow the newest letter's link and make an account."""
    link = letters(school)[-1]["text"].split()[-1].removeprefix(HOST)
    browser = school.browser()
    page = browser.open(link)
    assert board in page.text
    page.submit("/join", name=name, password=PASSWORD)
    return browser


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "\u200b"])
def test_a_board_without_a_name_is_refused(school: School, name: str):
    page = school.browser(school.person(Role.OPERATOR)).open("/operate/boards")
    page = page.submit("/operate/boards", name=name)
    assert page.status == 422


def test_two_boards_of_one_name_are_refused(school: School, board: Bureau):
    page = school.browser(school.person(Role.OPERATOR)).open("/operate/boards")
    page = page.submit("/operate/boards", name=board.board.name)
    assert page.status == 422
    assert "exists already" in page.text


def test_an_operator_sees_who_works_there_and_nothing_that_was_released(
    school: School, ana: Person, board: Bureau
):
    board.release(ana)
    operator = school.browser(school.person(Role.OPERATOR))
    page = operator.open(f"/operate/boards/{board.board.ref}")
    assert board.head.name in page.text
    assert "Ana Lopez" not in page.text
    form = page.fields("/invite")
    for packs, status in (([], 303), (["nothing"], 422)):
        fields = form | {"packs": packs, "once": [f"packs-{status}"]}
        assert operator.post(page.path, fields, follow=False).status == status
    assert page.submit("/invite", email="nobody").status == 422


def test_the_head_changes_a_seat_and_takes_someone_off_at_once(school: School, board: Bureau):
    theirs = school.browser(board.reader)
    page = school.browser(board.head).open("/board/people").click(board.reader.name)
    page = page.submit("/board/people/", seat="reviewer")
    assert "Reviewer" in page.text
    page = page.click(board.reader.name).submit("/board/people/", seat="leave")
    assert board.reader.name not in page.text
    assert theirs.open("/board").status == 403
    with school.database.reading() as session:
        assert not session.scalars(
            select(GrantRow).where(GrantRow.person_id == board.reader.id)
        ).all()


def test_a_board_keeps_a_head(school: School, board: Bureau):
    page = school.browser(board.head).open("/board/people").click(board.head.name)
    for chosen in ("reader", "leave"):
        refused = page.submit("/board/people/", seat=chosen)
        assert refused.status == 422
        assert "A board needs a head" in refused.text
    seat(school, board.board, Seat.HEAD)
    page = page.submit("/board/people/", seat="reader")
    assert page.path == "/board"


def test_who_works_at_one_board_cannot_join_another(school: School, board: Bureau):
    other = bureau(school, "Delaware Board")
    page = school.browser(other.head).open("/board/people")
    page.submit("/board/people", email=board.reader.email, seat="reader")
    link = letters(school)[-1]["text"].split()[-1].removeprefix(HOST)
    page = school.browser(board.reader).open(link)
    assert "Delaware Board" in page.text
    page = page.submit("/join")
    assert page.status == 422
    assert "You work at a board here already" in page.text
    assert count(school, BoardMember) == 6


def test_who_left_one_board_can_join_another_with_the_same_account(school: School, board: Bureau):
    other = bureau(school, "Delaware Board")
    school.browser(board.head).open("/board/people").click(board.reader.name).submit(
        "/board/people/", seat="leave"
    )
    page = school.browser(other.head).open("/board/people")
    page.submit("/board/people", email=board.reader.email, seat="reviewer")
    link = letters(school)[-1]["text"].split()[-1].removeprefix(HOST)
    browser = school.browser(board.reader)
    browser.open(link).submit("/join")
    assert browser.open("/board").soup.h1.text == "Delaware Board"


def test_the_log_says_who_did_what_and_goes_by_numbers(school: School, ana: Person, board: Bureau):
    ref = board.release(ana)
    board.look(ref, board.reader)
    board.decide(ref, Verdict.DECLINED)
    page = school.browser(board.head).open("/board/log")
    assert board.reader.name in page.text
    assert "Answered: Declined" in page.text
    assert ref[:8] in page.text
    assert "Ana Lopez" not in page.text
    other = bureau(school, "Delaware Board")
    assert "Nothing yet" in school.browser(other.head).open("/board/log").text


def test_the_log_pages_by_key_and_leaves_no_line_out(
    school: School, ana: Person, board: Bureau, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(board_log, "PAGE", 3)
    ref = board.release(ana)
    for _ in range(4):  # at one moment
        board.look(ref, board.reader)
    board.decide(ref, Verdict.DECLINED)
    browser, shown, pages = school.browser(board.head), 0, 0
    page = browser.open("/board/log")
    while True:
        pages += 1
        shown += len(page.soup.select("tbody tr"))
        if not page.soup.select(".pager-older"):
            break
        page = browser.open(page.soup.select_one(".pager-older")["href"])
    assert (shown, pages) == (6, 3)


@pytest.mark.parametrize(
    "after", ["", "x", "2026-03-02_look_1", "2026-03-02T10:00:00+00:00_look_x", "_"]
)
def test_a_strange_key_shows_the_newest_page(school: School, board: Bureau, after: str):
    assert school.browser(board.head).open(f"/board/log?after={after}").status == 200


def test_a_draft_is_checked_saved_and_tried_on_released_hours_only(
    school: School, cohort: Cohort, board: Bureau
):
    names = {scope: school.person(Role.LEARNER, cohort, f"Holder {scope}") for scope in Scope}
    refs = {scope: board.release(person, scope) for scope, person in names.items()}
    trainer = school.person(Role.ASSESSOR, cohort)
    for person in names.values():
        school.attend(person, trainer, cohort, 60)
    head = school.browser(board.head)
    page = head.open("/board/draft").submit("/board/draft", text=RULE)
    assert "Saved as a draft" in page.text
    assert "nothing is wrong with its form" in page.text, page.text
    assert "2 records show hours to you" in page.text
    page = page.submit("/preview")
    assert "Holder full" in page.text
    assert "Our training: 1 h of 1 h." in page.text
    assert "Holder hours" in page.text
    assert "Holder existence" not in page.text
    assert "Secret question" not in page.text
    for scope, ref in refs.items():
        told = "a draft of the board's own rule was tried on it"
        assert (told in school.browser(names[scope]).open(f"/releases/{ref}").text) is (
            scope is not Scope.EXISTENCE
        )
    board.end(refs[Scope.FULL])
    assert "Holder full" not in head.open("/board/draft/preview").text
    school.pass_time(minutes=30)
    page = head.open("/board/draft/preview")
    assert "Holder hours" not in page.text
    assert "md-cprs" in school.shelf.current().packs  # and nothing was published
    assert "draft" not in school.shelf.current().packs


def test_a_faulty_draft_is_kept_and_its_faults_named_by_line(school: School, board: Bureau):
    text = RULE.replace("confidence: high", "confidence: sure").strip()
    page = school.browser(board.head).open("/board/draft").submit("/board/draft", text=text)
    assert page.status == 200
    ((line, field, fault, remedy),) = (row.select("th, td") for row in page.soup.select("tbody tr"))
    assert (line.text, field.text) == ("9", "versions[2027].confidence")
    assert "does not fit" in fault.text
    assert "high" in remedy.text
    assert page.soup.select_one("textarea").text.strip() == text
    assert not page.soup.select("form[action$='/preview']")
    assert (
        "no draft that can be tried" in school.browser(board.head).open("/board/draft/preview").text
    )


def test_a_draft_saved_by_someone_else_meanwhile_is_not_overwritten(school: School, board: Bureau):
    head = school.browser(board.head)
    first, second = head.open("/board/draft"), head.open("/board/draft")
    first.submit("/board/draft", text=RULE)
    page = second.submit("/board/draft", text="title: mine")
    assert page.status == 409
    assert page.soup.select_one("textarea").text.strip() == "title: mine"
    assert "Our own rule" in head.open("/board/draft").text


def test_a_draft_can_come_as_a_file(school: School, board: Bureau):

    head = school.browser(board.head)
    page = head.open("/board/draft")
    assert page.submit("/board/draft", text="").status == 422
    assert page.submit("/board/draft", text="x" * 150_001).status == 422
    for raw, status in ((RULE.encode(), 303), (b"\xff\xfe", 422), (b"a\x00b", 422)):
        fields = page.fields("/board/draft") | {"file": (BytesIO(raw), "rule.yaml")}
        fields["once"] = [f"file-{status}-{len(raw)}"]
        assert head.post("/board/draft", fields, follow=False).status == status


def test_a_draft_can_begin_with_our_wording(school: School, board: Bureau):
    head = school.browser(board.head)
    page = head.open("/board/draft").click("Begin with our wording")
    assert page.soup.select_one("textarea").text.lstrip().startswith("title: Maryland")
    assert "nothing is wrong with its form" in page.text
    assert head.open("/board/draft?from=il-crss").soup.select_one("textarea").text.strip() == ""


def test_answered_releases_come_in_pages_and_none_is_left_out(
    school: School, cohort: Cohort, board: Bureau, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(release_lists, "PAGE", 2)
    names = [f"Learner {n}" for n in "ABCDE"]
    for name in names:
        ref = board.release(school.person(Role.LEARNER, cohort, name))
        board.decide(ref, Verdict.DECLINED)
    other = bureau(school, "Delaware Board").release(school.person(Role.LEARNER, cohort))
    browser = school.browser(board.reader)
    page, shown = browser.open("/board"), []
    while True:
        shown += [row.text for row in page.soup.select(".task-title")]
        if not page.soup.select(".pager-older"):
            break
        page = browser.open(page.soup.select_one(".pager-older")["href"])
    assert shown == names[::-1]
    # A key of another board is none.
    assert "Learner E" in browser.open(f"/board?before={other}").text


def test_who_waits_in_the_list_is_who_waits_by_the_rule(
    school: School, cohort: Cohort, board: Bureau
):
    for number, verdict in enumerate((None, *Verdict)):
        ref = board.release(school.person(Role.LEARNER, cohort, f"Learner {number}"))
        if verdict:
            board.decide(ref, verdict)
        if verdict is Verdict.ASKED_BACK:
            with school.database.writing() as session:
                standing = releases.by_ref(session, school.now, ref)
                releases.ask_again(session, school.now, standing, standing.holder)
                session.commit()
    with school.database.reading() as session:
        every = releases.of_board(session, school.now, board.board.id)
        waits = release_lists.waiting(session, school.now, board.board.id)
        rest = release_lists.answered(session, school.now, board.board.id)
    by_rule = {s.release.id for s in every if s.state is State.WAITING}
    assert {s.release.id for s in waits} == by_rule
    assert {s.release.id for s in rest} == {s.release.id for s in every} - by_rule
    assert len(by_rule) == 2


def test_a_draft_with_figures_out_of_all_range_is_read_and_tried(
    school: School, ana: Person, board: Bureau
):
    board.release(ana)
    head = school.browser(board.head)
    page = head.open("/board/draft").submit("/board/draft", text="9" * 5000)
    assert "thousands of digits" in page.text
    text = RULE.replace("hours: 1}", "hours: 1, window: {within_months: 99999}}")
    page = head.open("/board/draft").submit("/board/draft", text=text).submit("/preview")
    assert "Ana Lopez" in page.text
