"""A school where everything exists twice, and one person of every kind, to try who may do what."""

import re
import shutil
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from flask import Response
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from lms.domain.people import Role
from lms.models.base import Base
from lms.models.people import Person
from lms.records import signing_in
from lms.web import signed_in
from tests.copies import Kept
from tests.school import HOST, School

SPRING, AUTUMN = "spring", "autumn"
"""The two cohorts. What belongs to one is foreign to the people of the other."""


@dataclass(frozen=True)
class Actor:
    """Someone at the door: what they are, where, and whose things are theirs."""

    name: str
    grants: frozenset[tuple[Role, str]] = frozenset()
    owns: str = ""
    is_signed_in: bool = True

    @property
    def roles(self) -> frozenset[Role]:
        """Their roles, wherever."""
        return frozenset(role for role, _cohort in self.grants)


def _actor(name: str, role: Role, cohort: str = "", owns: str = "") -> Actor:
    return Actor(name, frozenset({(role, cohort)}), owns)


NOBODY = Actor("nobody", is_signed_in=False)
OWNER = _actor("the learner themself", Role.LEARNER, SPRING, SPRING)
DISABLED = Actor(
    "a disabled person",
    frozenset((role, SPRING) for role in (Role.LEARNER, Role.ASSESSOR, Role.COORDINATOR)),
    is_signed_in=False,
)
"""Once everything in this very cohort, and disabled since: the old cookie opens nothing."""
ACTORS = (
    NOBODY,
    OWNER,
    _actor("a learner of the same cohort", Role.LEARNER, SPRING),
    _actor("a learner of another cohort", Role.LEARNER, AUTUMN, AUTUMN),
    _actor("the assessor", Role.ASSESSOR, SPRING),
    _actor("an assessor of another cohort", Role.ASSESSOR, AUTUMN),
    _actor("the coordinator", Role.COORDINATOR, SPRING),
    _actor("a coordinator of another cohort", Role.COORDINATOR, AUTUMN),
    _actor("the board", Role.BOARD, SPRING),
    _actor("another board", Role.BOARD, AUTUMN),
    _actor("an operator", Role.OPERATOR),
    DISABLED,
)


@dataclass(frozen=True)
class Key:
    """What a browser holds: its cookies, and the token its forms carry."""

    cookie: str
    csrf: str


@dataclass
class World:
    """The school, who is at its doors, and the things behind them (by cohort, then by kind)."""

    school: School
    things: dict[str, dict[str, str]]
    keys: dict[str, Key] = field(default_factory=dict)
    commits: int = 0

    def __post_init__(self) -> None:
        event.listen(self.school.database.engine, "commit", self._count)
        self.client: FlaskClient = self.school.app.test_client(use_cookies=False)

    def _count(self, _connection: object) -> None:
        self.commits += 1

    def knock(
        self, actor: Actor, method: str, path: str, body: object = None, **headers: str
    ) -> TestResponse:
        """One request as this actor; forms carry a right token unless they bring their own."""
        key = self.keys[actor.name]
        if isinstance(body, dict):
            body = {"csrf_token": key.csrf} | body
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(
            path,
            method=method,
            data=body,
            base_url=HOST,
            headers={"Cookie": key.cookie} | sent,
            buffered=True,
        )

    def give_key(self, actor: Actor, token: str | None) -> None:
        """A browser of one's own, signed in with the token of a device."""
        app = self.school.app
        opened = app.test_client(use_cookies=False).get("/sign-in", base_url=HOST)
        cookies = [_pair(opened)]
        if token is not None:
            with app.test_request_context(base_url=HOST):
                signed_in.remember(token)
                cookies.append(_pair(app.process_response(Response())))
        self.keys[actor.name] = Key("; ".join(cookies), _csrf(opened.text))

    def keep(self) -> None:
        """Remember the database as it is now."""
        if self.school.database.is_sqlite:
            self._copy(self._path, f"{self._path}_kept")
        else:
            self._kept = Kept(self.school.settings.database_url)
        self.commits = 0

    def restore(self) -> None:
        """The database as it was kept."""
        if self.commits and self.school.database.is_sqlite:
            self._copy(f"{self._path}_kept", self._path)
        elif self.commits:
            self.school.database.close()
            assert self._kept.put_back(), "a request changed more than rows"
        self.commits = 0

    def close(self) -> None:
        """Give back every connection."""
        self.school.database.close()
        if not self.school.database.is_sqlite:
            self._kept.close()

    @property
    def _path(self) -> str:
        return str(self.school.database.engine.url.database)

    def _copy(self, source: str, target: str) -> None:
        self.school.database.close()
        for suffix in ("-wal", "-shm"):
            Path(target + suffix).unlink(missing_ok=True)
        shutil.copy(source, target)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table but the published content, which is large."""
        with self.school.database.engine.connect() as connection:
            return {
                name: [tuple(r) for r in connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608
                for name in sorted(Base.metadata.tables)
                if name != "editions"
            }

    def fingerprint(self) -> str:
        """One digest of all rows."""
        return sha256(repr(self.rows()).encode()).hexdigest()


def _pair(response: Response | TestResponse) -> str:
    return str(response.headers["Set-Cookie"]).partition(";")[0]


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page carries no token"
    return found[1]


def device_of(school: School, person: Person, label: str = "A phone") -> str:
    """Sign someone in; the token of the device."""
    with school.database.writing() as session:
        token = signing_in.start_device(session, school.now, person, label)
        session.commit()
        return token
