"""Worked records of hours, by hand: the rule, the record, what must come out, and why."""

from datetime import date

import pytest

from lms.domain.hours import reversal
from lms.domain.packs import (
    NONE_REQUIRED,
    Amount,
    Approval,
    Floor,
    Limit,
    Window,
)
from lms.domain.packs import UNKNOWN as NOT_KNOWN
from tests.domain.worked.making import (
    MET,
    NOT_ASKED,
    NOT_YET,
    SIGNATURE,
    UNCHECKED,
    UNKNOWN,
    WAITING,
    Case,
    Expected,
    check,
    h,
    hours_of,
    line,
    of,
    record,
    share,
    training,
    version,
)

ONLINE = ("self-paced", "live-online")
FIVE_ONLINE = Limit("online", "Online training", of(5), modalities=ONLINE)
LIVE_HALF = Floor("live", "Live hours", percent=50, modalities=("live-in-person", "live-online"))

MARYLAND = training(
    50,
    shares=(
        share("advocacy", 10),
        share("ethical", 16),
        share("mentoring", 10),
        share("recovery", 10),
        share("harm", 4),
    ),
    limits=(
        FIVE_ONLINE,
        Limit("in-service", "In-service training", of(12), modalities=("in-service",)),
    ),
    window=Window(within_months=120),
)

TOTALS = [
    Case(
        "Ten of ten.",
        version(training(10)),
        record(line("2026-03-03", 10)),
        Expected(MET, h(10), h(10), "10 h of 10 h"),
    ),
    Case(
        "One minute short is not yet.",
        version(training(10)),
        record(line("2026-03-03", 599 / 60)),
        Expected(NOT_YET, 599, 600, "1 min to go"),
    ),
    Case(
        "More than asked is all shown.",
        version(training(10)),
        record(line("2026-03-03", 14)),
        Expected(MET, h(14), h(10), "14 h of 10 h"),
    ),
    Case(
        "An empty record.",
        version(training(10)),
        record(),
        Expected(NOT_YET, 0, h(10), "10 h to go"),
    ),
    Case(
        "Zero asked is zero: met by nothing.",
        version(training(0)),
        record(),
        Expected(MET, 0, 0, "0 min of 0 min"),
    ),
    Case(
        "None required is a finding.",
        version(training(NONE_REQUIRED)),
        record(line("2026-03-03", 3)),
        Expected(NOT_ASKED, h(3), None, "nothing is asked"),
    ),
    Case(
        "Unknown stays unknown, and what is there is shown.",
        version(training(NOT_KNOWN)),
        record(line("2026-03-03", 3)),
        Expected(UNKNOWN, h(3), None, "3 h. We do not know how much"),
    ),
    Case(
        "40 to 60 (SAMHSA): met at the least.",
        version(training(Amount(least=h(40), most=h(60)))),
        record(line("2026-03-03", 40)),
        Expected(MET, h(40), h(40), "40 h to 60 h"),
    ),
    Case(
        "40 to 60: below the least.",
        version(training(Amount(least=h(40), most=h(60)))),
        record(line("2026-03-03", 39)),
        Expected(NOT_YET, h(39), h(40), "1 h to go"),
    ),
    Case(
        "Up to 120: all of it is surely enough.",
        version(hours_of("work", Amount(most=h(120)))),
        record(line("2026-03-03", 120, way="work")),
        Expected(MET, h(120), h(120), "Up to 120 h"),
    ),
    Case(
        "Up to 120: with less nobody knows.",
        version(hours_of("work", Amount(most=h(120)))),
        record(line("2026-03-03", 20, way="work")),
        Expected(UNKNOWN, h(20), h(120), "do not know what is enough"),
    ),
    Case(
        "About 80 (Washington): met at it, and says about.",
        version(training(Amount(least=h(80), about=True))),
        record(line("2026-03-03", 80)),
        Expected(MET, h(80), h(80), "about 80 h"),
    ),
    Case(
        "About 80: an hour below is not yet.",
        version(training(Amount(least=h(80), about=True))),
        record(line("2026-03-03", 79)),
        Expected(NOT_YET, h(79), h(80), "about 80 h"),
    ),
    Case(
        "100 or 110 (Illinois): the highest meets every reading.",
        version(training(Amount(least=h(110), readings=(h(100), h(110))))),
        record(line("2026-03-03", 110)),
        Expected(MET, h(110), h(110), "100 h, another for 110 h"),
    ),
    Case(
        "100 or 110: between them nobody knows.",
        version(training(Amount(least=h(110), readings=(h(100), h(110))))),
        record(line("2026-03-03", 104)),
        Expected(UNKNOWN, h(104), h(110), "100 h, another for 110 h"),
    ),
    Case(
        "100 or 110: below both is not yet.",
        version(training(Amount(least=h(110), readings=(h(100), h(110))))),
        record(line("2026-03-03", 99)),
        Expected(NOT_YET, h(99), h(110), "11 h to go"),
    ),
    Case(
        "An hour of 50 minutes asks fewer minutes.",
        version(training(6), hour_minutes=50),
        record(line("2026-03-03", 5)),
        Expected(MET, 300, 300, "An hour is 50 minutes here"),
    ),
    Case(
        "Totals are rounded down to the quarter hour.",
        version(training(1), round_to=15),
        record(line("2026-03-03", 59 / 60)),
        Expected(NOT_YET, 45, 60, "15 min to go"),
    ),
]

LEFT_OUT = [
    Case(
        "Work is not training.",
        version(training(10)),
        record(line("2026-03-03", 10, way="work")),
        Expected(NOT_YET, 0, h(10)),
    ),
    Case(
        "Supervision inside work counts where the rule includes it (Kentucky).",
        version(hours_of("work", 500, includes=("supervision-individual",))),
        record(
            line("2026-03-03", 475, way="work"),
            line("2026-03-04", 25, way="supervision-individual"),
        ),
        Expected(MET, h(500), h(500)),
    ),
    Case(
        "Time being supervised is not work (Texas).",
        version(hours_of("work", 250)),
        record(
            line("2026-03-03", 240, way="work"), line("2026-03-04", 10, way="supervision-group")
        ),
        Expected(NOT_YET, h(240), h(250), "10 h to go"),
    ),
    Case(
        "Observation of service does count as work (Texas).",
        version(hours_of("work", 250, includes=("supervision-observation",))),
        record(
            line("2026-03-03", 240, way="work"),
            line("2026-03-04", 10, way="supervision-observation"),
        ),
        Expected(MET, h(250), h(250)),
    ),
    Case(
        "Only live training counts (Texas): reading does not.",
        version(training(10, modalities=("live-in-person", "live-online"))),
        record(line("2026-03-03", 6), line("2026-03-04", 4, way="self-paced")),
        Expected(NOT_YET, h(6), h(10), "Your 4 h of 4 March 2026 do not count here. This way"),
    ),
    Case(
        "A line taken back leaves nothing.",
        version(training(10)),
        record(line("2026-03-03", 10, id=1), reversal(line("2026-03-03", 10, id=1), "Twice")),
        Expected(NOT_YET, 0, h(10)),
    ),
    Case(
        "A line taken back in part leaves the rest.",
        version(training(10)),
        record(
            line("2026-03-03", 12, id=1), line("2026-03-03", -2, id=2, reverses=1, reason="A break")
        ),
        Expected(MET, h(10), h(10)),
    ),
    Case(
        "The same event stands once.",
        version(training(10)),
        record(line("2026-03-03", 6, evidence="x"), line("2026-03-03", 6, evidence="x")),
        Expected(NOT_YET, h(6), h(10), "The same event counts once"),
    ),
    Case(
        "Of the same event twice, the line we vouch for counts.",
        version(training(6)),
        record(
            line("2026-03-03", 6, evidence="x", **UNCHECKED), line("2026-03-03", 6, evidence="x")
        ),
        Expected(MET, h(6), h(6)),
    ),
    Case(
        "What begins after the day asked about does not count yet.",
        version(training(10)),
        record(line("2026-12-01", 10)),
        Expected(NOT_YET, 0, h(10), "Only time until 22 November 2026 counts"),
    ),
    Case(
        "Clinical training is refused (Tennessee, Georgia).",
        version(training(10, excludes=("clinical",))),
        record(line("2026-03-03", 8), line("2026-03-04", 2, "clinical-treatment")),
        Expected(NOT_YET, h(8), h(10), "The board refuses this topic"),
    ),
    Case(
        "Half of a line is refused, half counts.",
        version(training(10, excludes=("clinical",))),
        record(line("2026-03-03", 20, {"clinical-treatment": 50, "recovery": 50})),
        Expected(MET, h(10), h(10)),
    ),
    Case(
        "Only named domains count.",
        version(training(4, domains=("harm",))),
        record(line("2026-03-03", 3, "harm-reduction"), line("2026-03-04", 9)),
        Expected(NOT_YET, h(3), h(4), "Its topic does not count here"),
    ),
    Case(
        "A topic no domain knows still fills a plain total.",
        version(training(4)),
        record(line("2026-03-03", 4, "oral-health")),
        Expected(MET, h(4), h(4)),
    ),
    Case(
        "Minutes without any topic count in the total, in no share.",
        version(training(4, shares=(share("harm", 1),))),
        record(line("2026-03-03", 4, topics={})),
        Expected(NOT_YET, h(4), h(4), "Harm needs 1 h more", {"harm": (NOT_YET, 0, h(1))}),
    ),
    Case(
        "No approval, no credit (New York since October 2020).",
        version(training(10, approval=Approval("OASAS", date(2020, 10, 1)))),
        record(line("2021-03-03", 4), line("2021-03-04", 6, approvals=("OASAS",))),
        Expected(NOT_YET, h(6), h(10), "approval of OASAS"),
    ),
    Case(
        "Before the rule of approval it was not needed.",
        version(training(10, approval=Approval("OASAS", date(2020, 10, 1)))),
        record(line("2020-09-30", 4), line("2021-03-04", 6, approvals=("OASAS",))),
        Expected(MET, h(10), h(10)),
    ),
    Case(
        "Approval without a first day is always needed.",
        version(training(4, approval=Approval("DBHDS"))),
        record(line("2019-03-03", 4)),
        Expected(NOT_YET, 0, h(4), "approval of DBHDS"),
    ),
]

SIGNED = [
    Case(
        "What waits for a signature would meet it.",
        version(training(10)),
        record(line("2026-03-03", 6), line("2026-03-04", 4, **WAITING)),
        Expected(SIGNATURE, h(6), h(10), "4 h more wait for a signature. With them it is met."),
    ),
    Case(
        "What waits would not be enough.",
        version(training(10)),
        record(line("2026-03-03", 3), line("2026-03-04", 4, **WAITING)),
        Expected(NOT_YET, h(3), h(10), "4 h more wait for a signature."),
    ),
    Case(
        "What is not checked by us never meets alone.",
        version(training(10)),
        record(line("2026-03-03", 10, **UNCHECKED)),
        Expected(SIGNATURE, 0, h(10), "10 h more from elsewhere are not checked by us yet"),
    ),
    Case(
        "A share waits too.",
        version(training(10, shares=(share("harm", 4),))),
        record(line("2026-03-03", 10), line("2026-03-04", 4, "harm-reduction", **WAITING)),
        Expected(SIGNATURE, h(10), h(10), "With them it is met", {"harm": (SIGNATURE, 0, h(4))}),
    ),
    Case(
        "Each would do for one share, not for both at once.",
        version(training(4, shares=(share("ethics", 4), share("practice", 4)))),
        record(line("2026-03-03", 4, "ethics"), line("2026-03-04", 2, "ethics", **WAITING)),
        Expected(NOT_YET, h(4), h(4), "Practice needs 4 h more"),
    ),
    Case(
        "Met without them, nothing waits.",
        version(training(10)),
        record(line("2026-03-03", 10), line("2026-03-04", 4, **WAITING)),
        Expected(MET, h(10), h(10)),
    ),
]

SHARES = [
    Case(
        "Pattern 1, minimums per domain: enough in all, too little in one (Maryland).",
        version(MARYLAND),
        record(
            line("2026-01-05", 10, "advocacy"),
            line("2026-01-06", 9.5, "ethics"),
            line("2026-01-07", 14, "communication"),
            line("2026-01-08", 14, "recovery"),
            line("2026-01-09", 4, "harm-reduction"),
        ),
        Expected(
            NOT_YET,
            h(51.5),
            h(50),
            "Ethical needs 6 h 30 min more",
            {"ethical": (NOT_YET, h(9.5), h(16)), "mentoring": (MET, h(10), h(10))},
        ),
    ),
    Case(
        "Pattern 1, a maximum per way: 5 h online (Maryland).",
        version(training(16, shares=(share("ethical", 16),), limits=(FIVE_ONLINE,))),
        record(
            line("2026-03-01", 4.5, "ethics"),
            line("2026-03-02", 5, "ethics", "live-online"),
            line("2026-03-03", 2, "ethics", "self-paced"),
        ),
        Expected(
            NOT_YET,
            h(9.5),
            h(16),
            "Your 2 h of 3 March 2026 do not count here. Online training stops at 5 h.",
            {"ethical": (NOT_YET, h(9.5), h(16)), "online": (MET, h(5), h(5))},
        ),
    ),
    Case(
        "Pattern 1, a maximum per kind: in-service 12 (Maryland).",
        version(MARYLAND),
        record(line("2026-03-01", 20, way="in-service")),
        Expected(
            NOT_YET,
            h(12),
            h(50),
            "In-service training stops at 12 h",
            {"in-service": (MET, h(12), h(12))},
        ),
    ),
    Case(
        "Pattern 1, a maximum per topic: families 8 of 20 (North Carolina).",
        version(
            training(20, limits=(Limit("family", "Family topics", of(8), domains=("family",)),))
        ),
        record(line("2026-03-01", 10, "families"), line("2026-03-02", 11)),
        Expected(NOT_YET, h(19), h(20), "Family topics stops at 8 h"),
    ),
    Case(
        "Pattern 1, half of it live (NAADAC).",
        version(training(60, floors=(LIVE_HALF,))),
        record(line("2026-03-01", 29), line("2026-03-02", 31, way="self-paced")),
        Expected(
            NOT_YET, h(60), h(60), "Live hours needs 1 h more", {"live": (NOT_YET, h(29), h(30))}
        ),
    ),
    Case(
        "Pattern 1, 5 of 10 live (Tennessee), met to the minute.",
        version(
            training(10, floors=(Floor("live", "Live", of(5), modalities=("live-in-person",)),))
        ),
        record(line("2026-03-01", 5), line("2026-03-02", 5, way="self-paced")),
        Expected(MET, h(10), h(10), parts={"live": (MET, h(5), h(5))}),
    ),
    Case(
        "Pattern 1, named topics inside the total (Ohio).",
        version(training(30, shares=(share("ethics", 3), share("harm", 2)))),
        record(
            line("2026-03-01", 25),
            line("2026-03-02", 3, "ethics"),
            line("2026-03-03", 2, "harm-reduction"),
        ),
        Expected(MET, h(30), h(30), parts={"ethics": (MET, h(3), h(3))}),
    ),
    Case(
        "One topic serves two shares: each minute once, and both are met.",
        version(training(8, shares=(share("practice", 4), share("ethics", 4)))),
        record(line("2026-03-01", 6, "ethics"), line("2026-03-02", 2, "communication")),
        Expected(
            MET, h(8), h(8), parts={"practice": (MET, h(4), h(4)), "ethics": (MET, h(4), h(4))}
        ),
    ),
    Case(
        "One topic serves two shares and is not enough for both: the first in order is filled.",
        version(training(4, shares=(share("practice", 4), share("ethics", 4)))),
        record(line("2026-03-01", 6, "ethics")),
        Expected(
            NOT_YET,
            h(6),
            h(4),
            "Ethics needs 2 h more",
            {"practice": (MET, h(4), h(4)), "ethics": (NOT_YET, h(2), h(4))},
        ),
    ),
    Case(
        "A share of unknown size shows what could lie in it.",
        version(training(10, shares=(share("ethics", NOT_KNOWN),))),
        record(line("2026-03-01", 4, "ethics"), line("2026-03-02", 6)),
        Expected(UNKNOWN, h(10), h(10), parts={"ethics": (UNKNOWN, h(4), None)}),
    ),
    Case(
        "A share of none asks nothing.",
        version(training(10, shares=(share("ethics", NONE_REQUIRED),))),
        record(line("2026-03-02", 10, "ethics")),
        Expected(MET, h(10), h(10), parts={"ethics": (NOT_ASKED, 0, None)}),
    ),
    Case(
        "A limit of unknown size: without those minutes it would not be met.",
        version(training(10, limits=(Limit("online", "Online", NOT_KNOWN, modalities=ONLINE),))),
        record(line("2026-03-01", 6), line("2026-03-02", 4, way="self-paced")),
        Expected(UNKNOWN, h(10), h(10), parts={"online": (UNKNOWN, h(4), None)}),
    ),
    Case(
        "A limit of unknown size that does not matter.",
        version(training(10, limits=(Limit("online", "Online", NOT_KNOWN, modalities=ONLINE),))),
        record(line("2026-03-01", 10), line("2026-03-02", 4, way="self-paced")),
        Expected(MET, h(14), h(10)),
    ),
    Case(
        "A limit that sources disagree about stops at the lowest.",
        version(
            training(
                10,
                limits=(
                    Limit(
                        "online",
                        "Online",
                        Amount(least=h(6), readings=(h(4), h(6))),
                        modalities=ONLINE,
                    ),
                ),
            )
        ),
        record(line("2026-03-02", 10, way="self-paced")),
        Expected(NOT_YET, h(4), h(10), "Online stops at 4 h"),
    ),
    Case(
        "A limit in percent of what is asked.",
        version(training(10, limits=(Limit("online", "Online", percent=25, modalities=ONLINE),))),
        record(line("2026-03-01", 8), line("2026-03-02", 4, way="self-paced")),
        Expected(MET, h(10.5), h(10), parts={"online": (MET, h(2.5), h(2.5))}),
    ),
    Case(
        "Percent of an unknown total is unknown.",
        version(training(NOT_KNOWN, floors=(LIVE_HALF,))),
        record(line("2026-03-01", 8)),
        Expected(UNKNOWN, h(8), None, parts={"live": (UNKNOWN, h(8), None)}),
    ),
    Case(
        "Hours from elsewhere stop at a limit of their own.",
        version(
            training(10, limits=(Limit("other", "From elsewhere", of(3), origin="transferred"),))
        ),
        record(line("2026-03-01", 5), line("2026-03-02", 6, origin="transferred")),
        Expected(NOT_YET, h(8), h(10), "From elsewhere stops at 3 h"),
    ),
    Case(
        "Under a limit, the topic that is missing comes first.",
        version(training(10, shares=(share("harm", 4),), limits=(FIVE_ONLINE,))),
        record(
            line("2026-03-01", 5),
            line("2026-03-02", 5, way="self-paced"),
            line("2026-03-03", 4, "harm-reduction", "self-paced"),
        ),
        Expected(MET, h(10), h(10), parts={"harm": (MET, h(4), h(4))}),
    ),
    Case(
        "Limits that cross cannot be counted for sure.",
        version(
            training(
                4, limits=(FIVE_ONLINE, Limit("family", "Families", of(2), domains=("family",)))
            )
        ),
        record(
            line("2026-03-01", 1, "families"),
            line("2026-03-02", 1, "families", "self-paced"),
            line("2026-03-03", 5, way="self-paced"),
        ),
        Expected(UNKNOWN, h(7), h(4), "limits cross"),
    ),
    Case(
        "Shares are rounded down as totals are.",
        version(training(2, shares=(share("harm", 1),)), round_to=15),
        record(line("2026-03-01", 2), line("2026-03-02", 59 / 60, "harm-reduction")),
        Expected(NOT_YET, h(2.75), h(2), "Harm needs 15 min more", {"harm": (NOT_YET, 45, 60)}),
    ),
    Case(
        "Under one limit either the topic or the live hours, never both: no signature helps.",
        version(
            training(
                4,
                shares=(share("harm", 4),),
                limits=(Limit("all", "All of it", of(4)),),
                floors=(Floor("live", "Live", of(4), modalities=("live-in-person",)),),
            )
        ),
        record(
            line("2026-03-01", 4), line("2026-03-02", 4, "harm-reduction", "self-paced", **WAITING)
        ),
        Expected(
            NOT_YET,
            h(4),
            h(4),
            "4 h more wait",
            {"harm": (SIGNATURE, 0, h(4)), "live": (MET, h(4), h(4))},
        ),
    ),
    Case(
        "Paid work has a floor of its own.",
        version(hours_of("work", 10, floors=(Floor("paid", "Paid work", of(6), pay="paid"),))),
        record(
            line("2026-03-01", 4, way="work", pay="paid"),
            line("2026-03-02", 6, way="work", pay="volunteer"),
        ),
        Expected(NOT_YET, h(10), h(10), "Paid work needs 2 h more"),
    ),
]

WINDOWS = [
    Case(
        "Pattern 2, training at most 5 years old (Florida): the first day of the window counts.",
        version(training(10, window=Window(within_months=60))),
        record(line("2021-11-22", 10)),
        Expected(MET, h(10), h(10)),
    ),
    Case(
        "Pattern 2: a day older does not.",
        version(training(10, window=Window(within_months=60))),
        record(line("2021-11-21", 10)),
        Expected(
            NOT_YET,
            0,
            h(10),
            "do not count here. Only time from 22 November 2021 on counts.",
        ),
    ),
    Case(
        "Pattern 2, no age limit (Illinois): ten years old counts.",
        version(training(10)),
        record(line("2016-01-01", 10)),
        Expected(MET, h(10), h(10)),
    ),
    Case(
        "Pattern 2, work of the last 2 years (Maryland); the oldest line leaves first.",
        version(hours_of("work", 500, window=Window(within_months=24))),
        record(line("2025-01-31", 100, way="work"), line("2026-01-31", 100, way="work")),
        Expected(NOT_YET, h(200), h(500), by="2027-01-31"),
    ),
    Case(
        "Only time since a day counts (New York, 1 April 2022).",
        version(training(4, domains=("harm",), window=Window(since=date(2022, 4, 1)))),
        record(line("2022-03-31", 4, "harm-reduction"), line("2022-04-01", 1, "harm-reduction")),
        Expected(NOT_YET, h(1), h(4), "from 1 April 2022"),
    ),
    Case(
        "Of two first days the later holds.",
        version(training(4, window=Window(within_months=60, since=date(2026, 1, 1)))),
        record(line("2025-12-31", 4)),
        Expected(NOT_YET, 0, h(4), "from 1 January 2026"),
    ),
    Case(
        "Over at least 6 months (Colorado): five are not enough.",
        version(hours_of("work", 500, window=Window(span_months=6))),
        record(line("2026-01-10", 250, way="work"), line("2026-06-10", 250, way="work")),
        Expected(NOT_YET, h(500), h(500), "5 of 6 months", {"span": (NOT_YET, 5, 6)}),
    ),
    Case(
        "Over at least 6 months: six are.",
        version(hours_of("work", 500, window=Window(span_months=6))),
        record(line("2026-01-10", 250, way="work"), line("2026-07-10", 250, way="work")),
        Expected(MET, h(500), h(500), parts={"span": (MET, 6, 6)}),
    ),
    Case(
        "Over 6 months with nothing yet.",
        version(hours_of("work", 500, window=Window(span_months=6))),
        record(),
        Expected(NOT_YET, 0, h(500), parts={"span": (NOT_YET, 0, 6)}),
    ),
    Case(
        "Hours before certification do not count afterwards (Illinois).",
        version(hours_of("continuing", 10, window=Window(after="certification"))),
        record(line("2026-01-01", 5), line("2026-02-01", 6), certified="2026-02-01"),
        Expected(NOT_YET, h(6), h(10), "from 1 February 2026"),
    ),
    Case(
        "Without the day of certification nobody can tell.",
        version(hours_of("continuing", 10, window=Window(after="certification"))),
        record(line("2026-01-01", 15)),
        Expected(UNKNOWN, h(15), h(10), "Tell us the day"),
    ),
    Case(
        "The first six months after certification (Texas): later work is too late.",
        version(hours_of("work", 250, window=Window(after="certification", first_months=6))),
        record(
            line("2026-03-01", 200, way="work"),
            line("2026-08-02", 50, way="work"),
            certified="2026-02-01",
        ),
        Expected(NOT_YET, h(200), h(250), "Only time until 1 August 2026 counts", by="2026-08-01"),
    ),
]

RATIOS = [
    Case(
        "1 h for every 25 h of work (Tennessee): 75 h ask 3 h.",
        version(hours_of("supervision", NONE_REQUIRED, ratio=25)),
        record(line("2026-03-01", 75, way="work"), line("2026-03-02", 2, way="supervision-group")),
        Expected(NOT_YET, h(2), h(3), "1 h is asked for every 25 h of work"),
    ),
    Case(
        "The least holds where the ratio asks less.",
        version(hours_of("supervision", 3, ratio=25)),
        record(line("2026-03-01", 50, way="work"), line("2026-03-02", 3, way="supervision-group")),
        Expected(MET, h(3), h(3)),
    ),
    Case(
        "Without work the ratio asks nothing yet.",
        version(hours_of("supervision", NONE_REQUIRED, ratio=25)),
        record(),
        Expected(NOT_ASKED, 0, None, "no work hours yet"),
    ),
    Case(
        "Work that waits for a signature asks for no supervision yet.",
        version(hours_of("supervision", NONE_REQUIRED, ratio=25)),
        record(line("2026-03-01", 75, way="work", **WAITING)),
        Expected(NOT_ASKED, 0, None),
    ),
]

CASES = [*TOTALS, *LEFT_OUT, *SIGNED, *SHARES, *WINDOWS, *RATIOS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_a_worked_record_of_hours_comes_out_as_it_should(case: Case):
    check(case)
