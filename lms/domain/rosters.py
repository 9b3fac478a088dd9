"""A coordinator's list of people to invite: what each row asks for, and what becomes of it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.domain.logging_hours import refused
from lms.domain.people import NAME_LIMIT, Role, clean_line

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_LONGEST = 254
_ROLES = {
    "": Role.LEARNER,
    "learner": Role.LEARNER,
    "student": Role.LEARNER,
    "trainee": Role.LEARNER,
    "participant": Role.LEARNER,
    "assessor": Role.ASSESSOR,
    "trainer": Role.ASSESSOR,
}


class Becomes(StrEnum):
    """What a row of a roster leads to."""

    INVITED = "invited"
    HERE = "here"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Someone to invite: the address in small letters, the role, and a name to begin with or ""."""

    email: str
    role: Role
    name: str = ""


def read(cells: Mapping[str, str]) -> Wanted:
    """A row's cells by column. Raises Refused, naming the column that mends it."""
    email = cells.get("email", "").lower()
    if len(email) > _LONGEST or not _ADDRESS.fullmatch(email):
        raise refused(
            "email",
            "“%(email)s” is not one email address. Write it like name@example.org.",
            email=email[:60],
        )
    role = _ROLES.get(cells.get("role", "").lower())
    if role is None:
        raise refused(
            "role",
            "We do not know the role “%(role)s”. Write learner or assessor, or leave it empty for "
            "a learner.",
            role=cells["role"][:40],
        )
    name = clean_line(cells.get("name", ""))
    if len(name) > NAME_LIMIT:
        raise refused(
            "name",
            "The name has %(n)s characters. A certificate can print %(most)s.",
            n=len(name),
            most=NAME_LIMIT,
        )
    return Wanted(email, role, name)


def becomes(
    wanted: Wanted, here: Collection[tuple[str, str]], waits: Collection[tuple[str, str]]
) -> Becomes:
    """What to do: nobody gets two letters. ``here`` and ``waits`` are addresses with a role.

    Whether an address has an account elsewhere is not said: that would tell who is in recovery.
    """
    who = (wanted.email, str(wanted.role))
    if who in here:
        return Becomes.HERE
    return Becomes.WAITS if who in waits else Becomes.INVITED
