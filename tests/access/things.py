"""One thing of every kind that belongs to a learner or to their cohort."""

from datetime import date, timedelta

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.attendance import code
from lms.domain.certificate import ReasonClass
from lms.domain.hours import Modality
from lms.domain.people import Role
from lms.domain.provider_record import Qualification
from lms.domain.questions import questions
from lms.domain.rubric import COMPETENT, Rating
from lms.domain.sharing import Shared
from lms.models.certificates import Certificate
from lms.models.hours import LiveSession
from lms.models.people import Cohort, Device, Person
from lms.records import (
    applications,
    attempts,
    boards,
    calendars,
    certificates,
    door,
    evaluated,
    grading,
    hours,
    learning,
    live_sessions,
    naming,
    people,
    provider,
    role_plays,
    sharing,
    standing,
    timetable,
    undertakings,
)
from lms.records.live_sessions import Presence
from tests.access.world import device_of
from tests.faults.ready import make_ready
from tests.logged import logged_by
from tests.school import PROGRAM, School

PASSED, BEGUN = "ethics-and-scope", "boundaries-and-self-disclosure"
WRITING, WAITING = "the-pill-question", "a-ride-home"
DECIDED, RELEASED = "marcus-at-the-door", "the-intake-form"


def things_of(school: School, cohort: Cohort, owner: Person) -> dict[str, str]:
    """References and codes by kind."""
    trainers = [school.person(Role.ASSESSOR, cohort) for _ in range(2)]
    result = school.take_quiz(owner, PASSED)
    plays = {name: school.hand_in(owner, name) for name in (WAITING, DECIDED, RELEASED)}
    for name in (DECIDED, RELEASED):
        decide(school, plays[name], trainers)
    code = school.certify(owner)
    ready = make_ready(school, cohort, "claim")
    device_of(school, owner, "A tablet")
    with school.database.writing() as session:
        play = role_plays.by_ref(session, plays[RELEASED])
        grading.release(session, school.now, [(play, owner)], trainers[0])
        version = _keep_papers(session, school, code)
        way = learning.way(session, school.shelf, owner.id, PROGRAM)
        writing = role_plays.begin(session, school.now, way, WRITING, "written", owner)
        found = {
            "attempt": attempts.start(session, way, school.now, owner, BEGUN).ref,
            "result": result,
            "paper": version,
            "wallet": URLSafeTimedSerializer(school.settings.secret, salt="wallet").dumps(code),
            "open play": writing.ref,
            "written play": _write(session, school, owner),
            "criterion": _criterion(school, WAITING),
            "decided criterion": _criterion(school, DECIDED),
            "waiting play": plays[WAITING],
            "decided play": plays[DECIDED],
            "released play": plays[RELEASED],
            "certificate": code,
            "meeting": _meet(session, school, cohort, owner, trainers[0]),
            "line": hours.lines(session, owner.id)[0].ref,
            "cohort": cohort.ref,
            "person": owner.ref,
            "person address": owner.email,
            "trainer": trainers[0].ref,
            "qualification": _qualification(session, school, trainers[0]),
            **_shown_to_others(session, school, code, owner),
            **_ready(session, school, ready.email),
            "undertaking": _undertaking(session, school, code, trainers[0]),
            "device": _tablet(session, owner),
            **logged_by(session, school, owner),
            **_timetable(session, school, cohort, owner, trainers[0]),
            "application": _application(session, school, owner),
        }
        session.commit()
    return found


def _qualification(session: Session, school: School, trainer: Person) -> str:
    """What a trainer holds, as an operator put it on record."""
    held = Qualification("CPRS 99", date(2026, 1, 1))
    row = provider.hold(session, school.now, trainer, trainer, held, "Card seen")
    session.flush()
    return row.ref


def _ready(session: Session, school: School, email: str) -> dict[str, str]:
    """Someone who can be given a certificate, and asks for another name on it."""
    person = people.by_email(session, email)
    row = naming.ask(session, school.now, school.office, person, f"{person.name} New", person)
    return {"ready person": person.ref, "name": row.ref}


def _shown_to_others(session: Session, school: School, code: str, owner: Person) -> dict[str, str]:
    """A link by which the holder shows a certificate and its papers."""
    row = session.scalars(select(Certificate).where(Certificate.code == code)).one()
    link = sharing.make(session, school.now, row, Shared.PAPERS, 90, "A clinic", owner)
    address = sharing.token(school.settings.secret, link)
    return {"share link": link.ref, "share address": address}


def _undertaking(session: Session, school: School, code: str, by: Person) -> str:
    """A revocation that waits for a second person."""
    row = session.scalars(select(Certificate).where(Certificate.code == code)).one()
    begun = undertakings.revoke(session, school.now, [row], ReasonClass.ISSUED_IN_ERROR, by)
    begun.needs_second = True
    session.flush()
    return begun.ref


def _write(session: Session, school: School, owner: Person) -> str:
    """Another go at a role-play, written to its end and not handed in."""
    way = learning.way(session, school.shelf, owner.id, PROGRAM)
    play = role_plays.begin(session, school.now, way, RELEASED, "written", owner)
    scene = role_plays.scene(session, school.shelf, play)
    for turn in scene.unanswered:
        role_plays.save_reply(session, school.now, scene, turn, "I am listening.", 0)
    return play.ref


def _criterion(school: School, scenario_id: str) -> str:
    library = school.shelf.current()
    return library.rubrics[library.scenarios[scenario_id].rubric].criteria[0].id


def decide(school: School, ref: str, trainers: list[Person]) -> None:
    """Have as many trainers as are asked for sign a sheet that says competent throughout."""
    for trainer in trainers:
        with school.database.writing() as session:
            scene = role_plays.scene(session, school.shelf, role_plays.by_ref(session, ref))
            if scene.play.state != role_plays.DECIDED:
                sheet = {c.id: Rating(level=COMPETENT) for c in scene.rubric.criteria}
                grading.sign(session, school.now, scene, trainer, sheet, 0)
            session.commit()


def _keep_papers(session: Session, school: School, code: str) -> str:
    """Keep both papers of a certificate; the version of each in its address."""
    row = session.scalar(select(Certificate).where(Certificate.code == code))
    for kind in (certificates.CERTIFICATE, certificates.TRANSCRIPT):
        certificates.keep_paper(session, school.now, row.id, kind, "1", b"%PDF-1.7")
    return certificates.paper_version(session, row, certificates.CERTIFICATE)


def _application(session: Session, school: School, owner: Person) -> str:
    """An application that was put together, with a word on recovery in it, and printed."""
    pack, today = school.shelf.current().packs["md-cprs"], school.office.day(school.now)
    recovery = next(n for n in questions(pack.versions[0]) if n.id == "recovery")
    said = {"recovery": (recovery, standing.Said("attested"))}
    boards.follow(session, school.now, owner, [pack.id])
    standing.say(session, school.now, owner, pack.id, said)
    session.flush()
    row = applications.put_together(
        session, school.now, owner, evaluated.of_one(session, owner.id, pack, today),
        school.shelf.current(), school.office, True,
    )  # fmt: skip
    applications.keep_pdf(session, row.id, "1", b"%PDF-1.7")
    return row.ref


def _tablet(session: Session, owner: Person) -> str:
    mine = select(Device.ref).where(Device.person_id == owner.id, Device.label == "A tablet")
    return str(session.scalar(mine))


def _meet(session: Session, school: School, cohort: Cohort, owner: Person, trainer: Person) -> str:
    begin, end = school.now - timedelta(hours=3), school.now - timedelta(hours=1)
    meeting = live_sessions.hold(
        session,
        school.now,
        trainer,
        cohort.id,
        "Listening",
        Modality.LIVE_IN_PERSON,
        (begin, end),
        0,
        {"ethics": 100},
    )
    there = {owner.id: Presence(begin, end)}
    live_sessions.record(session, school.now, trainer, meeting, there)
    return meeting.ref


def _timetable(
    session: Session, school: School, cohort: Cohort, owner: Person, trainer: Person
) -> dict[str, str]:
    """A meeting to come, one that runs and shows its code, and the owner's calendar."""
    now, secret = school.now, school.settings.secret

    def planned(hours_ahead: float) -> LiveSession:
        begin = now + timedelta(hours=hours_ahead)
        interval = (begin, begin + timedelta(hours=2))
        modality, topics = Modality.LIVE_IN_PERSON, {"ethics": 100}
        plan = timetable.Plan(cohort.id, "Listening", modality, interval, topics)
        return timetable.plan(session, now, trainer, plan)

    running = planned(-0.5)
    door.show_code(session, now, trainer, running)
    feed = calendars.start(session, now, owner, shows_titles=False, shows_links=False)
    session.flush()
    return {
        "coming": planned(24).ref,
        "open meeting": running.ref,
        "code": code(door.key(secret), running.ref, now),
        "calendar": calendars.token(secret, feed),
    }
