"""One verdict for each file, and only the very file is as good as its record."""

from itertools import product

import pytest

from lms.domain.file_verdict import Evidence, Inside, Judged, Reason, Verdict, judge
from lms.domain.paper_check import Compared, Difference, Field, Phrase

AGREED = Compared(has_text=True)
LINE = Difference(Field.HOURS, "60 h", "46 h")
LOST = Phrase(Field.HOLDER, "Ana")


def seen(inside=Inside.OURS, compared=AGREED, codes=("A",), **more) -> Evidence:
    return Evidence(False, frozenset(codes), inside, compared, **more)


CASES = [
    (Evidence(True, frozenset(), Inside.GONE, None), Verdict.SAME, ()),
    (seen(compared=None), Verdict.NOT_OURS, ()),
    (seen(), Verdict.AGREES, ()),
    (seen(is_saved_again=True), Verdict.AGREES, (Reason.SAVED_AGAIN,)),
    (seen(Inside.GONE), Verdict.AGREES, (Reason.INSIDE_GONE,)),
    (seen(compared=Compared(True, unfound=(LOST,))), Verdict.AGREES, (Reason.LINES_UNFOUND,)),
    (seen(compared=Compared(True, differing=(LINE,))), Verdict.DIFFERS, (Reason.LINES_DIFFER,)),
    (seen(compared=Compared(True, extra=("x",))), Verdict.DIFFERS, (Reason.LINES_ADDED,)),
    (seen(codes=("A", "B")), Verdict.DIFFERS, (Reason.CODES_DISAGREE,)),
    (seen(Inside.ANOTHER), Verdict.DIFFERS, (Reason.INSIDE_OF_ANOTHER,)),
    (seen(Inside.OLDER), Verdict.DIFFERS, (Reason.INSIDE_OF_AN_OLDER,)),
    (seen(Inside.CHANGED), Verdict.DIFFERS, (Reason.INSIDE_CHANGED,)),
    (seen(Inside.TWICE), Verdict.DIFFERS, (Reason.INSIDE_TWICE,)),
    (seen(can_act=True), Verdict.DIFFERS, (Reason.CAN_ACT,)),
    (seen(compared=Compared(False)), Verdict.NO_TEXT, ()),
    (seen(Inside.GONE, Compared(False)), Verdict.NO_TEXT, (Reason.INSIDE_GONE,)),
    (seen(Inside.CHANGED, Compared(False)), Verdict.DIFFERS, (Reason.INSIDE_CHANGED,)),
]


@pytest.mark.parametrize(("found", "verdict", "reasons"), CASES)
def test_each_file_gets_its_verdict(found, verdict, reasons):
    assert judge(found) == Judged(verdict, reasons)


def test_nothing_but_the_very_file_is_the_same():
    some = [AGREED, Compared(False), Compared(True, extra=("x",)), None]
    for inside, compared, can_act in product(Inside, some, (False, True)):
        assert judge(seen(inside, compared, can_act=can_act)).verdict is not Verdict.SAME
