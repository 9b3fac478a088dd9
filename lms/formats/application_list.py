"""The hours of an application as a CSV list, in the board's own columns. In English, as papers."""

from collections.abc import Callable, Iterator

from lms.domain.application import Application, Line
from lms.domain.hours import split
from lms.formats.lists import written

KINDS = {
    "self-paced": "Self-paced",
    "live-in-person": "Live, in person",
    "live-online": "Live online",
    "in-service": "In-service",
    "supervision-individual": "Supervision, individual",
    "supervision-group": "Supervision, group",
    "supervision-observation": "Supervision, observation",
    "work": "Work",
}
"""How time was spent, in words."""


def how(line: Line) -> str:
    """How time was spent, in words: "Work, paid"."""
    kind = KINDS.get(line.modality, line.modality)
    return f"{kind}, {line.pay}" if line.pay else kind


def where(line: Line) -> str:
    """The provider of a training, or where work and supervision took place."""
    apart = line.place and line.place != line.provider
    return f"{line.provider}, at {line.place}" if apart and line.provider else _either(line)


def _either(line: Line) -> str:
    return line.provider or line.place or "not said"


def behind(line: Line) -> str:
    """Who vouches for a line and what they say of themself, as far as they said it."""
    said = [line.voucher, line.role]
    if line.is_peer is not None:
        said.append("says: certified peer" if line.is_peer else "says: not a certified peer")
    if line.years is not None:
        years = "1 year" if line.years == 1 else f"{line.years} years"
        said.append(f"says: has supervised peers for {years}")
    return "; ".join(filter(None, said))


def in_domains(line: Line) -> str:
    """Hours applied to each domain: "Advocacy 2; Ethics 1.5"."""
    return "; ".join(f"{title} {number(part)}" for title, part in by_domain(line).items())


def by_domain(line: Line) -> dict[str, int]:
    """Hundredths of an hour by domain. Where all of a line is applied they add up to its hours."""
    shares = dict(line.domains)
    rest = max(0, line.minutes - sum(shares.values()))
    parts = split(hundredths(line.minutes), shares | {"": rest}) if shares else {}
    return {title: part for title, part in parts.items() if title}


def hundredths(minutes: int) -> int:
    """Hundredths of an hour, rounded: 80 minutes are 133."""
    return (minutes * 100 + 30) // 60


def number(part: int) -> str:
    """Hundredths as a number with at most two places: 150 are 1.5."""
    return f"{part / 100:.2f}".rstrip("0").rstrip(".")


_HOLDS: dict[str, Callable[[Line], str]] = {
    "title": lambda line: line.title,
    "provider": where,
    "starts": lambda line: line.starts,
    "ends": lambda line: line.ends,
    "hours": lambda line: number(hundredths(line.minutes)),
    "domain-hours": in_domains,
    "modality": how,
    "approvals": lambda line: "; ".join(line.approvals),
    "certificate": lambda line: line.certificate,
    "voucher": behind,
}
CHECKED = "Checked by the provider"
_STANDS = {
    "vouched": "yes",
    "confirmed": "no, but confirmed by {voucher} with a link",
    "accepted": "taught elsewhere; {voucher} of the provider looked at what shows it",
    "waiting": "no, waits for a signature",
    "unchecked": "no, not checked by us",
}
_LAST = ("Minutes", "Minutes that count", "Why the rest does not count", CHECKED)


def stands(line: Line) -> str:
    """Whether the provider checked a line, and if not, who stands behind it."""
    return _STANDS[line.standing].format(voucher=line.voucher)


def counts(line: Line) -> str:
    """Minutes that count, by what asks for them: "Training 54"."""
    if line.counts is None:
        return "not told"
    return "; ".join(f"{title} {minutes}" for title, minutes in line.counts) or "none"


def application_csv(facts: Application) -> bytes:
    """The list of an application.

    A board that names its columns gets its trainings in them, in its order. Other boards get every
    line, with a column of hours for each of their domains. After them stand whole minutes, which
    add up where rounded hours do not, what of them counts, and what nobody here has checked.
    """
    return written(_own(facts) if facts.columns else _ours(facts))


def _own(facts: Application) -> Iterator[list[str]]:
    yield [*(title for title, _holds in facts.columns), *_LAST]
    for line in facts.trainings:
        yield [*(_HOLDS[holds](line) for _title, holds in facts.columns), *_last(line)]


def _ours(facts: Application) -> Iterator[list[str]]:
    plain = {
        "title": "Title",
        "provider": "Provider, or where",
        "modality": "Kind of time",
        "starts": "From",
        "ends": "To",
        "hours": "Hours",
    }
    last = {
        "approvals": "Approvals",
        "voucher": "Vouched for by",
        "certificate": "Certificate can be checked at",
    }
    applied = [f"Hours: {domain}" for domain in facts.domains]
    yield [*plain.values(), *applied, *last.values(), *_LAST]
    for line in facts.lines:
        parts = by_domain(line)
        yield [
            *(_HOLDS[name](line) for name in plain),
            *(number(parts.get(domain, 0)) for domain in facts.domains),
            *(_HOLDS[name](line) for name in last),
            *_last(line),
        ]


def _last(line: Line) -> list[str]:
    return [str(line.minutes), counts(line), line.why_not, stands(line)]
