"""How days, moments, minutes and names are said, in the provider's time zone."""

import secrets
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date, format_time, get_timezone_name
from flask import Flask, g, request
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError

from lms.domain.attendance import How
from lms.domain.certificate import elapsed, in_hours, spaced
from lms.domain.curriculum import StepKind
from lms.domain.hours import Modality
from lms.domain.people import Role
from lms.domain.vouching import standing
from lms.models.database import Unavailable
from lms.web.here import school, visitor
from lms.web.security import csp_nonce
from lms.web.text import _, lazy, locale, told

# English days stand as on the certificate, so that page and paper can be compared line by line.
_DATES = {"en": "en_GB"}
_NOWHERE = ("UTC", "Etc/UTC")
_MODALITIES = {
    Modality.SELF_PACED: lazy("Self-paced"),
    Modality.LIVE_IN_PERSON: lazy("Live, in person"),
    Modality.LIVE_ONLINE: lazy("Live online"),
    Modality.IN_SERVICE: lazy("In-service training"),
    Modality.SUPERVISION_INDIVIDUAL: lazy("Supervision, one to one"),
    Modality.SUPERVISION_GROUP: lazy("Supervision in a group"),
    Modality.OBSERVATION: lazy("Observed at work"),
    Modality.WORK: lazy("Work as a peer"),
}
_HOW = {
    How.TRAINER: lazy("Entered by the trainer"),
    How.TAP: lazy("Signed in by the trainer at the door"),
    How.CODE: lazy("Signed in with the code"),
    How.PAPER: lazy("Entered from the paper sheet"),
}
_STEP_KINDS = {
    StepKind.SECTION: lazy("Reading"),
    StepKind.QUIZ: lazy("Quiz"),
    StepKind.ROLE_PLAY: lazy("Role-play"),
    StepKind.LIVE: lazy("Live session"),
}
_ROLES = {
    Role.LEARNER: lazy("Learner"),
    Role.ASSESSOR: lazy("Assessor"),
    Role.COORDINATOR: lazy("Coordinator"),
    Role.BOARD: lazy("Certification board"),
    Role.OPERATOR: lazy("Operator"),
}
_PAY = {"paid": lazy("Paid"), "volunteer": lazy("Volunteer"), "internship": lazy("Internship")}


def day(value: date | datetime | str) -> str:
    """A day in words: "4 May 2026" as the language writes it."""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(school().settings.timezone).date()
    return str(format_date(value, format="long", locale=_DATES.get(locale(), locale())))


def moment(value: datetime) -> str:
    """A day and time in the provider's zone, with the zone named."""
    return f"{day(value)}, {clock(value)} {zone(value)}"


def zone_name() -> str:
    """The provider's time zone in words: "Pacific Time"."""
    zone = school().settings.timezone
    if zone.key in _NOWHERE:
        return "UTC"
    return str(get_timezone_name(zone, locale=locale()))


def span(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, with the weekday and the zone: "Monday 4 May 2026, 09:00 to 12:00 EDT".

    The end has a day of its own past midnight, and both have their zone when the clocks jump.
    """
    there = school().settings.timezone
    begin, end = starts_at.astimezone(there), ends_at.astimezone(there)
    weekday = format_date(begin, format="EEEE", locale=locale())
    first = f"{weekday} {day(starts_at)}, {clock(starts_at)}"
    if zone(starts_at) != zone(ends_at):
        first = f"{first} {zone(starts_at)}"
    last = f"{clock(ends_at)} {zone(ends_at)}"
    if begin.date() != end.date():
        last = f"{day(ends_at)}, {last}"
    return _("%(begin)s to %(end)s", begin=first, end=last)


def later(value: datetime, minutes: int) -> datetime:
    """A moment so many minutes later."""
    return value + timedelta(minutes=minutes)


def utc(value: datetime) -> str:
    """A day and time that reads the same wherever it is checked: "4 May 2026, 14:02 UTC"."""
    there = value.astimezone(UTC)
    return f"{day(there.date())}, {there:%H:%M} UTC"


def clock(value: datetime) -> str:
    """A time of day in the provider's zone: "10:42"."""
    zone = school().settings.timezone
    return str(format_time(value, "HH:mm", tzinfo=zone, locale=locale()))


def zone(value: datetime) -> str:
    """The name of the provider's time zone at that moment: "EST"."""
    return f"{value.astimezone(school().settings.timezone):%Z}"


def stressed(text: str) -> Markup:
    """An author's line with what stands between ** in bold; nothing else in it is markup."""
    plain, bold = Markup("{}"), Markup("<strong>{}</strong>")
    parts = text.split("**")
    return Markup("").join((bold if n % 2 else plain).format(p) for n, p in enumerate(parts))


def modality(value: str) -> str:
    """How time was spent, in words."""
    return str(_MODALITIES[Modality(value)])


def pay(value: str) -> str:
    """How work was done, in words; "" when nobody said."""
    return str(_PAY.get(value, ""))


def when(starts_at: datetime, ends_at: datetime, by_days: bool) -> str:
    """When time was spent: with times of day where they are known, else in days."""
    first, last = day(starts_at), day(ends_at)
    if by_days:
        both = _("%(start)s to %(end)s", start=first, end=last)
        return first if first == last else both
    end = clock(ends_at) if first == last else moment(ends_at)
    return _("%(start)s to %(end)s", start=moment(starts_at), end=end)


def how(value: str) -> str:
    """How presence was recorded, in words."""
    return str(_HOW[How(value)])


def step_kind(value: StepKind) -> str:
    """What a step is, in words."""
    return str(_STEP_KINDS[value])


def role(value: str) -> str:
    """A role in words."""
    return str(_ROLES[Role(value)])


_NAV = (
    (Role.LEARNER, "/learn", lazy("Learn")),
    (Role.LEARNER, "/hours", lazy("Hours")),
    (Role.LEARNER, "/certificates", lazy("Certificates")),
    (Role.LEARNER, "/releases", lazy("Releases")),
    (Role.ASSESSOR, "/grading", lazy("Grading")),
    (Role.ASSESSOR, "/sessions", lazy("Sessions")),
    (Role.COORDINATOR, "/manage", lazy("Cohorts")),
    (Role.COORDINATOR, "/sessions", lazy("Sessions")),
    (Role.BOARD, "/board", lazy("Board")),
    (Role.OPERATOR, "/operate", lazy("Operate")),
)


def navigation() -> list[tuple[str, str, bool]]:
    """The main links of the visitor's roles: (address, words, whether we are there)."""
    who = visitor()
    roles = {grant.role for grant in who.grants} if who else set()
    here = request.path
    links = {href: str(label) for needed, href, label in _NAV if needed in roles}
    return [
        (href, label, here == href or here.startswith(f"{href}/")) for href, label in links.items()
    ]


def _frame() -> dict[str, object]:
    who = visitor()
    return {
        "nav": navigation(),
        "account": ("/account", _("Your account")) if who else ("/sign-in", _("Sign in")),
        "demo": school().settings.demo,
        "open_sign_up": school().settings.open_sign_up,
        "lang": locale(),
    }


def _bare_or_frame() -> dict[str, object]:
    """An error page must not fail with the database, nor wait for it a second time."""
    if "is_bare" not in g:
        try:
            return _frame()
        except (DBAPIError, Unavailable):
            pass
    return {"nav": [], "account": None, "demo": school().settings.demo, "lang": locale()}


def connect(app: Flask) -> None:
    """Give templates their words."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        utc=utc,
        later=later,
        clock=clock,
        zone=zone,
        stressed=stressed,
        hours=in_hours,
        elapsed=elapsed,
        spaced=spaced,
        modality=modality,
        pay=pay,
        standing=lambda line: standing(line.needs, line.verdict),
        told=told,
        how=how,
        role=role,
        step_kind=step_kind,
    )
    app.jinja_env.globals.update(
        csp_nonce=csp_nonce,
        once_key=lambda: secrets.token_urlsafe(16),
        zone_name=zone_name,
        when=when,
        span=span,
    )
    app.context_processor(_bare_or_frame)
