"""What issuing and showing certificates need to know of the installation."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from lms.config import Settings
from lms.domain.approvals import valid_on
from lms.domain.caps import NO_CAPS, Caps
from lms.domain.certificate import Provider


@dataclass(frozen=True, slots=True)
class Office:
    """What issuing needs to know of the installation; ``caps`` are the provider's daily limits."""

    provider: Provider
    base_url: str
    timezone: tzinfo
    demo: bool
    caps: Caps = NO_CAPS

    def day(self, moment: datetime) -> date:
        """The provider's calendar day of a moment."""
        return moment.astimezone(self.timezone).date()

    def approvals(self, moment: datetime) -> tuple[str, ...]:
        """The approvals of the provider that were valid on the day of a moment."""
        return valid_on(self.provider.approvals, self.day(moment))


def office_of(settings: Settings) -> Office:
    """The office of an installation."""
    return Office(
        settings.provider,
        settings.base_url,
        settings.timezone,
        settings.demo,
        Caps(settings.daily_online_minutes),
    )
