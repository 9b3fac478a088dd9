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
    "/requirements/<pack_id>": "/requirements/{pack}",
    "/requirements/<pack_id>/follow": "/requirements/{pack}/follow",
    "/requirements/<pack_id>/facts": "/requirements/{pack}/facts",
    "/requirements/<pack_id>/credential": "/requirements/{pack}/credential",
    "/requirements/<pack_id>/moving": "/requirements/{pack}/moving",
    "/requirements/<pack_id>/application": "/requirements/{pack}/application",
    "/applications/<ref>.pdf": "/applications/{application}.pdf",
    "/applications/<ref>.csv": "/applications/{application}.csv",
    "/manage/cohorts/<ref>/requirements": "/manage/cohorts/{cohort}/requirements?packs={pack}",
    "/hours/lines/<ref>": "/hours/lines/{log}",
    "/hours/confirmations/<ref>": "/hours/confirmations/{confirmation}",
    "/confirm/<token>": "/confirm/{confirmation link}",
    "/manage/transfers/<ref>": "/manage/transfers/{transfer}",
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
    "/requirements/choose": {"pack": "{pack}"},
    "/requirements/<pack_id>/follow": {},
    "/requirements/<pack_id>/facts": {"fact-recovery": "attested", "fact-education": "waiting"},
    "/requirements/<pack_id>/credential": {
        "certified_on": "2026-01-15",
        "valid_until": "2028-01-14",
    },
    "/requirements/<pack_id>/application": {"tell": "y"},
    "/hours/add": {
        "kind": "elsewhere",
        "title": "Motivational interviewing",
        "modality": "live-online",
        "provider": "River College",
        "day": "2026-02-03",
        "last_day": "2026-02-04",
        "minutes": "180",
        "place": "Online",
        "approvals": "NAADAC 1234",
        "evidence": "A certificate",
        "topic_1": "communication",
        "minutes_1": "100",
        "topic_2": "ethics",
        "minutes_2": "",
    },
    "/hours/lines/<ref>": {"reason": "Wrong day"},
    "/hours/confirm": {
        "line": "{log}",
        "to_name": "Rosa Vance",
        "to_email": "rosa@work.example",
        "relation": "supervisor",
        "month": "",
    },
    "/hours/confirmations/<ref>": {"reason": "Wrong address"},
    "/confirm/<token>": {
        "all": "yes",
        "name": "Rosa Vance",
        "role": "Supervisor",
        "is_peer": "yes",
        "years": "4",
        "attest": "y",
    },
    "/manage/transfers/<ref>": {"verdict": "decline", "reason": "No certificate"},
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
