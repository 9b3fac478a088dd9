"""What to do next for a board: the largest gaps first, and before them what can be done here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lms.domain.packs import OF, Requirement, Version
from lms.domain.requirements import Answer, State

WORTH_NAMING = 15
"""Minutes that a lesson must give towards a gap to be named as a step. Ours."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something of ours that gives minutes and was not done yet: a module, or a live session."""

    id: str
    title: str
    modality: str
    topics: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One gap, how much is missing (minutes), and what of ours helps, most helpful first.

    ``lessons`` are pairs of a lesson and the minutes of it that would count here.
    """

    title: str
    within: str
    missing: int
    of: str
    lessons: tuple[tuple[Lesson, int], ...] = ()


def leaves(answers: Iterable[Answer]) -> Iterator[Answer]:
    """The answers to what is asked itself, with groups opened; a group that is met stays closed."""
    for answer in answers:
        if answer.asked is not None and answer.asked.kind in ("all", "any"):
            if answer.state not in (State.MET, State.NOT_ASKED):
                yield from leaves(answer.parts)
        else:
            yield answer


def next_steps(
    answers: Iterable[Answer], version: Version, lessons: Iterable[Lesson], most: int = 3
) -> tuple[Step, ...]:
    """At most so many steps towards what is not yet met in hours.

    What can be done here comes first, then the largest gap; a tie keeps the board's own order.
    """
    ours = tuple(lessons)
    found = [
        step
        for answer in leaves(answers)
        if answer.state is State.NOT_YET and answer.asked and answer.asked.kind == "hours"
        for step in _of(answer, answer.asked, version, ours)
    ]
    return tuple(sorted(found, key=lambda step: (not step.lessons, -step.missing))[:most])


def missing(answer: Answer) -> int:
    """How much of an answer's figure is missing, 0 where nothing is or no figure is known."""
    return max(0, (answer.need or 0) - (answer.have or 0))


def _of(
    answer: Answer, asked: Requirement, version: Version, lessons: tuple[Lesson, ...]
) -> Iterator[Step]:
    shares = {share.id: share for share in asked.shares}
    in_shares = False
    for part in answer.parts:
        if part.id in shares and missing(part) and part.state is State.NOT_YET:
            in_shares = True
            topics = _topics(version, shares[part.id].domains)
            helpful = _helpful(answer, asked, lessons, topics)
            yield Step(part.title, answer.title, missing(part), asked.of, helpful)
    if missing(answer) and not in_shares:
        topics = _topics(version, asked.domains)
        helpful = _helpful(answer, asked, lessons, topics)
        yield Step(answer.title, "", missing(answer), asked.of, helpful)


def _topics(version: Version, domains: tuple[str, ...]) -> frozenset[str] | None:
    """The topics of these domains; None for any topic, where no domain is named."""
    if not domains:
        return None
    return frozenset(topic for name in domains for topic in version.domain(name).topics)


def _helpful(
    answer: Answer,
    asked: Requirement,
    lessons: tuple[Lesson, ...],
    topics: frozenset[str] | None,
) -> tuple[tuple[Lesson, int], ...]:
    ways = {*(asked.modalities or OF.get(asked.of, ())), *asked.includes}
    found = []
    for lesson in lessons:
        part = sum(m for topic, m in lesson.topics.items() if topics is None or topic in topics)
        part = min([part, *_room(answer, asked, lesson.modality)])
        if part >= WORTH_NAMING and lesson.modality in ways:
            found.append((lesson, part))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].title)))


def _room(answer: Answer, asked: Requirement, modality: str) -> Iterator[int]:
    """What each limit on this way of spending time still leaves."""
    parts = {part.id: part for part in answer.parts}
    for limit in asked.limits:
        part = parts.get(limit.id)
        if modality in limit.modalities and part is not None and part.need is not None:
            yield max(0, part.need - (part.have or 0))
