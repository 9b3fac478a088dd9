"""Programs of a board: what a key opens, and that it opens no more."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import func, select

from lms.domain.api_keys import A_MINUTE, MOST_KEYS, KeyScope
from lms.domain.certificate import ReasonClass, code_from, spaced
from lms.domain.people import Role
from lms.domain.release import Scope, Seat
from lms.models.api_keys import ApiKey
from lms.models.boards import Look
from lms.models.certificates import Certificate
from lms.models.journal import AuditEvent
from lms.records import issuing, releases
from tests.bureau import PACK
from tests.school import HOST, School
from tests.seating import Seated, seat
from tests.web.test_query_budget import counted

META = json.loads((Path(__file__).parent / "openapi-3.1.json").read_text(encoding="utf-8"))
ABSENT = code_from(2**100 + 12345)


@pytest.fixture
def desk(school: School) -> Seated:
    return seat(school)


class Program:
    """A program with a key."""

    def __init__(self, school: School, key: str = "") -> None:
        self.client = school.app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path: str, **headers: str) -> Any:
        """Ask."""
        return self.client.get(f"/api/v1{path}", base_url=HOST, headers=self.headers | headers)

    def check(self, body: object, **more: Any) -> Any:
        """Ask about many."""
        sent = {"json": body} | more
        return self.client.post(
            "/api/v1/certificates/check", base_url=HOST, headers=self.headers, **sent
        )


def learner(school: School, name: str = "Ana Ruiz") -> tuple[Any, str]:
    cohort = school.cohort(f"Of {name}")
    person = school.person(Role.LEARNER, cohort, name)
    school.attend(person, school.person(Role.ASSESSOR, cohort), cohort, 60)
    return person, school.certify(person)


def described(school: School) -> dict[str, Any]:
    return Program(school).get("/openapi.json").json


def fits(school: School, response: Any, path: str, method: str = "get") -> None:
    """Assert that an answer is as the description says."""
    document = described(school)
    said = document["paths"][f"/api/v1{path}"][method]["responses"]
    answer = said.get(str(response.status_code), said.get("default"))
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema = answer["content"][response.mimetype]["schema"]
    Draft202012Validator(schema | {"components": document["components"]}).validate(response.json)


def problem(response: Any, status: int, words: str) -> None:
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == status
    assert words in response.json["detail"]
    assert "Set-Cookie" not in response.headers
    assert "<html" not in response.text


def test_the_description_is_openapi_and_names_every_route_and_no_other(school: School):
    document = described(school)
    Draft202012Validator(META).validate(document)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in school.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described_routes = {
        (path, method) for path, methods in document["paths"].items() for method in methods
    }
    assert routes == described_routes
    assert document["servers"] == [{"url": HOST}]


def test_the_description_asks_for_the_very_scopes_that_the_routes_do(school: School):
    for path, methods in described(school)["paths"].items():
        for method, operation in methods.items():
            view = school.app.view_functions[f"api.{operation['operationId']}"]
            (allowed,) = view.access[method.upper()]
            scopes = [scope for needed in operation["security"] for scope in needed["key"]]
            assert scopes == ([str(allowed)] if allowed != "public" else []), path


def test_a_certificate_is_shown_as_on_its_public_page(desk: Seated):
    _person, code = learner(desk.school)
    program = Program(desk.school, desk.key(KeyScope.VERIFY))
    for typed in (code, spaced(code), code.lower()):
        answer = program.get(f"/certificates/{typed}")
        assert answer.json["state"] == "valid"
        assert answer.json["facts"]["holder"] == "Ana Ruiz"
        fits(desk.school, answer, "/certificates/{code}")
    public = program.client.get(
        f"/verify/{code}", base_url=HOST, headers={"Accept": "application/json"}
    ).json
    assert answer.json == public
    problem(program.get(f"/certificates/{ABSENT}"), 404, "Nobody here holds this code")
    problem(program.get("/certificates/nonsense"), 422, "27 letters and digits")
    assert program.get(f"/certificates/{ABSENT}").json["state"] == "not-issued-by-us"
    fits(desk.school, program.get("/certificates/x"), "/certificates/{code}")


def test_many_are_answered_in_order_with_the_ids_they_came_with(desk: Seated):
    _person, ana = learner(desk.school)
    _other, ben = learner(desk.school, "Ben Okoye")
    with desk.school.database.writing() as session:
        row = session.scalar(select(Certificate).where(Certificate.code == ben))
        issuing.revoke(session, desk.school.now, row, ReasonClass.HOLDER_ASKED, None)
        session.commit()
    program = Program(desk.school, desk.key(KeyScope.VERIFY))
    answer = program.check(
        {
            "certificates": [
                {"code": ben, "id": "=1+1"},
                {"code": "x", "id": "2"},
                {"code": spaced(ana).lower(), "id": "2", "name": "ana ruiz", "hours": "2"},
                {"code": ABSENT},
            ]
        }
    )
    fits(desk.school, answer, "/certificates/check", "post")
    told = [(one["id"], one["state"], one["holder"]) for one in answer.json["answers"]]
    assert told == [
        ("=1+1", "revoked", None),
        ("2", "cannot-be-read", None),
        ("2", "valid", "Ana Ruiz"),
        ("", "not-issued-by-us", None),
    ]
    third = answer.json["answers"][2]
    assert (third["name_compared"], third["hours_compared"]) == ("same", "differs")
    assert answer.json["remarks"] == ["The id 2 stands in rows 2, 3. Each was answered."]


def test_a_thousand_are_few_statements(desk: Seated):
    program = Program(desk.school, desk.key(KeyScope.VERIFY))
    with counted(desk.school) as sent:
        answer = program.check({"certificates": [{"code": code_from(n)} for n in range(1000)]})
    assert answer.json["counts"]["not-issued-by-us"] == 1000
    assert len(sent) < 12


UNREADABLE = [
    ([], "Send {"),
    ({}, "Send {"),
    ({"certificates": []}, "with one or more"),
    ({"certificates": "x"}, "Send {"),
    ({"certificates": [{"code": "x"}] * 1001}, "There are 1,001 certificates; 1,000 are"),
    ({"certificates": ["x"]}, "Certificate 1 is not an object"),
    ({"certificates": [{"code": "x"}, {"id": "x"}]}, "Certificate 2 is not an object"),
    ({"certificates": [{"code": "x", "row": "1"}]}, "Certificate 1 is not an object"),
    ({"certificates": [{"code": 46}]}, "In certificate 1, code is not a text"),
    ({"certificates": [{"code": "x", "id": None}]}, "In certificate 1, id is not a text"),
    ({"certificates": [{"code": "x" * 201}]}, "at most 200 characters"),
    (46, "Send {"),
]


def test_a_question_that_cannot_be_read_is_refused_with_where(desk: Seated):
    program = Program(desk.school, desk.key())
    for body, words in UNREADABLE:
        answer = program.check(body)
        problem(answer, 422, words)
        fits(desk.school, answer, "/certificates/check", "post")


NO_JSON = [
    ({"data": "{", "content_type": "application/json"}, 400),
    ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
    ({"data": {"code": "x"}}, 415),
    ({"data": "[" * 100_000, "content_type": "application/json"}, 400),
    ({"data": b"x" * 1_000_001, "content_type": "application/json"}, 413),
]


def test_a_body_that_is_no_json_is_refused(desk: Seated):
    program = Program(desk.school, desk.key())
    for sent, status in NO_JSON:
        problem(program.check(None, **{"json": None} | sent), status, "")


def test_no_key_or_one_that_is_over_opens_nothing(desk: Seated):
    school = desk.school
    key = desk.key(days=1)
    for wrong in (
        "",
        "x",
        key[:-1],
        key + "x",
        "peerpath_",
        "peerpath_" + "x" * 5000,
        "peerpath_é",
    ):
        answer = Program(school, wrong).get(f"/certificates/{ABSENT}")
        problem(answer, 401, "key")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    basic = Program(school).get("/releases", Authorization=f"Basic {key}")
    problem(basic, 401, "Send your key")
    assert Program(school, key).get("/releases").status_code == 200
    school.pass_time(days=1)
    problem(Program(school, key).get("/releases"), 401, "over")


def test_a_key_opens_only_its_scopes(desk: Seated):
    verify, reads = desk.key(KeyScope.VERIFY), desk.key(KeyScope.RELEASES)
    problem(Program(desk.school, verify).get("/releases"), 403, "lacks the scope releases")
    answer = Program(desk.school, reads).get(f"/certificates/{ABSENT}")
    problem(answer, 403, "lacks the scope verify")
    fits(desk.school, answer, "/certificates/{code}")


def test_a_key_that_asks_too_often_is_told_how_long_to_wait(desk: Seated):
    school = desk.school
    program = Program(school, desk.key(KeyScope.VERIFY))
    other = Program(school, desk.key(KeyScope.VERIFY))
    program.get("/certificates/x")
    with school.database.writing() as session:
        row = session.scalar(select(ApiKey).order_by(ApiKey.id).limit(1))
        row.used = A_MINUTE - 1
        session.commit()
    assert program.get("/certificates/x").status_code == 422
    answer = program.get("/certificates/x")
    problem(answer, 429, "600 times in this minute. Wait 60 seconds.")
    assert answer.headers["Retry-After"] == "60"
    assert other.get("/certificates/x").status_code == 422
    school.pass_time(seconds=59)
    assert program.get("/certificates/x").headers["Retry-After"] == "1"
    school.pass_time(seconds=1)
    assert program.get("/certificates/x").status_code == 422


@pytest.mark.parametrize("scope", Scope)
def test_a_released_record_is_shown_in_its_scope_and_is_a_look(desk: Seated, scope: Scope):
    school = desk.school
    person, code = learner(school)
    ref = desk.release(person, scope)
    program = Program(school, desk.key(KeyScope.RELEASES))
    listed = program.get("/releases")
    fits(school, listed, "/releases")
    assert [one["ref"] for one in listed.json["releases"]] == [ref]
    assert "Ana" not in listed.text
    answer = program.get(f"/releases/{ref}")
    fits(school, answer, "/releases/{ref}")
    record = answer.json["record"]
    assert record["certificates"][0]["code"] == code
    assert ("minutes" in record) == (scope is not Scope.EXISTENCE)
    assert ("lines" in record) == (scope is Scope.FULL)
    with school.database.reading() as session:
        (look,) = session.scalars(select(Look)).all()
        assert (look.what, look.person_id) == (releases.PROGRAM, desk.head.id)
    assert "a program of the board read it" in school.browser(person).open(f"/releases/{ref}").text


def test_a_record_is_read_by_the_rules_the_holder_named(desk: Seated):
    ref = desk.release(learner(desk.school)[0], Scope.HOURS, PACK)
    answer = Program(desk.school, desk.key(KeyScope.RELEASES)).get(f"/releases/{ref}")
    fits(desk.school, answer, "/releases/{ref}")
    assert answer.json["pack"] == PACK
    stages = answer.json["record"]["requirements"]
    assert any(one["need"] for stage in stages for one in stage["answers"])


def test_what_is_over_or_another_boards_is_not_shown_and_is_no_look(desk: Seated):
    school = desk.school
    person, _code = learner(school)
    ref = desk.release(person)
    program = Program(school, desk.key())
    strange = Program(school, seat(school, "Another board").key())
    problem(strange.get(f"/releases/{ref}"), 404, "another board")
    assert strange.get(f"/releases/{ref}").json == strange.get(f"/releases/{'0' * 26}").json
    assert strange.get("/releases").json["releases"] == []
    with school.database.writing() as session:
        standing = releases.by_ref(session, school.now, ref)
        releases.end(session, school.now, standing.release, person)
        session.commit()
    gone = program.get(f"/releases/{ref}")
    problem(gone, 410, "over")
    fits(school, gone, "/releases/{ref}")
    assert "Ana" not in gone.text
    assert program.get("/releases").json["releases"] == []
    with school.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Look)) == 0


def test_the_list_goes_on_after_the_last_of_a_page(desk: Seated, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lms.web.api.MOST_RELEASES", 2)
    refs = [desk.release(learner(desk.school, f"Person {n}")[0]) for n in range(3)]
    program = Program(desk.school, desk.key())
    first = program.get("/releases").json
    assert [one["ref"] for one in first["releases"]] == refs[:2]
    second = program.get(f"/releases?after={first['next']}").json
    assert ([one["ref"] for one in second["releases"]], second["next"]) == (refs[2:], None)
    problem(program.get("/releases?after=x"), 404, "Begin again")


def test_what_is_not_there_or_fails_is_a_problem_too(desk: Seated, monkeypatch):
    program = Program(desk.school, desk.key())
    problem(program.get("/nothing"), 404, "nothing at this address")
    posted = program.client.post("/api/v1/releases", base_url=HOST, headers=program.headers)
    problem(posted, 405, "method")
    monkeypatch.setattr("lms.web.api.released.see", lambda *_: 1 / 0)
    ref = desk.release(learner(desk.school)[0])
    problem(program.get(f"/releases/{ref}"), 500, "our side")


def test_a_key_is_made_by_the_head_shown_once_and_ended_by_the_head(desk: Seated):
    school = desk.school
    made = desk.browser.open("/board/keys").submit(
        "/board/keys", name="Nightly check", scopes=["verify"], days=30
    )
    key = made.soup.select_one("#key").get_text()
    assert re.fullmatch(r"peerpath_[\w-]{43}", key)
    assert Program(school, key).get("/certificates/x").status_code == 422
    page = desk.browser.open("/board/keys")
    assert key not in page.text
    assert "Nightly check" in page.text
    assert "Last used on 2 March 2026" in page.text
    with school.database.reading() as session:
        row = session.scalar(select(ApiKey))
        assert key not in str(vars(row))
        notes = session.scalars(select(AuditEvent).where(AuditEvent.tag.like("api-key:%"))).all()
        assert [note.detail for note in notes] == [{"scopes": "verify"}]
    ended = page.submit("/end")
    assert "opens nothing any more" in ended.text
    problem(Program(school, key).get("/certificates/x"), 401, "ended")
    assert "ended on 2 March 2026" in ended.text


def test_the_same_form_again_makes_no_second_key_and_shows_none(desk: Seated):
    fields = desk.browser.open("/board/keys").fields()
    fields |= {"name": "Twice", "scopes": "verify", "days": "30"}
    assert desk.browser.post("/board/keys", fields).soup.select_one("#key")
    again = desk.browser.post("/board/keys", fields)
    assert again.path == "/board/keys"
    assert again.soup.select_one("#key") is None
    with desk.school.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ApiKey)) == 1


@pytest.mark.parametrize("seat_", [Seat.READER, Seat.REVIEWER])
def test_only_the_head_makes_and_ends_keys(desk: Seated, seat_: Seat):
    desk.key()
    browser = desk.school.browser(desk.of(seat_))
    assert browser.open("/board/keys").status == 403
    with desk.school.database.reading() as session:
        ref = session.scalar(select(ApiKey.ref))
    form = desk.browser.open("/board/keys").fields("/end")
    browser.open("/account")
    token = browser.open("/account").fields()["csrf_token"]
    answer = browser.post(f"/board/keys/{ref}/end", {"csrf_token": token, "once": form["once"]})
    assert answer.status == 403


NO_KEYS = [
    ({"name": "", "scopes": ["verify"], "days": 5}, "Name the key."),
    ({"name": "\u202e\u200b", "scopes": ["verify"], "days": 5}, "Name the key"),
    ({"name": "x", "scopes": [], "days": 5}, "Choose what the key may ask."),
    ({"name": "x", "scopes": ["verify"], "days": 367}, "Enter 1 to 366 days."),
    ({"name": "x", "scopes": ["verify"], "days": 0}, "Enter 1 to 366 days."),
    ({"name": "x", "scopes": ["root"], "days": 5}, "not a valid choice"),
]


def test_a_key_that_cannot_be_made_is_refused_in_words(desk: Seated):
    for filled, words in NO_KEYS:
        page = desk.browser.open("/board/keys").submit("/board/keys", **filled)
        assert page.status == 422
        assert words in page.text


def test_a_board_has_only_so_many_keys(desk: Seated):
    for _n in range(MOST_KEYS):
        desk.key()
    fields = desk.browser.open("/board/keys").fields()
    fields |= {"name": "One more", "scopes": "verify", "days": "3"}
    page = desk.browser.post("/board/keys", fields)
    assert "Your board has 20 keys. End one" in page.text
