"""A learner's record held against packs: what is met, and where each credential stands today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from lms.domain.packs import Pack, Stage, Version
from lms.domain.record import Record
from lms.domain.requirements import Answer, State
from lms.models.standing import CredentialHeld
from lms.records import boards, standing


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One pack, one record, one day. ``stages`` are in the board's own order, with their answers."""

    pack: Pack
    version: Version
    record: Record
    stages: tuple[tuple[Stage, tuple[Answer, ...]], ...]
    ongoing: tuple[Answer, ...] = ()
    renewal: tuple[Answer, ...] = ()
    clock: object | None = None
    held: CredentialHeld | None = None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers to everything asked before the credential, stage after stage."""
        return tuple(answer for _stage, answers in self.stages for answer in answers)

    @property
    def now(self) -> tuple[Answer, ...]:
        """What matters next: renewal for who holds the credential, else what is asked for it."""
        return self.renewal + self.ongoing if self.held and self.renewal else self.answers
