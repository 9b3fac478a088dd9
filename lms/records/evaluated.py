"""A learner's record held against packs: what is met, and where each credential stands today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from lms.domain.caps import NO_CAPS, Caps
from lms.domain.evaluate import Part, evaluate
from lms.domain.packs import Pack, Requirement, Stage, Version
from lms.domain.periods import period_from
from lms.domain.questions import questions
from lms.domain.record import Record
from lms.domain.renewal import Clock, clock
from lms.domain.requirements import Answer, State
from lms.domain.states import all_of
from lms.models.standing import CredentialHeld
from lms.records import boards, standing


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One pack, one record, one day. ``stages`` are in the board's own order with their answers;
    ``said`` are the questions that were answered, also with not yet.
    """

    pack: Pack
    version: Version
    record: Record
    said: frozenset[str]
    stages: tuple[tuple[Stage, tuple[Answer, ...]], ...]
    ongoing: tuple[Answer, ...] = ()
    renewal: tuple[Answer, ...] = ()
    clock: Clock | None = None
    held: CredentialHeld | None = None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers to everything asked before the credential, stage after stage."""
        return tuple(answer for _stage, answers in self.stages for answer in answers)

    @property
    def now(self) -> tuple[Answer, ...]:
        """What matters next: renewal for who holds the credential, else what is asked for it."""
        return (*self.renewal, *self.ongoing) if self.renewal else self.answers

    @property
    def asked(self) -> tuple[Answer, ...]:
        """What of this is asked at all."""
        return tuple(each for each in self.now if each.state is not State.NOT_ASKED)

    @property
    def state(self) -> State:
        """Where the person stands on the whole."""
        return all_of(answer.state for answer in self.now)

    @property
    def unanswered(self) -> tuple[Requirement, ...]:
        """The board's questions that the person has not answered."""
        return tuple(need for need in questions(self.version) if need.id not in self.said)

    def count(self, *states: State) -> int:
        """How many of the things asked stand so."""
        return sum(each.state in states for each in self.asked)


def of_one(
    session: Session,
    person_id: int,
    pack: Pack,
    today: date,
    version: Version | None = None,
    caps: Caps = NO_CAPS,
) -> Evaluated:
    """One pack, by the version in force or another of its versions."""
    return _Desk(session, person_id, today, caps).hold(pack, version or pack.version(today))


def of_many(
    session: Session, person_id: int, packs: Iterable[Pack], today: date, caps: Caps = NO_CAPS
) -> list[Evaluated]:
    """Several packs, with the record read once."""
    desk = _Desk(session, person_id, today, caps)
    return [desk.hold(pack, pack.version(today)) for pack in packs]


def record_for(
    session: Session, person_id: int, pack_id: str, version: Version, caps: Caps
) -> Record:
    """A person's record, with since when they hold the credential of a pack."""
    held = boards.credentials(session, person_id).get(pack_id)
    return _dated(standing.record_of(session, person_id, caps), held, version)


def _dated(record: Record, held: CredentialHeld | None, version: Version) -> Record:
    if held is None or held.certified_on is None:
        return record
    began = period_from(version.renewal, held.certified_on, held.valid_until)
    return replace(record, certified_on=held.certified_on, period_from=began)


class _Desk:
    """A person's record and credentials on a day."""

    def __init__(self, session: Session, person_id: int, today: date, caps: Caps) -> None:
        self.today = today
        self.record = standing.record_of(session, person_id, caps)
        self.said = standing.answers(session, person_id)
        self.credentials = boards.credentials(session, person_id)

    def hold(self, pack: Pack, version: Version) -> Evaluated:
        """The record against a version."""
        held = self.credentials.get(pack.id)
        record = _dated(self.record, held, version)
        answers = evaluate(version, record, self.today).parts
        stages = tuple((s, a.parts) for s, a in zip(version.stages, answers, strict=True))
        ongoing = evaluate(version, record, self.today, Part.ONGOING).parts
        renews = held is not None and version.renewal is not None
        return Evaluated(
            pack=pack,
            version=version,
            record=record,
            said=self._said(pack, version),
            stages=stages,
            ongoing=ongoing,
            renewal=evaluate(version, record, self.today, Part.RENEWAL).parts if renews else (),
            clock=clock(version.renewal, record, self.today) if renews else None,
            held=held,
        )

    def _said(self, pack: Pack, version: Version) -> frozenset[str]:
        shared = {n.id for n in questions(version) if n.fact in self.record.facts}
        return frozenset(name for mine, name in self.said if mine == pack.id) | shared
