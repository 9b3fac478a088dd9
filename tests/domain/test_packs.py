"""Which version of a rule holds on a day, and which domain an id names."""

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.packs import Pack, Version
from tests.domain.worked.making import version


def held(name: str, starts: str = "", ends: str = "", status: str = "current") -> Version:
    return replace(
        version(),
        id=name,
        status=status,
        starts=date.fromisoformat(starts) if starts else None,
        ends=date.fromisoformat(ends) if ends else None,
    )


NEW = held("2025", "2025-07-03")
MIDDLE = held("2020", "2020-01-01", "2025-07-03", "history")
OLD = held("older", "", "2020-01-01", "history")


@pytest.mark.parametrize(
    ("versions", "day", "found"),
    [
        ((NEW, MIDDLE, OLD), "2026-01-01", "2025"),
        ((NEW, MIDDLE, OLD), "2025-07-03", "2025"),
        ((NEW, MIDDLE, OLD), "2025-07-02", "2020"),
        ((NEW, MIDDLE, OLD), "2019-12-31", "older"),
        # Between two rules the last that had begun; before all, the oldest we know.
        ((NEW, held("2010", "2010-01-01", "2012-01-01", "history")), "2020-01-01", "2010"),
        ((NEW,), "2020-01-01", "2025"),
        # A draft of history never outweighs what is in force.
        ((held("draft", "2026-01-01", status="history"), NEW), "2026-06-01", "2025"),
    ],
)
def test_a_day_has_its_version(versions, day, found):
    pack = Pack("p", "P", "Board", "US", "P", versions)
    assert pack.version(date.fromisoformat(day)).id == found


def test_a_domain_is_found_by_its_id():
    assert NEW.domain("harm").title == "Harm Reduction"
    with pytest.raises(LookupError, match="no domain else in version 2025"):
        NEW.domain("else")
