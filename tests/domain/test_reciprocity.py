"""What would be missing if one moved, and what changed between two versions of a rule."""

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.differences import Change, Difference, amount_words, differences, words
from lms.domain.limits import crossing
from lms.domain.packs import NONE_REQUIRED, UNKNOWN, Amount, Limit, Renewal, Requirement, Window
from lms.domain.reciprocity import compare
from lms.domain.record import Held
from lms.domain.requirements import State
from tests.domain.worked.making import (
    TODAY,
    WAITING,
    asks,
    hours_of,
    line,
    of,
    record,
    share,
    training,
    version,
)

VIRGINIA = version(training(72), hours_of("work", 500), hours_of("supervision", 25))
MARYLAND = version(
    training(50, shares=(share("ethical", 16), share("harm", 4))),
    hours_of("work", 500),
    hours_of("supervision", 30),
    asks("recovery", Amount(least=24)),
)
FROM_VIRGINIA = (
    line("2026-01-05", 56),
    line("2026-01-06", 16, "ethics"),
    line("2026-02-01", 500, way="work"),
    line("2026-03-01", 25, way="supervision-group"),
)


def said(move) -> list[str]:
    return [str(gap.sentence) for gap in move.added]


def test_virginia_to_maryland():
    held = record(*FROM_VIRGINIA, recovery=Held("recovery", "attested", 30))
    move = compare(held, VIRGINIA, MARYLAND, TODAY)
    assert (move.here.state, move.there.state) == (State.MET, State.NOT_YET)
    assert said(move) == ["Harm: 4 h missing.", "Supervision: 5 h missing."]
    assert [gap.missing for gap in move.gaps] == [240, 300]


def test_what_is_open_in_both_is_not_added_by_moving():
    move = compare(record(*FROM_VIRGINIA[:3]), VIRGINIA, MARYLAND, TODAY)
    assert [(str(gap.sentence), gap.both) for gap in move.gaps] == [
        ("Harm: 4 h missing.", False),
        ("Supervision: 30 h missing.", True),
        ("Recovery: not shown yet.", False),
    ]


@pytest.mark.parametrize(
    ("asked", "held", "gaps"),
    [
        # A total that lacks more than its shares do.
        (training(50, shares=(share("harm", 4),)), record(line("2026-01-01", 40)),
         ["Training: 6 h missing.", "Harm: 4 h missing."]),
        # A share that is short inside a total that is full.
        (training(4, shares=(share("harm", 4),)), record(line("2026-01-01", 40)),
         ["Harm: 4 h missing."]),
        (training(UNKNOWN), record(line("2026-01-01", 40)), ["Training: we cannot tell."]),
        (training(4), record(line("2026-01-01", 4, **WAITING)), ["Training: needs a signature."]),
        (asks("exam"), record(), ["Exam: not shown yet."]),
        (asks("recovery", Amount(least=24)), record(recovery=Held("recovery", "attested", 23)),
         ["Recovery: 1 month missing."]),
        (Requirement("ways", "any", "Ways in", needs=(training(40), hours_of("work", 100))),
         record(), ["Ways in: not shown yet."]),
        (Requirement("both", "all", "Both", needs=(training(40), hours_of("work", 100))),
         record(line("2026-01-01", 40)), ["Work: 100 h missing."]),
        (training(NONE_REQUIRED), record(), []),
        # A limit is nothing to be missing, even one we do not know.
        (training(4, limits=(Limit("read", "Reading", UNKNOWN, modalities=("self-paced",)),)),
         record(line("2026-01-01", 4, way="self-paced")), ["Reading: we cannot tell."]),
    ],
)  # fmt: skip
def test_gaps_are_said_once_each(asked, held, gaps):
    assert said(compare(held, version(training(0)), version(asked), TODAY)) == gaps


def test_limits_cross_when_each_has_minutes_of_its_own():
    online = Limit("online", "Online", of(5), modalities=("self-paced", "live-online"))
    read = Limit("read", "Reading", of(2), modalities=("self-paced",))
    family = Limit("family", "Families", of(8), domains=("family",))
    other = Limit("other", "From elsewhere", of(8), origin="transferred")
    every = Limit("every", "Everything", of(8))
    asked = version()
    assert crossing((online, read, every), asked.domains) == ()
    assert crossing((online, family), asked.domains) == ((online, family),)
    pairs = ((family, read), (family, other), (read, other))
    assert crossing((family, read, other), asked.domains) == pairs


OLD = version(training(46, shares=(share("ethical", 16),)), hours_of("supervision", 25))
NEW = replace(
    version(
        training(
            50,
            shares=(share("ethical", 16), share("harm", 4)),
            window=Window(within_months=120),
        ),
        asks("exam"),
    ),
    id="2025",
    renewal=Renewal("months", (hours_of("continuing", 20),), Amount(least=24)),
    starts=date(2025, 7, 3),
)


def test_versions_differ_line_by_line_with_both_values():
    place = ("stages", "full", "needs")
    assert differences(OLD, NEW) == (
        Difference(Change.CHANGED, (*place, "training", "hours"), "46 h", "50 h"),
        Difference(Change.ADDED, (*place, "training", "shares", "harm"), "", "Harm: 4 h"),
        Difference(Change.ADDED, (*place, "training", "window", "within_months"), "", "120"),
        Difference(Change.ADDED, (*place, "exam"), "", "Exam"),
        Difference(Change.GONE, (*place, "supervision"), "Supervision: 25 h", ""),
        Difference(Change.ADDED, ("renewal",), "", "Renewal"),
    )


def test_a_version_does_not_differ_from_itself():
    assert differences(NEW, replace(NEW, id="again", starts=None)) == ()


def test_a_list_that_was_empty_has_only_additions():
    less = version(training(46))
    assert differences(less, OLD) == (
        Difference(
            Change.ADDED,
            ("stages", "full", "needs", "training", "shares", "ethical"),
            "",
            "Ethical: 16 h",
        ),
        Difference(
            Change.ADDED, ("stages", "full", "needs", "supervision"), "", "Supervision: 25 h"
        ),
    )


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (of(50), "hours", "50 h"),
        (Amount(least=2400, most=3600), "hours", "40 h to 60 h"),
        (Amount(most=7200), "hours", "up to 120 h"),
        (Amount(least=4800, about=True), "hours", "about 80 h"),
        (Amount(least=6600, readings=(6000, 6600)), "hours", "100 h or 110 h"),
        (Amount(least=24), "months", "24"),
        (UNKNOWN, "hours", "unknown"),
        (NONE_REQUIRED, "hours", "none required"),
    ],
)
def test_figures_are_said_as_people_read_them(amount, unit, said):
    assert amount_words(amount, unit) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ((), ""),
        (("self-paced", "work"), "self-paced, work"),
        (date(2026, 1, 2), "2026-01-02"),
        (True, "True"),
        (60, "60"),
    ],
)
def test_values_are_said_plainly(value, said):
    assert words(value) == said
