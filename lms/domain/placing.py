"""Minutes put in their places, line by line, the oldest first; each line says where the rest is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.domain.allocation import Kind, allocate
from lms.domain.counting import Fit, Pieces, Sorted
from lms.domain.hours import Standing
from lms.domain.terms import Terms

OVER = -1
"""Where minutes over a limit lie."""


Rows = Mapping[Fit, Sequence[int]]
"""Minutes by what they fit, and the place they go to: each share, and the rest."""

Placed = Mapping[tuple[Fit, int], Pieces]
"""Pieces by what they fit and where they lie: the number of a share, the number after the last
share for the rest of the total, or OVER."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Minutes counted: in all, in each share, under each limit, towards each floor."""

    total: int
    shares: tuple[int, ...]
    limits: tuple[int, ...]
    floors: tuple[int, ...]


def filled(found: Sorted, terms: Terms, standings: Iterable[Standing]) -> tuple[Rows, Sums]:
    """How many minutes of lines of these standings go where, by what they fit, and the sums."""
    gathered = [found.pieces[standing] for standing in standings]
    fits = found.fits()
    kinds = [
        Kind(sum(minutes for each in gathered for _, minutes in each.get(fit, ())), *fit)
        for fit in fits
    ]
    caps = [sum(k.minutes for k in kinds) if cap is None else cap for cap in terms.caps]
    rows = dict(zip(fits, allocate(kinds, terms.needs, caps, terms.floors), strict=True))
    step = terms.round_to
    return rows, Sums(
        sum(map(sum, rows.values())) // step * step,
        tuple(
            sum(row[number] for row in rows.values()) // step * step
            for number in range(len(terms.needs))
        ),
        _under([(fit.limits, sum(row)) for fit, row in rows.items()], len(caps)),
        _under([(fit.floors, sum(row)) for fit, row in rows.items()], len(terms.floors)),
    )


def _under(rows: Iterable[tuple[tuple[int, ...], int]], rules: int) -> tuple[int, ...]:
    """Minutes counted under each of so many rules."""
    sums = [0] * rules
    for numbers, minutes in rows:
        for number in numbers:
            sums[number] += minutes
    return tuple(sums)


def place(found: Sorted, rows: Rows) -> Placed:
    """Hand the places out to lines we vouch for, oldest first and shares before the rest."""
    placed: dict[tuple[Fit, int], Pieces] = {}
    for fit, row in rows.items():
        ours = found.pieces[Standing.VOUCHED].get(fit, [])
        for number, room in [*enumerate(row), (OVER, sum(minutes for _, minutes in ours))]:
            if room and ours:
                placed[fit, number], ours = _first(ours, room)
    return placed


def _first(pieces: Pieces, room: int) -> tuple[Pieces, Pieces]:
    """The first pieces up to so many minutes, and those after; one is cut in two where it ends."""
    taken: Pieces = []
    for at, (line, minutes) in enumerate(pieces):
        if minutes > room:
            rest = [(line, minutes - room), *pieces[at + 1 :]]
            return [*taken, (line, room)] if room else taken, rest
        taken.append((line, minutes))
        room -= minutes
    return taken, []
