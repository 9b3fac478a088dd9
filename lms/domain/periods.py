"""Which period of a credential is running, from the days its holder reads off their paper."""

from datetime import date, timedelta

from lms.domain.amounts import most
from lms.domain.months import months_on
from lms.domain.packs import Renewal


def period_from(renewal: Renewal | None, certified_on: date, valid_until: date | None) -> date:
    """The first day of the period that ends on ``valid_until``, never before certification.

    Without that day, or where the length of a period is not known, it is the first period.
    """
    months = most(renewal.months) if renewal else None
    if renewal is None or valid_until is None or not months:
        return certified_on
    if renewal.period == "calendar-year":
        began = date(max(1, valid_until.year - max(1, months // 12) + 1), 1, 1)
    elif renewal.period == "month-start":
        began = months_on(valid_until + timedelta(days=1), -months)
    else:
        began = months_on(valid_until, -months)
    return max(certified_on, began)
