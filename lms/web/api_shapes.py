"""The shapes that programs are sent and send: plain values, described in openapi.yaml."""

from collections.abc import Mapping
from typing import Any

from lms.domain.batches import Answer, Asked, Match
from lms.domain.hours import Standing as Stands
from lms.domain.requirements import Answer as Requirement
from lms.domain.vouching import standing
from lms.formats.results import in_words
from lms.models.hours import LedgerEntry
from lms.records import hours, releases
from lms.records.certificates import Record
from lms.records.released import Seen
from lms.records.releases import Standing
from lms.web.verify import public_facts

MOST_AT_ONCE = 1_000
LONGEST = 200
_PENDING = (Stands.WAITING, Stands.UNCHECKED)
_FIELDS = {"code": "typed", "id": "own", "name": "name", "hours": "hours"}


class BadQuestion(ValueError):
    """A request body that cannot be answered; the message says where and why."""


def asked_of(body: object) -> list[Asked]:
    """The lines of a request to check many. Raises BadQuestion."""
    lines = body.get("certificates") if isinstance(body, dict) else None
    if not isinstance(lines, list) or not lines:
        raise BadQuestion('Send {"certificates": [{"code": "…", "id": "…"}, …]} with one or more.')
    if len(lines) > MOST_AT_ONCE:
        raise BadQuestion(
            f"There are {len(lines):,} certificates; {MOST_AT_ONCE:,} are the most at once. Send "
            "them in parts."
        )
    return [_line(number, line) for number, line in enumerate(lines, 1)]


def _line(number: int, line: object) -> Asked:
    if not isinstance(line, dict) or "code" not in line or not set(line) <= set(_FIELDS):
        raise BadQuestion(
            f"Certificate {number} is not an object with a code and, if you like, id, name, hours."
        )
    for name, value in line.items():
        if not isinstance(value, str) or len(value) > LONGEST:
            raise BadQuestion(
                f"In certificate {number}, {name} is not a text of at most {LONGEST} characters."
            )
    return Asked(row=number, **{"own": ""} | {_FIELDS[name]: text for name, text in line.items()})


def answer_shape(one: Answer) -> dict[str, Any]:
    """One answer; what does not apply is null."""
    return {
        "id": one.own,
        "code": one.typed,
        "state": one.said,
        "in_words": in_words(one),
        "since": one.since or None,
        "reason": one.reason or None,
        "replaced_by": one.replaced_by or None,
        "holder": one.holder or None,
        "program": one.program or None,
        "minutes": one.minutes or None,
        "issued_on": one.issued_on or None,
        "expires_on": one.expires_on or None,
        "name_compared": one.name if one.name is not Match.NOT_ASKED else None,
        "hours_compared": one.hours if one.hours is not Match.NOT_ASKED else None,
        "demo": one.demo,
    }


def release_shape(standing: Standing) -> dict[str, Any]:
    """That a release exists and where it stands, without anything of the record."""
    terms = releases.terms(standing.release)
    return {
        "ref": standing.release.ref,
        "scope": terms.scope,
        "state": standing.state,
        "pack": standing.release.pack_id or None,
        "starts_at": terms.starts_at.isoformat(),
        "ends_at": terms.ends_at.isoformat(),
    }


def seen_shape(seen: Seen) -> dict[str, Any]:
    """What a release shows, cut to its scope before it came here."""
    shape: dict[str, Any] = {
        "holder": seen.holder,
        "certificates": [_certificate(record) for record in seen.certificates],
    }
    if seen.sums is not None:
        shape["minutes"] = {
            "all": seen.sums.minutes,
            "by_topic": dict(seen.sums.topics),
            "by_modality": {str(name): sum for name, sum in seen.sums.modalities.items()},
            "not_vouched_for": {str(one): seen.pending.get(one, 0) for one in _PENDING},
        }
    if seen.parts:
        shape["requirements"] = [
            {"stage": part.title, "answers": [_requirement(one) for one in part.answers]}
            for part in seen.parts
        ]
    if seen.lines:
        shape["lines"] = [_ledger_line(line) for line in seen.lines]
    return shape


def _certificate(record: Record) -> Mapping[str, Any]:
    return {
        "code": record.facts.code,
        "state": record.standing.state,
        "since": record.standing.since.isoformat(),
        "program": public_facts(record)["program"],
    }


def _requirement(answer: Requirement) -> dict[str, Any]:
    return {
        "id": answer.id,
        "title": answer.title,
        "state": answer.state,
        "have": answer.have,
        "need": answer.need,
        "by": answer.by.isoformat() if answer.by else None,
        "in_words": str(answer.sentence) or None,
        "parts": [_requirement(part) for part in answer.parts],
    }


def _ledger_line(line: LedgerEntry) -> dict[str, Any]:
    return {
        "ref": line.ref,
        "title": line.title,
        "minutes": line.minutes,
        "topics": dict(line.topics),
        "modality": line.modality,
        "starts_at": line.starts_at.isoformat(),
        "ends_at": line.ends_at.isoformat(),
        "standing": standing(line.needs, line.verdict),
        "vouched_by": hours.vouched_by(line) or None,
        "takes_back": line.reverses_id is not None,
        "reason": line.reason or None,
    }
