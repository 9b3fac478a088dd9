"""Requirement packs in words: every figure with its sources, its day, and how sure we are."""

from collections.abc import Iterator
from typing import Final

from lms.domain.differences import amount_words
from lms.domain.figures import UNITS
from lms.domain.packs import (
    Amount,
    Confidence,
    Exam,
    Floor,
    Known,
    Limit,
    Pack,
    Renewal,
    Requirement,
    Share,
    Stage,
    Version,
    Window,
)

WARNING: Final = (
    "This is what we read, and no promise: the board decides. Ask it before you rely on this."
)
_KINDS: Final = {"all": "all of these", "any": "one of these"}
_PERIODS: Final = {
    "months": "from the day of certification",
    "calendar-year": "a calendar year",
    "month-start": "from the first day of the month of certification",
    "fixed": "one common day for everyone",
}


def figure(amount: Amount, unit: str = "") -> str:
    """A figure in words; ``unit`` is "minutes" for hours, else what it counts."""
    words = amount_words(amount, "hours" if unit == "minutes" else "")
    counted = f" {unit}" if unit not in ("", "minutes") and amount.known is Known.KNOWN else ""
    return words + counted + (" (sources disagree)" if amount.readings else "")


def described(pack: Pack, version: Version) -> list[str]:
    """A version of a pack as lines: every requirement, then what one should know of it."""
    return [
        f"{pack.title} ({pack.id})",
        f"{pack.body}, {pack.jurisdiction}, {pack.credential}",
        f"Version {version.id}, {version.status}{_span(version)}. {_basis(version)}.",
        *([f"Others' credentials: {pack.accepts_others}"] if pack.accepts_others else []),
        WARNING,
        *(line for stage in version.stages for line in _stage(stage, version)),
        *(_renewal(version.renewal, version) if version.renewal else ()),
        *(["", "While certified"] if version.ongoing else []),
        *(line for asked in version.ongoing for line in _requirement(asked, version, 1)),
        *_rest(version),
    ]


def _span(version: Version) -> str:
    starts = f", from {version.starts}" if version.starts else ", first day not known"
    return starts + (f", until {version.ends} (not that day)" if version.ends else "")


def _basis(
    version: Version,
    sources: tuple[str, ...] = (),
    confidence: Confidence | None = None,
    recalled: bool = False,
) -> str:
    """Where a figure is from, when it was checked, and how sure we are."""
    how = "recalled, not read; " if recalled else ""
    named = ", ".join(sources) or ("no source" if recalled else ", ".join(version.sources))
    return f"{how}{named}; checked {version.as_of}; confidence {confidence or version.confidence}"


def _stage(stage: Stage, version: Version) -> Iterator[str]:
    yield ""
    more = f", extensions: {figure(stage.extensions)}" if stage.extensions.least else ""
    yield f"{stage.title} ({stage.id}), valid {figure(stage.months, 'months')}{more}"
    yield from _note(stage.note, 1)
    for asked in stage.needs:
        yield from _requirement(asked, version, 1)


def _renewal(renewal: Renewal, version: Version) -> Iterator[str]:
    yield ""
    yield f"Renewal, {figure(renewal.months, 'months')}, {_PERIODS[renewal.period]}"
    for told, value in (
        ("  common day", renewal.fixed_on),
        ("  opens, days before the end", renewal.opens_days),
        ("  asked for, days before the end", renewal.due_days),
        ("  late window, days after the end", renewal.late_days),
    ):
        if value is not None:
            yield f"{told}: {value}"
    if renewal.carries_over is not None:
        yield f"  hours carry over: {'yes' if renewal.carries_over else 'no'}"
    yield from _note(renewal.note, 1)
    for asked in renewal.needs:
        yield from _requirement(asked, version, 1)


def _requirement(asked: Requirement, version: Version, depth: int) -> Iterator[str]:
    indent = "  " * depth
    basis = _basis(version, asked.sources, asked.confidence, asked.recalled)
    yield f"{indent}{asked.id}: {asked.title}: {_asks(asked)} [{basis}]"
    for line in (asked.asks, exam(asked.exam), window(asked.window), _only(asked)):
        yield from _note(line, depth + 1)
    parts: tuple[Share | Limit | Floor, ...] = (*asked.shares, *asked.limits, *asked.floors)
    for part in parts:
        yield f"{indent}  {_part(part)} [{_part_basis(part, asked, version)}]"
        yield from _note(part.note, depth + 2)
    yield from _note(asked.note, depth + 1)
    for need in asked.needs:
        yield from _requirement(need, version, depth + 1)


def _asks(asked: Requirement) -> str:
    if asked.asked is not Known.KNOWN:
        return "not asked" if asked.asked is Known.NONE else "not known whether it is asked"
    if asked.kind == "hours":
        return _hours(asked)
    if asked.kind == "fact":
        unit = asked.unit or UNITS.get(asked.fact, "")
        return "asked" if asked.amount.known is Known.NONE else figure(asked.amount, unit)
    return _KINDS[asked.kind]


def _hours(asked: Requirement) -> str:
    """The figure of hours; of a duty that asks only how often, just that."""
    only_often = asked.times and asked.hours.known is Known.NONE
    told = [
        "" if only_often else figure(asked.hours, "minutes"),
        f"1 h for every {asked.ratio} h of work" if asked.ratio else "",
        f"{asked.times} or more times" if asked.times else "",
        f"one of at least {asked.once_minutes} minutes" if asked.once_minutes else "",
    ]
    return ", ".join(filter(None, told)) + (f" each {asked.every}" if asked.every else "")


def _part(part: Share | Limit | Floor) -> str:
    percent = None if isinstance(part, Share) else part.percent
    amount = figure(part.hours or Amount(Known.UNKNOWN), "minutes")
    much = amount if percent is None else f"{percent} percent"
    often = {Share: "of it", Limit: "at most", Floor: "at least"}[type(part)]
    return f"{part.id}: {part.title}: {often} {much}"


def _part_basis(part: Share | Limit | Floor, asked: Requirement, version: Version) -> str:
    sources = part.sources or asked.sources
    return _basis(version, sources, part.confidence or asked.confidence, part.recalled)


def exam(known: Exam | None) -> str:
    """What is known of an exam, in words, or ""."""
    if known is None:
        return ""
    told = {
        "%s questions": known.items,
        "%s minutes": known.minutes,
        "pass mark %s percent": known.pass_percent,
        "pass mark %s scaled points": known.pass_scaled,
        f"on a scale from {known.scaled_from} to %s": known.scaled_to,
        "%s attempts in a term": known.attempts_per_term,
    }
    return ", ".join(words % value for words, value in told.items() if value is not None)


def window(when: Window) -> str:
    """When a line must lie, in words, or ""."""
    told = {
        "of the last %s months": when.within_months,
        "since %s": when.since,
        "after the beginning of the %s": when.after or None,
        "in the first %s months of it": when.first_months,
        "spread over at least %s months": when.span_months,
    }
    return ", ".join(words % value for words, value in told.items() if value is not None)


def _only(asked: Requirement) -> str:
    told = [
        ("only", asked.modalities),
        ("also", asked.includes),
        ("in the domains", asked.domains),
        ("never", asked.excludes),
    ]
    words = [f"{how} {', '.join(names)}" for how, names in told if names]
    if asked.approval is not None:
        since = f", from {asked.approval.since} on" if asked.approval.since else ""
        words.append(f"only with the approval of {asked.approval.body}{since}")
    return "; ".join(words)


def _note(text: str, depth: int) -> Iterator[str]:
    if text:
        yield f"{'  ' * depth}{text}"


def _rest(version: Version) -> Iterator[str]:
    if version.conflicts:
        yield from ("", "Sources disagree")
    for conflict in version.conflicts:
        yield f"  {conflict.field}: {conflict.text} {' / '.join(conflict.readings)}"
    if version.hour_minutes != 60 or version.round_to != 1:
        yield f"An hour has {version.hour_minutes} minutes; rounded down to {version.round_to}."
    told = [f"Fee, for information: {fee.title}: ${fee.dollars:g}" for fee in version.fees]
    if version.application_months:
        told.append(f"An application stays open {version.application_months} months.")
    if told or version.notes:
        yield from ("", "Good to know")
    for line in (*told, *version.notes):
        yield f"  {line}"
