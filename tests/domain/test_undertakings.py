"""What one person may decide alone, and who can be given a certificate in numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.undertakings import ALONE, End, needs_second, ready


@pytest.mark.parametrize(
    ("more", "lately", "second"),
    [(1, 0, False), (10, 0, False), (11, 0, True), (1, 9, False), (1, 10, True), (5, 6, True)],
)
def test_more_than_ten_in_a_day_take_two_people(more, lately, second):
    assert needs_second(more, lately) is second


@given(st.lists(st.integers(1, 30), max_size=40))
def test_no_order_of_asking_lets_one_person_revoke_an_eleventh(asked):
    alone = 0
    for more in asked:
        if not needs_second(more, alone):
            alone += more
    assert alone <= ALONE


@pytest.mark.parametrize(
    ("certified", "complete", "revoked", "letters", "end"),
    [
        (False, True, False, "", End.WAITING),
        (True, True, False, "", End.HELD),
        (True, False, True, "x", End.HELD),
        (False, False, False, "", End.MISSING),
        (False, False, True, "", End.MISSING),
        (False, True, True, "", End.WITHHELD),
        (False, True, False, "x", End.LETTERS),
    ],
)
def test_only_who_met_everything_and_had_none_revoked_is_ready(
    certified, complete, revoked, letters, end
):
    found = ready(
        is_certified=certified, is_complete=complete, was_revoked=revoked, letters=letters
    )
    assert found is end
