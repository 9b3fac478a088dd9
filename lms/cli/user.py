"""``lms user``: add, list, reset, disable."""

import re
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, answer, data_option, json_option, now, say
from lms.domain.people import COHORT_ROLES, Grant, Role
from lms.models.people import Cohort, Person
from lms.records import people, signing_in

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@click.group()
def user() -> None:
    """Accounts."""


def _cohort(session: Session, shop: Shop, title: str, program: str | None) -> int:
    """The cohort of that title; a new one needs to know its program. Raises Refusal."""
    found = session.scalar(select(Cohort).where(Cohort.title == title))
    if found is not None and program in (None, found.program_id):
        return found.id
    if found is not None:
        raise Refusal(f"The cohort “{title}” is in the program {found.program_id}, not {program}.")
    known = sorted(shop.shelf.current().programs)
    program = program or (known[0] if len(known) == 1 else None)
    if program not in known:
        names = ", ".join(known)
        raise Refusal(
            f"There is no cohort “{title}” yet. Say its program: --program, one of {names}"
        )
    made = people.add_cohort(session, now(), title, program)
    say(f"Made the cohort “{title}” in the program {program}.")
    return made.id


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--cohort", help="Title of the cohort; made when there is none of that title.")
@click.option("--program", help="The program of a cohort that is made, such as peer-support-core.")
@data_option
def add(email: str, role: str, cohort: str | None, program: str | None, data: Path) -> None:
    """Invite someone: prints a link that joins them once. No password passes by you.

    Whoever has an account signs in with it and keeps what they have done.

    \b
    lms user add kim@example.org --role operator
    lms user add lee@example.org --role learner --cohort "Spring" --program peer-support-core
    lms user add sam@example.org --role assessor --cohort "Spring"
    """
    if not _EMAIL.fullmatch(email.strip()):
        raise Refusal(f"“{email}” is not an email address. Write one such as kim@example.org.")
    if cohort is not None and not cohort.strip():
        raise Refusal("The title of the cohort is empty. Give it one: --cohort “Spring 2026”")
    chosen = Role(role)
    if (chosen in COHORT_ROLES) != (cohort is not None):
        rule = "needs --cohort TITLE" if chosen in COHORT_ROLES else "goes without --cohort"
        raise Refusal(f"The role {chosen} {rule}.")
    shop = open_shop(data)
    with shop.database.writing() as session:
        place = _cohort(session, shop, cohort.strip(), program) if cohort else None
        token = signing_in.invite(session, now(), email, Grant(chosen, place), None)
        session.commit()
    say(f"Give this link to {email}. It works once, for {signing_in.INVITATION_DAYS} days:")
    click.echo(f"{shop.settings.base_url}/join/{token}")


@user.command("list")
@data_option
@json_option
def list_all(data: Path, as_json: bool) -> None:
    """List accounts with their roles.

    \b
    lms user list
    lms user list --json
    """
    shop = open_shop(data)
    found: list[dict[str, object]] = []
    with shop.database.reading() as session:
        after = 0
        while page := people.all_people(session, after):
            found += [_row(session, person) for person in page]
            after = page[-1].id
    answer(found, as_json, [f"{p['email']}  {p['roles']}  {p['state']}" for p in found])


def _row(session: Session, person: Person) -> dict[str, object]:
    roles = sorted({str(grant.role) for grant in people.grants_of(session, person.id)})
    state = "disabled" if person.disabled_at else "active"
    return {"email": person.email, "roles": ", ".join(roles), "state": state}


def _person(session: Session, email: str) -> Person:
    person = people.by_email(session, email)
    if person is None:
        raise Refusal(f"There is no account {email}. See: lms user list")
    return person


@user.command()
@click.argument("email")
@data_option
def reset(email: str, data: Path) -> None:
    """Print a link, good for one hour and once, to set a new password.

    \b
    lms user reset kim@example.org
    """
    shop = open_shop(data)
    with shop.database.reading() as session:
        person = _person(session, email)
        if person.disabled_at:
            raise Refusal(f"{email} is closed to sign-in, so a new password would open nothing.")
        token = signing_in.reset_token(shop.settings.secret, now(), person)
    click.echo(f"{shop.settings.base_url}/reset/{token}")


@user.command()
@click.argument("email")
@data_option
@click.confirmation_option(prompt="Close this account to sign-in?")
def disable(email: str, data: Path) -> None:
    """Close an account to sign-in; records and certificates stay.

    \b
    lms user disable kim@example.org
    """
    shop = open_shop(data)
    with shop.database.writing() as session:
        person = _person(session, email)
        people.disable(session, now(), person, None)
        signing_in.end_all_devices(session, now(), person)
        session.commit()
    say(f"{email} can no longer sign in. Records and certificates stay.")
