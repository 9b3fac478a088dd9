"""Limits on what counts in a day: every line keeps its minutes and says which of them count."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lms.domain.hours import Entry, Modality, Totals, split, totals
from lms.domain.requirements import Counted, Sentence
from lms.domain.sentences import sentence

ONLINE = frozenset({Modality.SELF_PACED, Modality.LIVE_ONLINE})
"""Modalities that come over a screen."""
_WINDOW = timedelta(hours=24)
_WHY = sentence(
    "%(lost)s of these minutes do not count: at most %(most)s minutes of online time count in any "
    "24 hours, and %(before)s came shortly before."
)


@dataclass(frozen=True, slots=True)
class Caps:
    """A provider's limits. ``online_in_24_hours`` is in minutes; None sets no limit.

    Source: a NAADAC provider grants at most 8 h of online credit in 24 h (domain.md 4.1, S112).
    """

    online_in_24_hours: int | None = None


NO_CAPS = Caps()


def is_capped(entry: Entry) -> bool:
    """Whether a limit on online time is about this line: our own credit, earned over a screen."""
    return entry.modality in ONLINE and entry.origin == "ours"


def capped(entries: Iterable[Entry], caps: Caps) -> dict[int, Counted]:
    """What counts of each line, by its id, and why the rest does not.

    Credit falls at the end of a line's interval. Lines are taken in that order, each gets what the
    24 hours up to it leave. A line that was taken back, and the one that takes it back, keep their
    minutes (they add up to nothing) and use nothing of the limit.
    """
    lines = list(entries)
    found = {line.id: Counted(line.id, line.minutes, line.minutes) for line in lines}
    most = caps.online_in_24_hours
    if most is None:
        return found
    gone = {line.reverses for line in lines if line.reverses is not None}
    asked = [x for x in lines if is_capped(x) and x.reverses is None and x.id not in gone]
    recent: deque[tuple[datetime, int]] = deque()
    used = 0
    for line in sorted(asked, key=lambda line: (line.ends_at, line.id)):
        while recent and recent[0][0] <= line.ends_at - _WINDOW:
            used -= recent.popleft()[1]
        counts = min(line.minutes, most - used)
        if counts < line.minutes:
            why = Sentence(_WHY, {"lost": line.minutes - counts, "most": most, "before": used})
            found[line.id] = Counted(line.id, counts, line.minutes, why)
        recent.append((line.ends_at, counts))
        used += counts
    return found


def left_out(entry: Entry, counted: Counted) -> dict[str, int]:
    """By topic, the minutes of a line that do not count."""
    if counted.why_not is None:
        return {}
    kept = split(counted.minutes, entry.topics) if counted.minutes else {}
    return {topic: part - kept.get(topic, 0) for topic, part in entry.topics.items()}


def counted_totals(entries: Iterable[Entry], caps: Caps) -> Totals:
    """Totals of what counts: the sums of the lines without what a limit leaves out."""
    lines = list(entries)
    counts = capped(lines, caps)
    return totals(
        replace(
            line,
            minutes=counts[line.id].minutes,
            topics={t: m - lost.get(t, 0) for t, m in line.topics.items()},
        )
        for line in lines
        for lost in [left_out(line, counts[line.id])]
    )
