"""Filling the school: two cohorts with people, and one thing of every kind in each."""

from dataclasses import replace

from lms.domain.people import COHORT_ROLES, Grant, Role
from lms.models.people import Cohort, Person
from lms.records import people, signing_in
from tests.access.asked import asked_things
from tests.access.released import released_things
from tests.access.things import things_of
from tests.access.world import ACTORS, AUTUMN, DISABLED, SPRING, Actor, World, device_of
from tests.credentials_kept import sign_credentials
from tests.log_kept import publish, with_key
from tests.logged import confirmation_link
from tests.pictures import kept, picture
from tests.school import HASH, PROGRAM, School

_NO_REF = "0" * 26
_ABSENT = {
    "quiz": "no-such-quiz",
    "scenario": "no-such-scenario",
    "module": "no-such-module",
    "section": "no-such-section",
    "program": "no-such-program",
    "guide": "no-such-guide",
    "pack": "no-such-pack",
    "invitation": "no-such-token",
    "sign-up": "no-such-token",
    "reset": "no-such-token",
    "address": "nobody@new.example",
    "file": "no-such-file.css",
    "image": "0" * 64,
    "tile": "no-such-tile",
    "status list": "000009",
    "confirmation link": "no-such-token",
}


def build(school: School) -> World:
    """The whole school of the matrix."""
    school.settings = replace(school.settings, open_sign_up=True)
    school.__post_init__()
    cohorts = {SPRING: school.cohort("Spring"), AUTUMN: school.cohort("Autumn")}
    known = {actor.name: _person(school, actor, cohorts) for actor in ACTORS if actor.grants}
    heads = {SPRING: known["the board"], AUTUMN: known["another board"]}
    owners = {actor.owns: known[actor.name] for actor in ACTORS if actor.owns}
    mates = {SPRING: known["a learner of the same cohort"], AUTUMN: owners[AUTUMN]}
    things = {
        name: things_of(school, cohort, owners[name])
        | {"classmate": mates[name].ref}
        | _of_everyone(school, cohort)
        | released_things(school, owners[name], heads[name])
        | asked_things(school, heads[name])
        for name, cohort in cohorts.items()
    }
    publish(with_key(school))
    sign_credentials(school)
    things["absent"] = dict.fromkeys(things[SPRING], _NO_REF) | _ABSENT
    world = World(school, things)
    for actor in ACTORS:
        person = known.get(actor.name)
        world.give_key(actor, device_of(school, person) if person else None)
    with school.database.writing() as session:
        people.disable(session, school.now, session.merge(known[DISABLED.name]), None)
        session.commit()
    world.keep()
    return world


def _person(school: School, actor: Actor, cohorts: dict[str, Cohort]) -> Person:
    """The person of an actor; whoever learns has read everything."""
    grants = sorted(actor.grants, key=lambda grant: grant[0] is not Role.LEARNER)
    (role, cohort), *more = grants
    # A board is no cohort: which one is theirs is where they sit.
    person = school.person(role, cohorts.get(cohort) if role in COHORT_ROLES else None)
    with school.database.writing() as session:
        for other, place in more:
            people.add_grant(session, person, Grant(other, cohorts[place].id))
        session.commit()
    if role is Role.LEARNER:
        school.read_all(person)
    return person


def _of_everyone(school: School, cohort: Cohort) -> dict[str, str]:
    """What no cohort owns: content, and links that whoever holds them may follow."""
    forgetful = school.person(Role.BOARD)
    learner = Grant(Role.LEARNER, cohort.id)
    with school.database.writing() as session:
        make = signing_in.invite
        email = f"{cohort.title}@new.example"
        invitation = make(session, school.now, email, learner, None)
        sign_up = make(
            session, school.now, email, learner, None, name="New Person", password_hash=HASH
        )
        session.commit()
    return {
        "invitation": invitation,
        "sign-up": sign_up,
        "reset": signing_in.reset_token(school.settings.secret, school.now, forgetful),
        "address": forgetful.email,
        "quiz": "crisis-support",
        "scenario": "marcus-at-the-door",
        "module": "crisis-support",
        "section": school.shelf.current().modules["crisis-support"].sections[0].id,
        "program": PROGRAM,
        "guide": "staying-in-crisis",
        "pack": "md-cprs",
        "file": "app.css",
        "image": _image(school),
        "tile": "0/000.p/1",
        "status list": "000001",
        "confirmation link": confirmation_link(school, cohort),
    }


def _image(school: School) -> str:
    """A picture as publishing keeps it; its digest."""
    made = picture("crisis-support/cup.png")
    with school.database.writing() as session:
        session.merge(kept(made, school.now))
        session.commit()
    return made.digest
