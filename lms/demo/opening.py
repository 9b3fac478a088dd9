"""Opening the school, and everyone's first day: by invitation, as for anybody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from lms.demo.cast import Cast, Learner, Member
from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.people import Grant, Role
from lms.models.people import Invitation, Person
from lms.records import learning, people, signing_in

_NINE = 9 * 60
_UNTIL_READ = timedelta(hours=16)


def address(who: str) -> str:
    """The mail address of someone in the cast."""
    return f"{who}@demo.example"


def deeds(cast: Cast, days: Days) -> Iterator[Deed]:
    """Cohorts, then the staff, then learners as they join, and letters still unopened."""
    yield Deed(days.at(cast.opened - 1, _NINE), partial(_open, cast=cast))
    for place, member in enumerate(cast.staff, 1):
        sent = days.at(cast.opened - 2, _NINE + place) - _UNTIL_READ
        yield Deed(sent, partial(_appoint, member=member))
    office = cast.one(Role.COORDINATOR)
    for learner in cast.learners:
        act = partial(_join, learner=learner, by=office)
        yield Deed(days.at(learner.joined, _NINE) - _UNTIL_READ, act)
        yield from _later(learner, days, office, cast.one(Role.OPERATOR))
        if learner.then is not None:
            going_on = partial(_go_on, who=learner.id, cohort=learner.then.cohort, by=office)
            yield Deed(days.at(learner.then.joined, _NINE) - _UNTIL_READ, going_on)
    for letter in cast.letters:
        sending = partial(_write_to, email=letter.email, cohort=letter.cohort, by=office)
        yield Deed(days.at(letter.days, _NINE), sending)


def _later(learner: Learner, days: Days, office: str, operator: str) -> Iterator[Deed]:
    if learner.time_factor != 100:
        act = partial(_allow_time, who=learner.id, factor=learner.time_factor, by=office)
        yield Deed(days.at(learner.joined, _NINE + 30), act)
    if learner.disabled is not None:
        act = partial(_disable, who=learner.id, by=operator)
        yield Deed(days.at(learner.disabled, 17 * 60), act)


def _open(stage: Stage, at: datetime, *, cast: Cast) -> None:
    for group in cast.groups:
        stage.cohorts[group.id] = people.add_cohort(stage.session, at, group.title, group.program)


def _appoint(stage: Stage, at: datetime, *, member: Member) -> Iterator[datetime]:
    places = [stage.cohorts[name].id for name in member.cohorts]
    first, *others = [Grant(member.role, place) for place in places] or [Grant(member.role)]
    token = signing_in.invite(stage.session, at, address(member.id), first, None)
    yield at + _UNTIL_READ
    person = _accept(stage, at + _UNTIL_READ, member.id, member.name, token)
    for grant in others:
        people.add_grant(stage.session, person, grant)


def _join(stage: Stage, at: datetime, *, learner: Learner, by: str) -> Iterator[datetime]:
    cohort, office = stage.cohorts[learner.cohort], stage.people[by].id
    grant = Grant(Role.LEARNER, cohort.id)
    token = signing_in.invite(stage.session, at, address(learner.id), grant, office)
    at += _UNTIL_READ
    yield at
    person = _accept(stage, at, learner.id, learner.name, token)
    learning.enrol(stage.session, stage.shelf, at, person, cohort.program_id, cohort.id)


def _go_on(stage: Stage, at: datetime, *, who: str, cohort: str, by: str) -> Iterator[datetime]:
    """Someone who has an account joins one more cohort with it."""
    person, place = stage.people[who], stage.cohorts[cohort]
    grant = Grant(Role.LEARNER, place.id)
    token = signing_in.invite(stage.session, at, address(who), grant, stage.people[by].id)
    at += _UNTIL_READ
    yield at
    signing_in.accept_more(stage.session, at, _letter(stage, at, who, token), person)
    learning.enrol(stage.session, stage.shelf, at, person, place.program_id, place.id)


def _letter(stage: Stage, at: datetime, who: str, token: str) -> Invitation:
    letter = signing_in.invitation(stage.session, at, token)
    if letter is None:
        raise LookupError(f"the invitation of {who} cannot be used")
    return letter


def _accept(stage: Stage, at: datetime, who: str, name: str, token: str) -> Person:
    letter = _letter(stage, at, who, token)
    person = signing_in.accept(stage.session, at, letter, name, stage.password_hash)
    stage.people[who] = person
    return person


def _write_to(stage: Stage, at: datetime, *, email: str, cohort: str, by: str) -> None:
    grant = Grant(Role.LEARNER, stage.cohorts[cohort].id)
    signing_in.invite(stage.session, at, email, grant, stage.people[by].id)


def _allow_time(stage: Stage, at: datetime, *, who: str, factor: int, by: str) -> None:
    people.set_time_factor(stage.session, at, stage.people[who], factor, stage.people[by].id)


def _disable(stage: Stage, at: datetime, *, who: str, by: str) -> None:
    people.disable(stage.session, at, stage.people[who], stage.people[by].id)
    signing_in.end_all_devices(stage.session, at, stage.people[who])
