"""The Illinois accreditation standard for peer training programs as a checklist of what we know.

Source: domain.md 4.3, S128. Only the standard's list of contents was read, so a point says whether
something is on record here, never that the Illinois board would accept it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.domain.certificate import in_hours
from lms.domain.provider_record import Statement, Topic
from lms.domain.requirements import Sentence

SOURCE = "S128"


class Known(StrEnum):
    """What is known of a point: on record, part of it, or nothing."""

    ON_RECORD = "on-record"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Point:
    """One head of the standard: what is known, and the sentences that say why."""

    id: str
    known: Known
    why: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider and one program on a day: all that the points are made from.

    ``domains`` are the planned minutes by performance domain and ``core`` those of core functions;
    ``trainers`` how many taught in the last year, ``qualified`` how many of them hold something on
    record that day; ``evaluations`` how many learners evaluated the course.
    """

    said: Mapping[Topic, Statement]
    domains: Mapping[str, int]
    core: int
    quizzes: int
    exams: int
    role_plays: int
    trainers: int
    qualified: int
    kept_years: int
    evaluations: int


def checklist(provider: Provider) -> tuple[Point, ...]:
    """Every head of the standard, in its order."""
    return (
        _classroom(provider),
        _practice(provider),
        _faculty(provider),
        _stated("coordinator", provider, Topic.COORDINATOR),
        _stated("admission", provider, Topic.ADMISSION),
        _completion(provider),
        _records(provider),
        _competence(provider),
        _rights(provider),
    )


def said_of(text: str, **values: str | int) -> Sentence:
    """A sentence of the checklist: the word by which `bin/translate` finds it."""
    return Sentence(text, values)


def _told(provider: Provider, topic: Topic) -> Sentence | None:
    statement = provider.said.get(topic)
    if statement is None:
        return None
    return said_of("Your statement on it holds since %(day)s.", day=statement.starts.isoformat())


def _stated(name: str, provider: Provider, topic: Topic) -> Point:
    told = _told(provider, topic)
    if told is None:
        return Point(name, Known.MISSING, (said_of("You have not said anything on it here."),))
    return Point(name, Known.ON_RECORD, (told,))


def _classroom(provider: Provider) -> Point:
    why = [
        said_of("%(title)s: %(time)s planned.", title=title, time=in_hours(minutes))
        for title, minutes in provider.domains.items()
    ]
    why.append(said_of("Core functions: %(time)s planned.", time=in_hours(provider.core)))
    planned = [*provider.domains.values(), provider.core]
    return Point("classroom", _known(sum(map(bool, planned)), len(planned)), tuple(why))


def _practice(provider: Provider) -> Point:
    told = _told(provider, Topic.PRACTICE)
    why = (
        [told] if told else [said_of("You have not said where practice happens and who guides it.")]
    )
    why.append(said_of("The program itself asks for no practice beside its role-plays."))
    return Point("practice", Known.ON_RECORD if told else Known.MISSING, tuple(why))


def _faculty(provider: Provider) -> Point:
    told = _told(provider, Topic.FACULTY)
    why = [told or said_of("You have not said what you ask of trainers.")]
    if provider.trainers:
        why.append(
            said_of(
                "%(n)s of %(of)s trainers who taught in the last year have a qualification on "
                "record today.",
                n=provider.qualified,
                of=provider.trainers,
            )
        )
    else:
        why.append(said_of("Nobody has taught in the last year, as far as this record knows."))
    everyone = 0 < provider.trainers == provider.qualified
    known = _known((told is not None) + everyone, 2)
    if known is Known.MISSING and provider.qualified:
        known = Known.PARTLY
    return Point("faculty", known, tuple(why))


def _completion(provider: Provider) -> Point:
    told = _told(provider, Topic.COMPLETION)
    rules = said_of("What the certificate asks is written in the program and checked by itself.")
    return Point("completion", Known.ON_RECORD, (rules, *([told] if told else [])))


def _records(provider: Provider) -> Point:
    kept = said_of(
        "Hours, results and certificates are kept for %(years)s years or more, and outlive "
        "accounts.",
        years=provider.kept_years,
    )
    told = _told(provider, Topic.RECORDS)
    return Point("records", Known.ON_RECORD, (kept, *([told] if told else [])))


def _competence(provider: Provider) -> Point:
    why = [
        said_of(
            "The program asks for %(quizzes)s quizzes, %(exams)s exams and %(plays)s role-plays "
            "judged by a rubric.",
            quizzes=provider.quizzes,
            exams=provider.exams,
            plays=provider.role_plays,
        ),
        said_of("%(n)s learners have evaluated the course.", n=provider.evaluations),
    ]
    tests, plays = provider.quizzes + provider.exams > 0, provider.role_plays > 0
    return Point("competence", _known(tests + plays, 2), tuple(why))


def _rights(provider: Provider) -> Point:
    rights, complaints = (_told(provider, t) for t in (Topic.RIGHTS, Topic.GRIEVANCE))
    why = (
        rights or said_of("You have not said which rights students have."),
        complaints or said_of("You have not said how complaints are heard."),
    )
    return Point("rights", _known((rights is not None) + (complaints is not None), 2), why)


def _known(parts: int, of: int) -> Known:
    if parts >= of:
        return Known.ON_RECORD
    return Known.PARTLY if parts else Known.MISSING
