"""Versions and answers made by hand, for rules that stand on them."""

from datetime import date

from lms.domain.figures import Confidence
from lms.domain.packs import Domain, Requirement, Stage, Version
from lms.domain.requirements import Answer, Counted, Sentence, State


def version_of(*needs: Requirement, domains: tuple[Domain, ...] = ()) -> Version:
    """A version of one stage."""
    stage = Stage("certified", "Certified", needs)
    return Version(
        "2026", "current", date(2026, 1, 1), Confidence.HIGH, (), (stage,), domains=domains
    )


def answered(
    name: str,
    have: int | None,
    need: int | None,
    state: State = State.NOT_YET,
    asked: Requirement | None = None,
    parts: tuple[Answer, ...] = (),
    counted: tuple[Counted, ...] = (),
) -> Answer:
    """An answer titled like its id."""
    return Answer(
        name, name, state, Sentence("", {}), have, need, parts=parts, counted=counted, asked=asked
    )
