"""What a requirement of hours asks, in minutes of the clock."""

from dataclasses import dataclass

from lms.domain.amounts import enough, most, of_hours
from lms.domain.packs import Amount, Floor, Known, Limit, Requirement, Version


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures of a requirement in minutes: what shares need (None where unknown), where limits
    stop, what floors ask, and the step totals are rounded down to."""

    needs: tuple[int | None, ...] = ()
    caps: tuple[int | None, ...] = ()
    floors: tuple[int, ...] = ()
    round_to: int = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """What is asked, in minutes of the clock: the total, each share, each limit, each floor."""

    total: Amount
    shares: tuple[Amount, ...]
    limits: tuple[Amount, ...]
    floors: tuple[Amount, ...]

    def terms(self, round_to: int, unknown_cap: int | None = None, limits: bool = True) -> Terms:
        """The figures that minutes are placed by; a limit we do not know stops at ``unknown_cap``,
        None for nowhere, and no limit is applied without ``limits``."""
        caps = (most(amount) if limits else None for amount in self.limits)
        return Terms(
            tuple(None if a.known is Known.UNKNOWN else enough(a) or 0 for a in self.shares),
            tuple(unknown_cap if cap is None else cap for cap in caps),
            tuple(enough(amount) or 0 for amount in self.floors),
            round_to,
        )


def figures(asked: Requirement, version: Version, work: int) -> Figures:
    """The figures of a requirement, its ratio applied to so many minutes of work."""
    total = of_hours(asked.hours, version.hour_minutes)
    if asked.ratio:
        least = max(enough(total) or 0, work // asked.ratio)
        total = Amount(least=least) if least else Amount(Known.NONE)

    def of(rule: Limit | Floor) -> Amount:
        whole = enough(total) if isinstance(rule, Floor) else most(total)
        if rule.percent is None:
            return of_hours(rule.hours or Amount(Known.UNKNOWN), version.hour_minutes)
        if whole is None:
            return Amount(Known.UNKNOWN)
        # A floor of half of 41 minutes is 21, a limit is 20: never more than the rule allows.
        up = -1 if isinstance(rule, Floor) else 1
        return Amount(least=up * (up * whole * rule.percent // 100))

    return Figures(
        total,
        tuple(of_hours(share.hours, version.hour_minutes) for share in asked.shares),
        tuple(of(limit) for limit in asked.limits),
        tuple(of(floor) for floor in asked.floors),
    )
