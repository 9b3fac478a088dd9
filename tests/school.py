"""A whole school on a database of its own, with a clock that tests move."""

import itertools
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask, Response
from jinja2.bccache import Bucket, BytecodeCache

from lms.app import create_app
from lms.config import Settings
from lms.domain.caps import Caps
from lms.domain.certificate import Provider
from lms.domain.hours import Modality
from lms.domain.items import Item, key
from lms.domain.people import Grant, Role
from lms.domain.rubric import COMPETENT, Rating
from lms.formats import seals
from lms.models.database import Database
from lms.models.people import Cohort, Person
from lms.records import (
    attempts,
    grading,
    issuing,
    learning,
    live_sessions,
    people,
    role_plays,
    signing_in,
)
from lms.records.office import Office
from lms.records.shelf import Shelf
from lms.web import signed_in
from lms.web.here import School as Here
from tests.browsing import Browser

PASSWORD = "a quiet morning walk"
HASH = people.hash_password(PASSWORD)
PROGRAM = "peer-support-foundations"
START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HOST = "https://school.example"
_LIVE = Modality.LIVE_IN_PERSON


class _Compiled(BytecodeCache):
    """Templates compiled once a run, though each school has an application of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what an earlier school compiled, if the source is the same."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next school."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@cache
def _put_together(secret: str, base_url: str) -> Flask:
    """The application, put together once a run: of a school it holds what its settings give here,
    and else only what ``lms.web.here`` says. To compile its addresses takes a tenth of a second.
    """
    nowhere = replace(settings(Path("nowhere"), "sqlite://"), secret=secret, base_url=base_url)
    app = create_app(nowhere)
    app.testing = False
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def settings(folder: Path, url: str) -> Settings:
    """Settings of a school served under https."""
    return Settings(
        data=folder,
        database_url=url,
        secret="0123456789abcdefghijklmnopqrstuvwxyz-tests",
        base_url=HOST,
        provider=Provider("Riverside Recovery School", "1 River Road", "R. Lee", "Director", ()),
        timezone=ZoneInfo("America/New_York"),
        open_sign_up=False,
        smtp_url="",
        mail_from="",
        demo=False,
        log_level="ERROR",
    )


@dataclass
class School:
    """One installation under test."""

    settings: Settings
    database: Database
    shelf: Shelf
    now: datetime = START
    app: Flask = field(init=False)
    pokes: int = 0
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        seals.make(self.settings.data, seals.CREDENTIALS)
        self.app = copy(_put_together(self.settings.secret, self.settings.base_url))
        here = Here(
            self.settings, self.database, self.shelf, self.office, lambda: self.now, self._poked
        )
        self.app.extensions = self.app.extensions | {"peerpath": here}

    def _poked(self) -> None:
        self.pokes += 1

    @property
    def office(self) -> Office:
        """What issuing needs."""
        caps = Caps(self.settings.daily_online_minutes)
        told = self.settings
        return Office(told.provider, told.base_url, told.timezone, False, caps)

    def pass_time(self, **time: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**time)

    def cohort(self, title: str = "Spring") -> Cohort:
        """A cohort of the foundations program."""
        with self.database.writing() as session:
            made = people.add_cohort(session, self.now, title, PROGRAM)
            session.commit()
            return made

    def person(self, role: Role, cohort: Cohort | None = None, name: str = "") -> Person:
        """Someone with one role; a learner is enrolled too."""
        number = next(self._numbers)
        with self.database.writing() as session:
            made = people.add_person(
                session,
                self.now,
                email=f"{role}{number}@school.example",
                name=name or f"{str(role).title()} Number{number}",
                password_hash=HASH,
                grants=(Grant(role, cohort.id if cohort else None),),
            )
            if role is Role.LEARNER and cohort is not None:
                learning.enrol(session, self.shelf, self.now, made, PROGRAM, cohort.id)
            session.commit()
            return made

    def browser(self, person: Person | None = None, address: str = "203.0.113.7") -> Browser:
        """A browser, signed in when a person is given: by the cookie alone, which costs less."""
        browser = Browser(self.app, HOST, address)
        if person is not None:
            with self.database.writing() as session:
                token = signing_in.start_device(session, self.now, person, "A phone")
                session.commit()
            with self.app.test_request_context(base_url=HOST):
                signed_in.remember(token)
                answer = self.app.process_response(Response())
            name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
            browser.client.set_cookie(name, value, domain=urlsplit(HOST).hostname, secure=True)
        return browser

    def read_all(self, learner: Person, module_id: str | None = None) -> None:
        """Finish every section (of a module)."""
        with self.database.writing() as session:
            way = learning.way(session, self.shelf, learner.id, PROGRAM)
            for mine in way.program.modules:
                for section in way.library.modules[mine].sections:
                    if module_id in (None, mine):
                        learning.finish_section(session, self.now, way, mine, section.id)
            session.commit()

    def take_quiz(self, learner: Person, quiz_id: str, right: bool = True) -> str:
        """Sit a quiz and hand it in; returns the attempt's reference."""
        with self.database.writing() as session:
            way = learning.way(session, self.shelf, learner.id, PROGRAM)
            ref = attempts.start(session, way, self.now, learner, quiz_id).ref
            session.commit()
        if right:
            self.answer_all(learner, ref)
        with self.database.writing() as session:
            sitting = attempts.sitting(session, self.shelf, learner, ref)
            attempts.submit(session, self.now, sitting)
            session.commit()
        return ref

    def answer_all(self, learner: Person, ref: str) -> None:
        """Give every item of an attempt its best answer."""
        with self.database.writing() as session:
            sitting = attempts.sitting(session, self.shelf, learner, ref)
            for item in sitting.items:
                attempts.save(session, self.now, sitting, item, key(item)[: _most(item)], 0)
            session.commit()

    def attend(self, learner: Person, trainer: Person, cohort: Cohort, minutes: int) -> None:
        """A live session that ended just now, with the learner there throughout."""
        interval = (self.now - timedelta(minutes=minutes), self.now)
        with self.database.writing() as session:
            meeting = live_sessions.hold(
                session, self.now, trainer, cohort.id, "Practice", _LIVE, interval, 0,
                {"communication": 70, "self-care": 30},
            )  # fmt: skip
            present = {learner.id: live_sessions.Presence(*interval)}
            live_sessions.record(session, self.now, trainer, meeting, present)
            session.commit()

    def certify(self, learner: Person) -> str:
        """Issue a certificate whatever is missing: for tests of what comes after; its code."""
        with self.database.writing() as session:
            way = learning.way(session, self.shelf, learner.id, PROGRAM)
            met = replace(way, done=frozenset(s.key for s in way.steps), minutes={_LIVE: 1000})
            row = issuing.issue(session, met, learner, self.now, self.office)
            session.commit()
            return row.code

    def grade(self, ref: str, raters: list[Person], level: int = 3, release: bool = True) -> None:
        """Sign sheets of this level by as many raters as are asked for, and tell the learner."""
        for rater in raters[: self.asked(ref)]:
            with self.database.writing() as session:
                scene = role_plays.scene(session, self.shelf, role_plays.by_ref(session, ref))
                words = "" if level >= COMPETENT else "What I saw."
                sheet = {c.id: Rating(level, comment=words) for c in scene.rubric.criteria}
                grading.sign(session, self.now, scene, rater, sheet, 0)
                session.commit()
        if release:
            with self.database.writing() as session:
                play = role_plays.by_ref(session, ref)
                learner = session.get_one(Person, play.person_id)
                grading.release(session, self.now, [(play, learner)], raters[0])
                session.commit()

    def asked(self, ref: str) -> int:
        """How many raters a role-play asks for."""
        with self.database.reading() as session:
            play = role_plays.by_ref(session, ref)
            return role_plays.scene(session, self.shelf, play).scenario.raters

    def hand_in(self, learner: Person, scenario_id: str) -> str:
        """Write and hand in a role-play; returns its reference."""
        with self.database.writing() as session:
            way = learning.way(session, self.shelf, learner.id, PROGRAM)
            play = role_plays.begin(session, self.now, way, scenario_id, "written", learner)
            scene = role_plays.scene(session, self.shelf, play)
            for turn in range(1, len(scene.scenario.turns) + 1):
                role_plays.save_reply(session, self.now, scene, turn, f"I hear you ({turn}).", 0)
            role_plays.hand_in(session, self.now, scene)
            session.commit()
            return play.ref


def _most(item: Item) -> int | None:
    return 1 if item.type in ("single", "situational") else None
