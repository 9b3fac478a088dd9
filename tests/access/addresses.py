"""The address of every route, and a form that would do what the route is for."""

from collections.abc import Mapping

from tests.school import PASSWORD, PROGRAM

Things = Mapping[str, str]

ADDRESSES = {
    "/static/<path:filename>": "/static/{file}",
    "/curriculum/<program_id>": "/curriculum/{program}",
    "/guides/<guide_id>": "/guides/{guide}",
    "/guides/<guide_id>.pdf": "/guides/{guide}.pdf",
    "/verify/<typed>": "/verify/{certificate}",
    "/sign-up/<token>": "/sign-up/{sign-up}",
    "/join/<token>": "/join/{invitation}",
    "/reset/<token>": "/reset/{reset}",
    "/account/devices/<ref>": "/account/devices/{device}",
    "/learn/images/<digest>.<ext>": "/learn/images/{image}.png",
    "/learn/<program_id>/<module_id>": "/learn/{program}/{module}",
    "/learn/<program_id>/<module_id>/<section_id>": "/learn/{program}/{module}/{section}",
    "/quizzes/<quiz_id>": "/quizzes/{quiz}",
    "/attempts/<ref>/<int:n>": "/attempts/{attempt}/1",
    "/attempts/<ref>/check": "/attempts/{attempt}/check",
    "/attempts/<ref>/submit": "/attempts/{attempt}/submit",
    "/attempts/<ref>/result": "/attempts/{result}/result",
    "/role-plays/<scenario_id>": "/role-plays/{scenario}",
    "/role-plays/answers/<ref>/<int:n>": "/role-plays/answers/{open play}/1",
    "/role-plays/answers/<ref>/check": "/role-plays/answers/{written play}/check",
    "/role-plays/feedback/<ref>": "/role-plays/feedback/{released play}",
    "/certificates/<code>.pdf": "/certificates/{certificate}.pdf",
    "/certificates/<code>-transcript.pdf": "/certificates/{certificate}-transcript.pdf",
    "/grading/<ref>": "/grading/{waiting play}",
    "/outcomes/<ref>": "/outcomes/{decided play}",
    "/sessions/<ref>": "/sessions/{meeting}",
    "/manage/cohorts/<ref>/invite": "/manage/cohorts/{cohort}/invite",
    "/manage/people/<ref>": "/manage/people/{person}",
    "/manage/people/<ref>/quizzes/<quiz_id>": (
        "/manage/people/{person}/quizzes/boundaries-and-self-disclosure"
    ),
    "/manage/hours/<ref>": "/manage/hours/{line}",
    "/manage/certificates/<code>/name": "/manage/certificates/{certificate}/name",
    "/manage/certificates/<code>/revoke": "/manage/certificates/{certificate}/revoke",
    "/releases/<ref>": "/releases/{release}",
    "/releases/<ref>/end": "/releases/{release}/end",
    "/releases/<ref>/again": "/releases/{asked release}/again",
    "/board/releases/<ref>": "/board/releases/{release}",
    "/board/releases/<ref>/open": "/board/releases/{release}/open",
    "/board/releases/<ref>/decide": "/board/releases/{release}/decide",
    "/board/watches/<ref>": "/board/watches/{watch}",
    "/board/people/<ref>": "/board/people/{member}",
    "/operate/boards/<ref>": "/operate/boards/{board}",
    "/operate/boards/<ref>/invite": "/operate/boards/{board}/invite",
    "/board/checks/<ref>": "/board/checks/{check}",
    "/board/checks/<ref>/answers.csv": "/board/checks/{check}/answers.csv",
    "/board/checks/<ref>/answers.csv.sig": "/board/checks/{check}/answers.csv.sig",
    "/board/checks/<ref>/sheet.pdf": "/board/checks/{check}/sheet.pdf",
    "/board/checks/<ref>/sheet.pdf.sig": "/board/checks/{check}/sheet.pdf.sig",
    "/board/checks/<ref>/delete": "/board/checks/{check}/delete",
    "/board/keys/<ref>/end": "/board/keys/{key}/end",
    "/board/releases/<ref>/sheet": "/board/releases/{asked release}/sheet",
    "/board/releases/<ref>/sheet.<ext>": "/board/releases/{asked release}/sheet.csv",
    "/board/releases/<ref>/sheet.<ext>.sig": "/board/releases/{asked release}/sheet.csv.sig",
    "/verify/<typed>/proof": "/verify/{certificate}/proof",
    "/log/tile/<path:address>": "/log/tile/{tile}",
    "/api/v1/certificates/<code>": "/api/v1/certificates/{certificate}",
    "/api/v1/releases/<ref>": "/api/v1/releases/{waiting release}",
}
"""By route; a route without a part to fill in is its own address."""

FORMS: dict[str, dict[str, str]] = {
    "/sign-in": {"email": "{address}", "password": PASSWORD},
    "/sign-up": {"email": "new@new.example", "name": "New Person", "password": PASSWORD},
    "/sign-up/<token>": {},
    "/join/<token>": {"name": "New Person", "password": PASSWORD},
    "/reset": {"email": "{address}"},
    "/reset/<token>": {"password": PASSWORD},
    "/sign-out": {},
    "/account": {},
    "/account/devices/<ref>": {},
    "/learn/<program_id>/<module_id>/<section_id>": {},
    "/quizzes/<quiz_id>": {},
    "/attempts/<ref>/<int:n>": {"answer": "1", "revision": "0", "go": "check"},
    "/attempts/<ref>/submit": {},
    "/role-plays/<scenario_id>": {},
    "/role-plays/answers/<ref>/<int:n>": {"reply": "I hear you.", "revision": "0", "go": "check"},
    "/role-plays/answers/<ref>/check": {},
    "/certificates": {"program": PROGRAM},
    "/grading/<ref>": {"level-{criterion}": "3", "revision": "0", "go": "draft"},
    "/grading/live": {"learner": "{classmate}", "scenario": "{scenario}"},
    "/outcomes": {"play": "{decided play}", "shown": "{decided play}", "go": "ticked"},
    "/outcomes/<ref>": {"level-{decided criterion}": "4", "reason": "Looked at again"},
    "/sessions": {
        "title": "Listening",
        "cohort": "{cohort}",
        "modality": "live-online",
        "held_on": "2026-03-01",
        "starts": "09:00",
        "ends": "11:00",
        "break_minutes": "10",
        "topic": "ethics",
    },
    "/sessions/<ref>": {
        "there-{person}": "y",
        "came-{person}": "08:30",
        "went-{person}": "09:00",
    },
    "/manage/cohorts/<ref>/invite": {"email": "new@new.example", "role": "learner"},
    "/manage/people/<ref>": {"factor": "150"},
    "/manage/people/<ref>/quizzes/<quiz_id>": {},
    "/manage/hours/<ref>": {"reason": "Counted twice"},
    "/manage/certificates/<code>/name": {"name": "New Name"},
    "/manage/certificates/<code>/revoke": {"reason": "holder-asked"},
    "/account/delete": {"password": PASSWORD},
    "/releases/new": {"board": "{board}:md-cprs", "scope": "hours", "until": "2026-05-01"},
    "/releases/<ref>/end": {},
    "/releases/<ref>/again": {},
    "/board/releases/<ref>/open": {},
    "/board/releases/<ref>/decide": {"verdict": "asked-back", "reasons": "One log is missing"},
    "/board/watches/<ref>": {},
    "/board/people": {"email": "new@new.example", "seat": "reader"},
    "/board/people/<ref>": {"seat": "reviewer"},
    "/board/draft": {"text": "title: Ours", "revision": "1"},
    "/board/draft/preview": {},
    "/operate/boards": {"name": "A new board"},
    "/operate/boards/<ref>": {},
    "/operate/boards/<ref>/invite": {"email": "new@new.example"},
    "/board/check": {"codes": "one line\nand another"},
    "/board/checks/<ref>/delete": {},
    "/board/keys": {"name": "A program", "scopes": "verify", "days": "30"},
    "/board/keys/<ref>/end": {},
    "/board/releases/<ref>/sheet": {},
    "/verify/sheet": {},
}
"""By route that takes a form: the fields that make it act."""


def address(route: str, things: Things) -> str:
    """Where a thing is reached by this route."""
    return ADDRESSES.get(route, route).format_map(things)


def form(route: str, things: Things) -> dict[str, str]:
    """A form about this thing that the route would act on."""
    return {
        name.format_map(things): value.format_map(things) for name, value in FORMS[route].items()
    }
