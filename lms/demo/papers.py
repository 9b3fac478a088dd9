"""Certificates: issued, corrected, taken back."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from lms.demo.cast import Cast, Learner
from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.certificate import ReasonClass
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.records import issuing

_NOON = 12 * 60


def deeds(learner: Learner, cast: Cast, days: Days) -> Iterator[Deed]:
    """What became of a learner's certificate."""
    office, program = cast.one(Role.COORDINATOR), cast.group(learner.cohort).program
    if learner.certified is not None:
        act = partial(_issue, who=learner.id, program=program)
        yield Deed(days.at(learner.certified, _NOON), act)
    if learner.renamed is not None:
        name = learner.renamed.name
        act = partial(_rename, who=learner.id, program=program, name=name, by=office)
        yield Deed(days.at(learner.renamed.days, _NOON), act)
    if learner.revoked is not None:
        reason = learner.revoked.reason
        act = partial(_revoke, who=learner.id, program=program, reason=reason, by=office)
        yield Deed(days.at(learner.revoked.days, _NOON), act)


def _issue(stage: Stage, at: datetime, *, who: str, program: str) -> None:
    issuing.issue(stage.session, stage.way(who, program), stage.people[who], at, stage.office)


def _standing(stage: Stage, who: str, program: str) -> Certificate:
    row = stage.way(who, program).certificate
    if row is None:
        raise LookupError(f"{who} holds no certificate")
    return row


def _rename(stage: Stage, at: datetime, *, who: str, program: str, name: str, by: str) -> None:
    row, holder = _standing(stage, who, program), stage.people[who]
    issuing.reissue(stage.session, at, row, holder, name, stage.office, stage.people[by])


def _revoke(
    stage: Stage, at: datetime, *, who: str, program: str, reason: ReasonClass, by: str
) -> None:
    row = _standing(stage, who, program)
    issuing.revoke(stage.session, at, row, reason, stage.people[by].id)
