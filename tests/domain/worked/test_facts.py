"""Worked records of facts, groups, stages, renewal and duties, by hand, with the reason."""

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.evaluate import Part, evaluate
from lms.domain.packs import NONE_REQUIRED, Amount, Known, Renewal, Requirement, Stage, Window
from lms.domain.packs import UNKNOWN as NOT_KNOWN
from lms.domain.record import Held
from tests.domain.worked.making import (
    MET,
    NOT_ASKED,
    NOT_YET,
    SIGNATURE,
    TODAY,
    UNKNOWN,
    WAITING,
    Case,
    Expected,
    asks,
    check,
    h,
    hours_of,
    line,
    of,
    record,
    share,
    sound,
    training,
    version,
)

TWO_YEARS = asks("recovery", Amount(least=24))


def told(
    fact: str, amount: int | None = None, since: str = "", on: str = "", how: str = "attested"
):
    began = date.fromisoformat(since) if since else None
    said_on = date.fromisoformat(on) if on else None
    return Held(fact, how, amount, began, said_on)


FACTS = [
    Case(
        "Told is enough where no figure is asked.",
        version(asks("lived-experience")),
        record(lived_experience=told("lived-experience")),
        Expected(MET, says="you have told us"),
    ),
    Case(
        "A document that was seen is enough.",
        version(asks("education")),
        record(education=told("education", how="shown")),
        Expected(MET, says="document was seen"),
    ),
    Case(
        "Nothing told: not yet, and what to do.",
        version(asks("exam")),
        record(),
        Expected(NOT_YET, says="The board asks: Have you?"),
    ),
    Case(
        "Someone must still sign.",
        version(asks("supervisor-letter")),
        record(supervisor_letter=told("supervisor-letter", how="waiting")),
        Expected(SIGNATURE, says="must still sign"),
    ),
    Case(
        "What waits but is too little needs more than a signature.",
        version(asks("references", Amount(least=3))),
        record(references=told("references", 2, how="waiting")),
        Expected(NOT_YET, 2, 3, "2 letters of 3 letters"),
    ),
    Case(
        "Two years of recovery, counted from its day.",
        version(TWO_YEARS),
        record(recovery=told("recovery", since="2024-11-22")),
        Expected(MET, 24, 24, "24 months of 24 months"),
    ),
    Case(
        "A day short of two years: not yet, and when.",
        version(TWO_YEARS),
        record(recovery=told("recovery", since="2024-11-23")),
        Expected(NOT_YET, 23, 24, "You will have it on 23 November 2026", by="2026-11-23"),
    ),
    Case(
        "A figure as told.",
        version(TWO_YEARS),
        record(recovery=told("recovery", 30)),
        Expected(MET, 30, 24),
    ),
    Case(
        "Told in general, without a figure: nobody can tell.",
        version(TWO_YEARS),
        record(recovery=told("recovery")),
        Expected(UNKNOWN, None, 24, "not how much"),
    ),
    Case(
        "This board's own question was answered: no figure need be told.",
        version(TWO_YEARS),
        record(pack__recovery=told("recovery")),
        Expected(MET, None, 24),
    ),
    Case(
        "How much is asked is unknown: told stays unknown.",
        version(asks("recovery", NOT_KNOWN)),
        record(recovery=told("recovery")),
        Expected(UNKNOWN, None, None, "do not know how much is asked"),
    ),
    Case(
        "How much is asked is unknown, and nothing is told.",
        version(asks("recovery", NOT_KNOWN)),
        record(),
        Expected(UNKNOWN, None, None, "do not know how much is asked"),
    ),
    Case(
        "How much is asked is unknown, with a figure.",
        version(asks("recovery", NOT_KNOWN)),
        record(recovery=told("recovery", 12)),
        Expected(UNKNOWN, 12, None, "12 months"),
    ),
    Case(
        "Eighteen on the birthday.",
        version(asks("age", Amount(least=18))),
        record(age=told("age", since="2008-11-22")),
        Expected(MET, 18, 18),
    ),
    Case(
        "Eighteen tomorrow.",
        version(asks("age", Amount(least=18))),
        record(age=told("age", since="2008-11-23")),
        Expected(NOT_YET, 17, 18, by="2026-11-23"),
    ),
    Case(
        "Another question of another board is no answer to this one.",
        version(asks("other")),
        record(other=told("other"), else__other=told("other")),
        Expected(NOT_YET),
    ),
    Case(
        "This board's own other question.",
        version(asks("other")),
        record(pack__other=told("other")),
        Expected(MET),
    ),
    Case(
        "A code must be signed again at renewal (California): the old signature is too old.",
        version(
            renewal=Renewal(
                "months", (asks("ethics-code", window=Window(after="period")),), Amount(least=24)
            )
        ),
        record(
            certified="2024-03-01",
            period="2026-03-01",
            ethics_code=told("ethics-code", on="2024-03-01"),
        ),
        Expected(NOT_YET, says="from 1 March 2026", by="2028-03-01"),
        Part.RENEWAL,
    ),
    Case(
        "Signed again in this period.",
        version(
            renewal=Renewal(
                "months", (asks("ethics-code", window=Window(after="period")),), Amount(least=24)
            )
        ),
        record(
            certified="2024-03-01",
            period="2026-03-01",
            ethics_code=told("ethics-code", on="2026-03-01"),
        ),
        Expected(MET),
        Part.RENEWAL,
    ),
    Case(
        "In which period nobody knows.",
        version(
            renewal=Renewal(
                "months", (asks("ethics-code", window=Window(after="period")),), Amount(least=24)
            )
        ),
        record(ethics_code=told("ethics-code", on="2026-03-01")),
        Expected(UNKNOWN, says="Tell us the day"),
        Part.RENEWAL,
    ),
    Case(
        "The source says it is not asked.",
        version(asks("background-check", asked=Known.NONE)),
        record(),
        Expected(NOT_ASKED, says="nothing is asked"),
    ),
    Case(
        "We do not know whether it is asked.",
        version(asks("background-check", asked=Known.UNKNOWN)),
        record(),
        Expected(UNKNOWN, says="do not know if this is asked"),
    ),
    Case(
        "Whether asked or not: it is there.",
        version(asks("background-check", asked=Known.UNKNOWN)),
        record(background_check=told("background-check", how="shown")),
        Expected(MET),
    ),
    Case(
        "Pattern 10, competence rated by a supervisor (New Hampshire), with a signature open.",
        version(asks("competence-ratings")),
        record(competence_ratings=told("competence-ratings", how="waiting")),
        Expected(SIGNATURE),
    ),
]


def group(kind: str, *needs: Requirement) -> Requirement:
    return Requirement("ways", kind, "Ways in", needs=needs)


OHIO = version(group("any", training(40), hours_of("work", 4500)))
PENNSYLVANIA = version(
    group("any", asks("employment", Amount(least=12)), asks("college-credits", Amount(least=24)))
)
TEXAS = version(
    group(
        "any",
        Requirement("mh", "all", "Mental health", needs=(asks("lived-experience"), training(40))),
        Requirement(
            "su",
            "all",
            "Substance use",
            needs=(asks("recovery"), training(46, domains=("recovery",))),
        ),
    )
)

GROUPS = [
    Case(
        "Pattern 3, training or work (Ohio): either is enough.",
        OHIO,
        record(line("2026-01-01", 40)),
        Expected(MET, says="you have it: Training"),
    ),
    Case(
        "Pattern 3, neither is there.",
        OHIO,
        record(line("2026-01-01", 39)),
        Expected(NOT_YET, says="one of 2 is enough"),
    ),
    Case(
        "Pattern 3, one waits for a signature.",
        OHIO,
        record(line("2026-01-01", 40, **WAITING)),
        Expected(SIGNATURE),
    ),
    Case(
        "Pattern 3, a year of work or 24 credits (Pennsylvania).",
        PENNSYLVANIA,
        record(college_credits=told("college-credits", 24)),
        Expected(MET, says="College-credits"),
    ),
    Case(
        "Pattern 4, by kind of experience (Texas): the substance use way.",
        TEXAS,
        record(line("2026-01-01", 46), recovery=told("recovery")),
        Expected(MET, says="Substance use"),
    ),
    Case(
        "Pattern 4, enough hours for one way and the experience of the other.",
        TEXAS,
        record(line("2026-01-01", 40), recovery=told("recovery")),
        Expected(NOT_YET),
    ),
    Case(
        "Everything of a group.",
        version(group("all", training(4), asks("exam"))),
        record(line("2026-01-01", 4)),
        Expected(NOT_YET, 1, 2, "1 of 2 things are met"),
    ),
    Case(
        "A group that asks nothing.",
        version(group("all", training(NONE_REQUIRED))),
        record(),
        Expected(NOT_ASKED, says="nothing is asked"),
    ),
]

IN_PERIOD = Window(after="period")
MARYLAND = Renewal(
    "months",
    (hours_of("continuing", 20, shares=(share("ethics", 6),), window=IN_PERIOD),),
    Amount(least=24),
)
TENNESSEE = Renewal(
    "months",
    (hours_of("work", 50, window=IN_PERIOD), hours_of("supervision", 2, window=IN_PERIOD)),
    Amount(least=24),
)
WASHINGTON = Renewal(
    "months",
    (hours_of("continuing", 3, domains=("recovery",), window=Window(within_months=72)),),
    Amount(least=24),
)

RENEWALS = [
    Case(
        "Pattern 6, two years: hours of the period count, and say by when.",
        version(renewal=MARYLAND),
        record(
            line("2026-02-28", 6, "ethics"),
            line("2026-03-01", 14),
            certified="2024-03-01",
            period="2026-03-01",
        ),
        Expected(
            NOT_YET,
            h(14),
            h(20),
            "It must be met by 1 March 2028",
            {"ethics": (NOT_YET, 0, h(6))},
            "2028-03-01",
        ),
        Part.RENEWAL,
    ),
    Case(
        "Pattern 6, the first period begins with certification.",
        version(renewal=MARYLAND),
        record(line("2026-03-01", 14), line("2026-03-02", 6, "ethics"), certified="2026-02-01"),
        Expected(MET, h(20), h(20), by="2028-02-01"),
        Part.RENEWAL,
    ),
    Case(
        "Pattern 6, a calendar year (Georgia).",
        version(
            renewal=Renewal(
                "calendar-year", (hours_of("continuing", 12, window=IN_PERIOD),), Amount(least=12)
            )
        ),
        record(line("2026-05-01", 11), certified="2025-05-01", period="2026-01-01"),
        Expected(NOT_YET, h(11), h(12), "by 31 December 2026", by="2026-12-31"),
        Part.RENEWAL,
    ),
    Case(
        "Pattern 6, from the first day of the month (Michigan): a day before certification counts.",
        version(
            renewal=Renewal(
                "month-start", (hours_of("continuing", 32, window=IN_PERIOD),), Amount(least=24)
            )
        ),
        record(line("2026-05-02", 32), certified="2026-05-20"),
        Expected(MET, h(32), h(32), by="2028-04-30"),
        Part.RENEWAL,
    ),
    Case(
        "Pattern 6, one fixed date for all (Mississippi): the first period is shortened.",
        version(
            renewal=Renewal(
                "fixed",
                (hours_of("continuing", 20, window=IN_PERIOD),),
                Amount(least=48),
                date(2023, 9, 30),
            )
        ),
        record(line("2026-05-02", 20), certified="2026-01-20"),
        Expected(MET, h(20), h(20), by="2027-09-30"),
        Part.RENEWAL,
    ),
    Case(
        "Pattern 7, clinical topics are refused at renewal too.",
        version(
            renewal=Renewal(
                "months",
                (hours_of("continuing", 20, excludes=("clinical",), window=IN_PERIOD),),
                Amount(least=24),
            )
        ),
        record(line("2026-05-02", 20, "clinical-treatment"), certified="2026-01-20"),
        Expected(NOT_YET, 0, h(20), "refuses this topic"),
        Part.RENEWAL,
    ),
    Case(
        "Pattern 9, service hours at renewal (Tennessee).",
        version(renewal=TENNESSEE),
        record(line("2026-05-02", 49, way="work"), certified="2026-01-20"),
        Expected(NOT_YET, h(49), h(50), "1 h to go"),
        Part.RENEWAL,
    ),
    Case(
        "A topic on a longer cycle than the period (Washington, 6 y).",
        version(renewal=WASHINGTON),
        record(line("2021-05-02", 3), certified="2021-01-20", period="2025-01-20"),
        Expected(MET, h(3), h(3)),
        Part.RENEWAL,
    ),
]

WEEKLY = hours_of("supervision", NONE_REQUIRED, every="week", times=1)
FOUR_A_MONTH = hours_of("supervision", 4, every="month")
KENTUCKY = hours_of("supervision", NONE_REQUIRED, every="month", times=2, once_minutes=30)
BOTH = hours_of("supervision", 4, every="month", times=2)

DUTIES = [
    Case(
        "Pattern 9, once a week (IC&RC): this week is Monday 16 to Sunday 22.",
        version(ongoing=(WEEKLY,)),
        record(line("2026-11-16", 1, way="supervision-group")),
        Expected(
            MET,
            h(1),
            None,
            "1 of 1 times from 16 November 2026 to 22 November 2026",
            by="2026-11-22",
        ),
        Part.ONGOING,
    ),
    Case(
        "Pattern 9, last week's does not serve this week.",
        version(ongoing=(WEEKLY,)),
        record(line("2026-11-15", 1, way="supervision-group")),
        Expected(
            NOT_YET,
            0,
            None,
            "0 of 1 times",
            {"before": (MET, h(1), None), "now": (NOT_YET, 0, None)},
        ),
        Part.ONGOING,
    ),
    Case(
        "Pattern 9, 4 h a month (IC&RC).",
        version(ongoing=(FOUR_A_MONTH,)),
        record(
            line("2026-11-01", 2, way="supervision-group"),
            line("2026-11-09", 1, way="supervision-individual"),
        ),
        Expected(NOT_YET, h(3), h(4), "1 h to go", by="2026-11-30"),
        Part.ONGOING,
    ),
    Case(
        "Pattern 9, twice a month, one of 30 minutes (Kentucky).",
        version(ongoing=(KENTUCKY,)),
        record(
            line("2026-11-01", 0.25, way="supervision-group"),
            line("2026-11-09", 0.5, way="supervision-individual"),
        ),
        Expected(MET, 45, None, "2 of 2 times"),
        Part.ONGOING,
    ),
    Case(
        "Pattern 9, twice, but both short.",
        version(ongoing=(KENTUCKY,)),
        record(
            line("2026-11-01", 0.25, way="supervision-group"),
            line("2026-11-09", 0.4, way="supervision-individual"),
        ),
        Expected(NOT_YET, 39, None, "must last at least 30 min"),
        Part.ONGOING,
    ),
    Case(
        "Hours and times: enough times, too few hours.",
        version(ongoing=(BOTH,)),
        record(
            line("2026-11-01", 1, way="supervision-group"),
            line("2026-11-09", 1, way="supervision-individual"),
        ),
        Expected(NOT_YET, h(2), h(4), "2 h to go"),
        Part.ONGOING,
    ),
]

CASES = [*FACTS, *GROUPS, *RENEWALS, *DUTIES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_a_worked_record_comes_out_as_it_should(case: Case):
    check(case)


STAGED = version(
    stages=(
        Stage("trainee", "Trainee", (training(10),)),
        Stage(
            "full", "Full", (training(10), hours_of("work", 100), asks("exam", asked=Known.UNKNOWN))
        ),
    )
)


def test_pattern_5_each_stage_is_a_node_of_its_own():
    held = record(line("2026-01-01", 10), line("2026-02-01", 100, way="work", **WAITING))
    found = evaluate(STAGED, held, TODAY)
    sound(found, held)
    assert [(stage.id, stage.state) for stage in found.parts] == [
        ("trainee", MET),
        ("full", UNKNOWN),
    ]
    assert (found.state, found.have, found.need) == (UNKNOWN, 1, 2)
    said = "Full: 1 of 3 things are met. 1 need a signature. 1 we cannot tell."
    assert str(found.parts[1].sentence) == said


def test_pattern_5_a_single_stage_speaks_for_the_whole():
    found = evaluate(version(training(10)), record(), TODAY)
    assert (found.id, found.title, len(found.parts)) == ("stages", "Full", 1)
    assert found.sentence == found.parts[0].sentence


def test_pattern_8_the_same_record_before_two_versions_of_a_body():
    held = record(line("2026-01-01", 46))
    old, new = version(training(46)), replace(version(training(50)), id="2025")
    assert evaluate(old, held, TODAY).state is MET
    assert evaluate(new, held, TODAY).state is NOT_YET


def test_pattern_6_renewal_says_its_clock():
    held = record(line("2026-03-01", 14), certified="2024-03-01", period="2026-03-01")
    found = evaluate(version(renewal=MARYLAND), held, TODAY, Part.RENEWAL)
    assert str(found.sentence).endswith("Your period ends on 1 March 2028.")
    assert found.by == date(2028, 3, 1)


def test_renewal_is_not_asked_of_who_is_not_certified():
    found = evaluate(version(renewal=MARYLAND), record(), TODAY, Part.RENEWAL)
    assert found.state is NOT_ASKED
    assert "begins when you hold this" in str(found.sentence)
    assert found.parts[0].state is UNKNOWN


@pytest.mark.parametrize("part", [Part.RENEWAL, Part.ONGOING])
def test_a_rule_we_do_not_know_is_unknown(part: Part):
    found = evaluate(version(training(10)), record(), TODAY, part)
    assert (found.state, found.parts) == (UNKNOWN, ())
    assert "We know of no" in str(found.sentence)


def test_hours_that_are_asked_of_nobody_are_still_shown():
    asked = replace(training(of(10)), asked=Known.NONE)
    assert evaluate(version(asked), record(line("2026-01-01", 4)), TODAY).state is NOT_ASKED
