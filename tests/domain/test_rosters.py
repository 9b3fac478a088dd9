"""A row of a roster: whom it wants, and that nobody gets two letters."""

import pytest

from lms.domain.logging_hours import Refused
from lms.domain.people import Role
from lms.domain.rosters import Becomes, Wanted, becomes, read


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"email": "Ana@Example.org"}, Wanted("ana@example.org", Role.LEARNER)),
        ({"email": "a@b.org", "role": "Trainer"}, Wanted("a@b.org", Role.ASSESSOR)),
        (
            {"email": "a@b.org", "role": "", "name": " Zo\u200be  Li "},
            Wanted("a@b.org", Role.LEARNER, "Zoe Li"),
        ),
        ({"email": "a@b.org", "name": "=1+1"}, Wanted("a@b.org", Role.LEARNER, "=1+1")),
    ],
)
def test_a_row_says_whom_to_invite(cells, wanted):
    assert read(cells) == wanted


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({}, "email", "“” is not one email address"),
        ({"email": "ana"}, "email", "“ana” is not one email address"),
        ({"email": "a@b.org, c@d.org"}, "email", "not one email address"),
        ({"email": "<a@b.org>"}, "email", "not one email address"),
        ({"email": f"{'a' * 250}@b.org"}, "email", "not one email address"),
        ({"email": "a@b.org", "role": "boss"}, "role", "do not know the role “boss”"),
        ({"email": "a@b.org", "role": "operator"}, "role", "do not know the role"),
        ({"email": "a@b.org", "name": "x" * 91}, "name", "The name has 91 characters"),
    ],
)
def test_what_cannot_be_invited_is_refused_with_the_column_that_mends_it(cells, field, words):
    with pytest.raises(Refused) as stop:
        read(cells)
    assert stop.value.refusals[0].field == field
    assert words in str(stop.value)


def test_nobody_gets_two_letters():
    ana = Wanted("ana@example.org", Role.LEARNER)
    me = ("ana@example.org", "learner")
    assert becomes(ana, set(), set()) is Becomes.INVITED
    assert becomes(ana, {me}, {me}) is Becomes.HERE
    assert becomes(ana, set(), {me}) is Becomes.WAITS
    assert becomes(ana, {("ana@example.org", "assessor")}, set()) is Becomes.INVITED
