"""What learners of the demo say to boards: whom they follow, what they hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.questions import questions
from lms.records import boards, standing
from lms.records.standing import Said

_EVENING = 20 * 60
_FOLLOWED = {"ana": ("md-cprs", "va-cprs"), "ben": ("md-cprs",)}
_SAID = {
    "ana": {"recovery": "attested", "education": "attested", "exam": "no"},
    "ben": {"recovery": "attested", "education": "attested", "exam": "attested"},
}
_HELD_FOR_DAYS = 660


def deeds(days: Days) -> Iterator[Deed]:
    """Ana follows two boards; Ben holds one's credential, and its renewal comes near."""
    for ago, who in enumerate(_FOLLOWED, 1):
        yield Deed(days.at(ago, _EVENING), partial(_follow, who=who))


def _follow(stage: Stage, at: datetime, *, who: str) -> None:
    packs = stage.shelf.current().packs
    person = stage.people[who]
    held = [name for name in _FOLLOWED[who] if name in packs]
    boards.follow(stage.session, at, person, held)
    for name in held[:1]:
        asked = {need.id: need for need in questions(packs[name].version(at.date()))}
        said = {n: (asked[n], Said(word)) for n, word in _SAID[who].items() if n in asked}
        standing.say(stage.session, at, person, name, said)
    if who == "ben" and held:
        today = stage.office.day(at)
        since = today - timedelta(days=_HELD_FOR_DAYS)
        boards.hold(stage.session, at, today, person, held[0], since)
