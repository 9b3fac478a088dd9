"""An exam draws by its blueprint, and its result is told by area."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.items import POINTS, Bank, Item, ItemType, Option
from lms.domain.quiz import Area, Quiz, assemble, by_area, pools


def item(name: str, *competencies: str) -> Item:
    options = (Option("a", "A", "Right.", correct=True), Option("b", "B", "Wrong."))
    return Item(name, ItemType.SINGLE, competencies, "s", "?", options)


BANKS = {
    "ethics": Bank("ethics", "ethics", tuple(item(f"e{n}", "I.1") for n in range(4))),
    "crisis": Bank("crisis", "crisis", tuple(item(f"c{n}", "VIII.1", "I.1") for n in range(6))),
    "rest": Bank(
        "rest", "rest", (*(item(f"i{n}", "I.2", "VIII.4") for n in range(4)), item("x", "V.1"))
    ),
}
BLUEPRINT = (
    Area("ethics", "Ethics", 2, ("ethics",)),
    Area("I", "Relationships", 2),
    Area("VIII", "Crisis", 3),
)
EXAM = Quiz("exam", "Exam", 75, program="core", blueprint=BLUEPRINT)


def test_an_item_is_in_the_area_that_claims_its_bank_else_in_that_of_its_first_competency():
    held = {area: [i.id for i in items] for area, items in pools(BLUEPRINT, BANKS).items()}
    assert held == {
        "ethics": ["e0", "e1", "e2", "e3"],
        "I": ["i0", "i1", "i2", "i3"],
        "VIII": ["c0", "c1", "c2", "c3", "c4", "c5"],
    }


@given(st.text(max_size=20))
def test_every_draw_meets_the_blueprint_and_is_the_same_for_its_seed(seed):
    drawn = assemble(EXAM, BANKS, seed)
    letters = sorted(i.id[0] for i in drawn)
    assert letters == ["c", "c", "c", "e", "e", "i", "i"]
    assert len(set(drawn)) == EXAM.length == 7
    assert drawn == assemble(EXAM, BANKS, seed)


def test_an_area_with_too_few_items_is_named():
    greedy = Quiz("exam", "Exam", 75, program="core", blueprint=(Area("V", "Plans", 2),))
    with pytest.raises(ValueError, match="exam draws 2 from area V, which has 1"):
        assemble(greedy, BANKS, "s")


def test_points_are_told_by_area_in_the_order_of_the_blueprint():
    items = assemble(EXAM, BANKS, "s")
    points = [POINTS if i.id[0] == "c" else 1 for i in items]
    rows = by_area(BLUEPRINT, BANKS, items, points)
    assert [(r.area.id, r.points, r.items, r.out_of) for r in rows] == [
        ("ethics", 2, 2, 8),
        ("I", 2, 2, 8),
        ("VIII", 12, 3, 12),
    ]


@given(st.text(max_size=9), st.lists(st.integers(0, POINTS), min_size=7, max_size=7))
def test_areas_add_up_to_the_whole(seed, points):
    items = assemble(EXAM, BANKS, seed)
    rows = by_area(BLUEPRINT, BANKS, items, points)
    assert sum(row.points for row in rows) == sum(points)
    assert sum(row.items for row in rows) == len(items)


def test_a_quiz_of_a_module_is_no_exam():
    assert EXAM.is_exam
    assert not Quiz("q", "Quiz", 80, "m").is_exam
