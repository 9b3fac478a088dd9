"""Requirement packs: what a board asks for, in dated versions, as plain facts.

A pack says what we read, where, and how sure we are. It decides nothing: the board does.
Source: domain.md 3 (the profiles) and 7 (what a profile must be able to express).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.domain.figures import NONE_REQUIRED, UNKNOWN, Amount, Confidence, Exam, Fee, Known

__all__ = ["NONE_REQUIRED", "UNKNOWN", "Amount", "Confidence", "Exam", "Fee", "Known"]
# Figures are a part of the form of a pack: whoever uses packs need not know where they live.


@dataclass(frozen=True, slots=True)
class Domain:
    """One of a board's own domains or named topics, and our topics that may count under it.

    A topic may stand under several: then its minutes go where they meet most, each once.
    ``note`` says why nothing of ours counts under a domain without topics.
    """

    id: str
    title: str
    topics: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A minimum inside a requirement's total, filled by minutes of these domains.

    The shares of one requirement split its minutes: none counts in two of them.
    """

    id: str
    title: str
    hours: Amount
    domains: tuple[str, ...]
    sources: tuple[str, ...] = ()
    recalled: bool = False
    confidence: Confidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Of minutes that match, at most so many count: ``hours`` or ``percent`` of the total asked.

    A line matches by its way (``modalities``), by ``domains`` of its topics, or by its ``origin``;
    what is left empty matches all. The limits of one requirement never cross each other.
    """

    id: str
    title: str
    hours: Amount | None = None
    percent: int | None = None
    modalities: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    origin: str = ""
    sources: tuple[str, ...] = ()
    recalled: bool = False
    confidence: Confidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so many of the minutes counted match: ``hours`` or ``percent`` of the total asked.

    A minute of a floor may also fill a share: a floor looks at the same minutes another way.
    """

    id: str
    title: str
    hours: Amount | None = None
    percent: int | None = None
    modalities: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    pay: str = ""
    sources: tuple[str, ...] = ()
    recalled: bool = False
    confidence: Confidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When a line must lie.

    ``within_months`` looks back from the day asked about; ``after`` names a day of the record:
    ``certification`` or ``period``.

    ``span_months`` asks that the lines counted reach over so many months. ``first_months`` ends the
    window so many months after that day (Texas: the first six).
    """

    within_months: int | None = None
    since: date | None = None
    after: str = ""
    span_months: int | None = None
    first_months: int | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Lines count only when they carry this body's approval, from that day on."""

    body: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing asked for: ``hours``, a ``fact``, or a group (``all``, ``any``) of others.

    Hours: ``of`` is training, work, supervision or continuing; ``modalities`` narrows which ways of
    spending time count. ``includes`` names further modalities that count too (supervision inside
    work). ``excludes`` are domains that never count. ``ratio`` asks for one hour for every so many
    hours of work done.

    Fact: ``fact`` is one of FACTS, ``amount`` its figure if it has one, ``asks`` says it in words.
    ``unit`` is what the figure counts, where it is not that of UNITS.

    A duty: ``every`` is ``week`` or ``month``: ``hours`` are then asked in each. ``times`` is how
    often it must happen in each, ``once_minutes`` how long one of these must last at least.

    ``asked`` is UNKNOWN when we do not know whether the thing is asked at all, and NONE when the
    source says that it is not: then it stands here so that nobody takes silence for an answer.
    """

    id: str
    kind: str
    title: str
    of: str = ""
    hours: Amount = NONE_REQUIRED
    modalities: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    limits: tuple[Limit, ...] = ()
    floors: tuple[Floor, ...] = ()
    window: Window = Window()
    approval: Approval | None = None
    ratio: int | None = None
    fact: str = ""
    amount: Amount = NONE_REQUIRED
    asks: str = ""
    unit: str = ""
    asked: Known = Known.KNOWN
    every: str = ""
    times: int | None = None
    once_minutes: int | None = None
    exam: Exam | None = None
    needs: "tuple[Requirement, ...]" = ()
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None
    recalled: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a credential: trainee, provisional, full. ``months`` is how long it is valid."""

    id: str
    title: str
    needs: tuple[Requirement, ...]
    months: Amount = UNKNOWN
    extensions: Amount = UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What keeps a credential.

    ``period`` is ``months``, ``calendar-year``, ``month-start`` (from the first day of the month of
    certification) or ``fixed`` (everyone on ``fixed_on``, and again after ``months``). It can be
    renewed from ``opens_days`` before its end, should be asked for ``due_days`` before it, and can
    be mended until ``late_days`` after it. None is unknown.
    """

    period: str
    needs: tuple[Requirement, ...]
    months: Amount = UNKNOWN
    fixed_on: date | None = None
    opens_days: int | None = None
    due_days: int | None = None
    late_days: int | None = None
    carries_over: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree, kept as they are: which field, and what each says."""

    field: str
    text: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The rule of a credential over a span of days. ``starts`` and ``ends`` are None when not known
    (``ends`` also while it is in force); ``ends`` is the first day it no longer holds.

    ``status`` is ``current`` or ``history``. ``hour_minutes`` is the length of an hour (50 or 60),
    ``round_to`` the minutes a total is rounded down to. ``application_months`` is how long an
    application stays open. ``pack`` is the id of the pack it belongs to.
    """

    id: str
    status: str
    as_of: date
    confidence: Confidence
    sources: tuple[str, ...]
    stages: tuple[Stage, ...]
    starts: date | None = None
    ends: date | None = None
    hour_minutes: int = 60
    round_to: int = 1
    domains: tuple[Domain, ...] = ()
    renewal: Renewal | None = None
    ongoing: tuple[Requirement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    fees: tuple[Fee, ...] = ()
    application_months: int | None = None
    notes: tuple[str, ...] = ()
    pack: str = ""

    def domain(self, domain_id: str) -> Domain:
        """The domain of an id. Raises LookupError."""
        for domain in self.domains:
            if domain.id == domain_id:
                return domain
        raise LookupError(f"no domain {domain_id} in version {self.id}")


@dataclass(frozen=True, slots=True)
class Pack:
    """A credential of a board, with its versions newest first."""

    id: str
    title: str
    body: str
    jurisdiction: str
    credential: str
    versions: tuple[Version, ...]
    accepts_others: str = ""
    columns: tuple[Mapping[str, str], ...] = ()

    def version(self, day: date) -> Version:
        """The version in force on a day: the newest that had begun, else the oldest known.

        A version without a first day is taken to have held before all others.
        """
        begun = [v for v in self.versions if v.starts is None or v.starts <= day]
        held = [v for v in begun if v.ends is None or day < v.ends]
        current = [v for v in held if v.status == "current"]
        return (current or held or begun or list(self.versions)[-1:])[0]


TRAINING = ("self-paced", "live-in-person", "live-online", "in-service")
SUPERVISION = ("supervision-individual", "supervision-group", "supervision-observation")
WORK = ("work",)
OF: Mapping[str, tuple[str, ...]] = {
    "training": TRAINING,
    "continuing": TRAINING,
    "supervision": SUPERVISION,
    "work": WORK,
}
"""The modalities that count for each kind of hours, where a requirement does not name its own."""

FACTS: Mapping[str, str] = {
    "lived-experience": "self",
    "recovery": "self",
    "education": "document",
    "age": "self",
    "exam": "document",
    "references": "document",
    "supervisor-letter": "document",
    "ethics-code": "self",
    "background-check": "document",
    "residence": "self",
    "employment": "document",
    "essay": "document",
    "interview": "document",
    "application": "document",
    "credential": "document",
    "college-credits": "document",
    "competence-ratings": "document",
    "other": "self",
}
"""What can be asked besides hours: attested by the person themself, or shown on a document."""
