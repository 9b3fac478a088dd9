"""What a program promises of its certificate besides itself: other words, and what renews it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What a certificate of the program says in other words than the usual ones."""

    title: str
    statement: str
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renews:
    """What renews a program's certificate: so many days before its last good day or after it, with
    so many ``minutes`` of further training since it was issued, ``live_minutes`` of them live.
    """

    opens_days: int
    late_days: int
    minutes: int
    live_minutes: int = 0
