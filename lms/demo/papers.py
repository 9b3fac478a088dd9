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
    office = cast.one(Role.COORDINATOR)
    if learner.certified is not None:
        yield Deed(days.at(learner.certified, _NOON), partial(_issue, who=learner.id))
    if learner.renamed is not None:
        act = partial(_rename, who=learner.id, name=learner.renamed.name, by=office)
        yield Deed(days.at(learner.renamed.days, _NOON), act)
    if learner.revoked is not None:
        act = partial(_revoke, who=learner.id, reason=learner.revoked.reason, by=office)
        yield Deed(days.at(learner.revoked.days, _NOON), act)


def _issue(stage: Stage, at: datetime, *, who: str) -> None:
    issuing.issue(stage.session, stage.way(who), stage.people[who], at, stage.office)


def _standing(stage: Stage, who: str) -> Certificate:
    row = stage.way(who).certificate
    if row is None:
        raise LookupError(f"{who} holds no certificate")
    return row


def _rename(stage: Stage, at: datetime, *, who: str, name: str, by: str) -> None:
    row, holder = _standing(stage, who), stage.people[who]
    issuing.reissue(stage.session, at, row, holder, name, stage.office, stage.people[by])


def _revoke(stage: Stage, at: datetime, *, who: str, reason: ReasonClass, by: str) -> None:
    issuing.revoke(stage.session, at, _standing(stage, who), reason, stage.people[by].id)
