"""A school that is published to anew: for tests of editions, exams and programs."""

from collections.abc import Callable, Iterable
from copy import deepcopy

from lms.content.editions import Body, Edition, Kind
from lms.records import shelf as shelves
from tests.school import PROGRAM, School
from tests.taught import taught

Edit = Callable[[Body, Body], None]


def publish(school: School, editions: Iterable[Edition]) -> None:
    """Make these editions current."""
    with school.database.writing() as session:
        shelves.publish(session, school.now, list(editions))
        session.commit()


def edited(editions: Iterable[Edition], kind: Kind, name: str, edit: Edit) -> list[Edition]:
    """The same editions, one of them changed by ``edit(body, rendered)``."""

    def maybe(old: Edition) -> Edition:
        if (old.kind, old.id) != (kind, name):
            return old
        body, rendered = deepcopy(old.body), deepcopy(old.rendered)
        edit(body, rendered)
        return Edition.of(kind, name, body, rendered)

    return [maybe(one) for one in editions]


EXAM = "final-exam"


def with_exam(**changes: object) -> list[Edition]:
    """The usual editions and an exam of the program, which asks for it."""
    body = {
        "title": "Final exam",
        "program": PROGRAM,
        "blueprint": [
            {"id": "ethics", "title": "Ethics", "count": 3, "banks": ["ethics-and-scope"]},
            {"id": "VIII", "title": "Crisis", "count": 4},
        ],
        "pass_percent": 75,
        "minutes": 20,
        "attempts": 2,
        **changes,
    }

    def ask(program: Body, _rendered: Body) -> None:
        program["requires"]["exams"] = [EXAM]

    return [
        *edited(taught(), Kind.PROGRAM, PROGRAM, ask),
        Edition.of(Kind.QUIZ, EXAM, body),
    ]
