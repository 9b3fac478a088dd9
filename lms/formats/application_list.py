"""The hours of an application as a CSV list, in the board's own columns. In English, as papers."""

from collections.abc import Callable, Iterator

from lms.domain.application import Application, Line
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


def in_domains(line: Line) -> str:
    """Hours applied to each domain: "Advocacy 2; Ethics 1.5"."""
    return "; ".join(f"{title} {hours(minutes)}" for title, minutes in line.domains)


def hours(minutes: int) -> str:
    """Hours as a number with at most two places: 90 minutes are 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


_HOLDS: dict[str, Callable[[Line], str]] = {
    "title": lambda line: line.title,
    "provider": lambda line: line.provider,
    "starts": lambda line: line.starts,
    "ends": lambda line: line.ends,
    "hours": lambda line: hours(line.minutes),
    "domain-hours": in_domains,
    "modality": lambda line: KINDS.get(line.modality, line.modality),
    "approvals": lambda line: "; ".join(line.approvals),
    "certificate": lambda line: line.certificate,
    "voucher": lambda line: line.voucher,
}
CHECKED = "Checked by the provider"
STANDS = {
    "vouched": "yes",
    "waiting": "no, waits for a signature",
    "unchecked": "no, not checked by us",
}


def application_csv(facts: Application) -> bytes:
    """The list of an application.

    A board that names its columns gets its trainings in them, in its order, and after them one
    column that says what nobody here has checked. Other boards get every line, with a column of
    hours for each of their domains.
    """
    return written(_own(facts) if facts.columns else _ours(facts))


def _own(facts: Application) -> Iterator[list[str]]:
    yield [*(title for title, _holds in facts.columns), CHECKED]
    for line in facts.trainings:
        yield [*(_HOLDS[holds](line) for _title, holds in facts.columns), _checked(line)]


def _ours(facts: Application) -> Iterator[list[str]]:
    plain = {
        "title": "Title",
        "provider": "Provider",
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
    yield [*plain.values(), *applied, *last.values(), CHECKED]
    for line in facts.lines:
        by_domain = dict(line.domains)
        yield [
            *(_HOLDS[name](line) for name in plain),
            *(hours(by_domain.get(domain, 0)) for domain in facts.domains),
            *(_HOLDS[name](line) for name in last),
            _checked(line),
        ]


def _checked(line: Line) -> str:
    return STANDS[line.standing]
