"""A pack as trainers and coordinators may see a learner against it: hours, and nothing personal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lms.domain.next_steps import leaves, missing
from lms.domain.packs import Requirement, Version
from lms.domain.requirements import Answer, State
from lms.domain.states import all_of


def hours_alone(version: Version) -> Version:
    """The version without any fact about the person.

    A choice that a fact could meet is left out whole: to say that it is met, or not, would tell of
    the fact.
    """
    stages = tuple(replace(stage, needs=_hours(stage.needs)) for stage in version.stages)
    return replace(version, stages=stages, ongoing=(), renewal=None)


def _hours(needs: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(_kept(needs))


def _kept(needs: Iterable[Requirement]) -> Iterator[Requirement]:
    for need in needs:
        if need.kind == "hours":
            yield need
        elif need.kind == "all" and (inner := _hours(need.needs)):
            yield replace(need, needs=inner)
        elif need.kind == "any" and not _holds_fact(need):
            yield need


def _holds_fact(need: Requirement) -> bool:
    return need.kind == "fact" or any(map(_holds_fact, need.needs))


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a learner stands with one pack in hours: ``gaps`` are (title, minutes missing), the
    largest first.
    """

    state: State
    gaps: tuple[tuple[str, int], ...]


def cell(answers: Iterable[Answer]) -> Cell:
    """The answers to hours as one cell of a grid."""
    found = tuple(answers)
    gaps = [
        (answer.title, _gap(answer))
        for answer in leaves(found)
        if answer.state in (State.NOT_YET, State.SIGNATURE)
    ]
    gaps = sorted((gap for gap in gaps if gap[1]), key=lambda gap: -gap[1])
    return Cell(all_of(answer.state for answer in found), tuple(gaps))


def _gap(answer: Answer) -> int:
    """Minutes missing: of the total, or of its shares together if that is more."""
    shares = {share.id for share in answer.asked.shares} if answer.asked else set()
    return max(missing(answer), sum(missing(part) for part in answer.parts if part.id in shares))
