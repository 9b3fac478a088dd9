"""iCalendar (RFC 5545): a timetable that calendar programs read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as IcalEvent


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting as a calendar shows it. ``version`` grows with each change of plan."""

    id: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    place: str = ""
    link: str = ""
    version: int = 0
    is_cancelled: bool = False


def written(title: str, events: Iterable[Event]) -> bytes:
    """A calendar as bytes. Moments are in UTC, so that no zone has to be told.

    Neither the maker nor the ids name who keeps this calendar: it may lie open on a shared device.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: Event) -> IcalEvent:
    entry = IcalEvent()
    entry.add("uid", event.id)
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.summary)
    entry.add("sequence", event.version)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.place:
        entry.add("location", event.place)
    if event.link:
        entry.add("url", event.link)
    return entry
