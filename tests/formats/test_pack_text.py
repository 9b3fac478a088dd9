"""A pack in words says every figure as it is known, and never more than that."""

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.figures import Exam, Fee
from lms.domain.packs import (
    NONE_REQUIRED,
    UNKNOWN,
    Amount,
    Approval,
    Confidence,
    Conflict,
    Floor,
    Known,
    Limit,
    Pack,
    Renewal,
    Requirement,
    Share,
    Stage,
    Version,
    Window,
)
from lms.formats.pack_text import WARNING, described, figure

BASIS = "[S1; checked 2026-11-22; confidence medium]"


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (Amount(least=3000), "minutes", "50 h"),
        (Amount(least=2400, most=3600), "minutes", "40 h to 60 h"),
        (Amount(most=7200), "minutes", "up to 120 h"),
        (Amount(least=4800, about=True), "minutes", "about 80 h"),
        (Amount(least=6600, readings=(6000, 6600)), "minutes", "100 h or 110 h (sources disagree)"),
        (Amount(least=51), "percent", "51 percent"),
        (Amount(least=3), "", "3"),
        (UNKNOWN, "months", "unknown"),
        (NONE_REQUIRED, "minutes", "none required"),
    ],
)
def test_a_figure_in_words(amount: Amount, unit: str, words: str):
    assert figure(amount, unit) == words


def lines(*needs: Requirement, **changed: object) -> list[str]:
    stage = Stage("full", "Full", needs, months=Amount(least=24), extensions=Amount(least=1))
    version = Version("2025", "current", date(2026, 11, 22), Confidence.MEDIUM, ("S1",), (stage,))
    pack = Pack("a-board", "A board", "The board", "US-MD", "CPS", (version,), "It takes none.")
    return described(pack, replace(version, **changed))


HOURS = Requirement("training", "hours", "Training", of="training", hours=Amount(least=3000))
FACT = Requirement("exam", "fact", "Exam", fact="exam", asks="You passed.")


def test_it_begins_with_whose_rule_of_when_and_that_the_board_decides():
    told = lines(HOURS, starts=date(2025, 7, 3), ends=date(2026, 1, 1))
    assert told[:5] == [
        "A board (a-board)",
        "The board, US-MD, CPS",
        (
            "Version 2025, current, from 2025-07-03, until 2026-01-01 (not that day). "
            "S1; checked 2026-11-22; confidence medium."
        ),
        "Others' credentials: It takes none.",
        WARNING,
    ]
    assert "Full (full), valid 24 months, extensions: 1" in told
    assert "first day not known" in lines(HOURS)[2]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (HOURS, f"  training: Training: 50 h {BASIS}"),
        (replace(HOURS, hours=UNKNOWN), f"  training: Training: unknown {BASIS}"),
        (
            replace(HOURS, ratio=25),
            f"  training: Training: 50 h, 1 h for every 25 h of work {BASIS}",
        ),
        (
            replace(HOURS, hours=NONE_REQUIRED, every="month", times=2, once_minutes=30),
            "  training: Training: 2 or more times, one of at least 30 minutes each month " + BASIS,
        ),
        (FACT, f"  exam: Exam: asked {BASIS}"),
        (replace(FACT, asked=Known.NONE), f"  exam: Exam: not asked {BASIS}"),
        (
            replace(FACT, asked=Known.UNKNOWN),
            f"  exam: Exam: not known whether it is asked {BASIS}",
        ),
        (
            replace(FACT, fact="recovery", amount=Amount(least=24)),
            f"  exam: Exam: 24 months {BASIS}",
        ),
        (
            replace(FACT, amount=Amount(least=9), unit="days"),
            f"  exam: Exam: 9 days {BASIS}",
        ),
        (
            replace(FACT, recalled=True, confidence=Confidence.LOW),
            (
                "  exam: Exam: asked "
                "[recalled, not read; no source; checked 2026-11-22; confidence low]"
            ),
        ),
        (
            replace(FACT, sources=("S2", "S3"), confidence=Confidence.HIGH),
            "  exam: Exam: asked [S2, S3; checked 2026-11-22; confidence high]",
        ),
    ],
)
def test_a_requirement_is_one_line_with_its_figure_and_its_basis(asked: Requirement, line: str):
    assert line in lines(asked)


def test_what_narrows_a_requirement_is_said_below_it():
    asked = replace(
        HOURS,
        modalities=("live-online",),
        includes=("supervision-observation",),
        domains=("law",),
        excludes=("clinical",),
        window=Window(120, date(2020, 1, 1), "certification", 6, 12),
        approval=Approval("The board", date(2020, 10, 1)),
        shares=(Share("law", "Law", Amount(least=240), ("law",), note="Said so."),),
        limits=(Limit("online", "Online", Amount(least=300)),),
        floors=(Floor("live", "Live", percent=50, sources=("S2",), recalled=True),),
        note="Ask.",
    )
    told = lines(asked)
    begin = told.index(f"  training: Training: 50 h {BASIS}")
    assert told[begin + 1 :] == [
        (
            "    of the last 120 months, since 2020-01-01, "
            "after the beginning of the certification, in the first 12 months of it, "
            "spread over at least 6 months"
        ),
        (
            "    only live-online; also supervision-observation; in the domains law; "
            "never clinical; only with the approval of The board, from 2020-10-01 on"
        ),
        f"    law: Law: of it 4 h {BASIS}",
        "      Said so.",
        f"    online: Online: at most 5 h {BASIS}",
        (
            "    live: Live: at least 50 percent "
            "[recalled, not read; S2; checked 2026-11-22; confidence medium]"
        ),
        "    Ask.",
    ]
    unsure = replace(HOURS, approval=Approval("The board"))
    assert "    only with the approval of The board" in lines(unsure)


def test_groups_show_what_lies_in_them_and_exams_what_is_known_of_them():
    known = replace(FACT, exam=Exam(75, 90, 76, 500, 200, 800, 2))
    told = lines(Requirement("either", "any", "Either", needs=(HOURS, known)))
    assert f"  either: Either: one of these {BASIS}" in told
    assert f"    training: Training: 50 h {BASIS}" in told
    assert (
        "      75 questions, 90 minutes, pass mark 76 percent, pass mark 500 scaled points, "
        "on a scale from 200 to 800, 2 attempts in a term"
    ) in told
    assert f"  both: Both: all of these {BASIS}" in lines(
        Requirement("both", "all", "Both", needs=(FACT,))
    )


def test_renewal_duties_conflicts_and_what_is_good_to_know_follow():
    told = lines(
        HOURS,
        renewal=Renewal("fixed", (HOURS,), Amount(least=48), date(2015, 9, 30), 90, 45, 30, False),
        ongoing=(FACT,),
        conflicts=(Conflict("training.hours", "They differ.", ("100", "110")),),
        hour_minutes=50,
        round_to=15,
        fees=(Fee("Renewal", 125),),
        application_months=12,
        notes=("Call them.",),
    )
    rest = told[told.index("Renewal, 48 months, one common day for everyone") :]
    assert rest == [
        "Renewal, 48 months, one common day for everyone",
        "  common day: 2015-09-30",
        "  opens, days before the end: 90",
        "  asked for, days before the end: 45",
        "  late window, days after the end: 30",
        "  hours carry over: no",
        f"  training: Training: 50 h {BASIS}",
        "",
        "While certified",
        f"  exam: Exam: asked {BASIS}",
        "    You passed.",
        "",
        "Sources disagree",
        "  training.hours: They differ. 100 / 110",
        "An hour has 50 minutes; rounded down to 15.",
        "",
        "Good to know",
        "  Fee, for information: Renewal: $125",
        "  An application stays open 12 months.",
        "  Call them.",
    ]
    carried = lines(HOURS, renewal=Renewal("month-start", (), UNKNOWN, carries_over=True))
    assert "  hours carry over: yes" in carried
