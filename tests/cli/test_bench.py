"""Measuring: the arithmetic of it, and that ours is the faster one."""

import pytest

from lms.cli.bench import compared
from tests.cli.conftest import Lms


def test_the_middle_of_each_way_is_compared():
    found = compared([0.4, 0.2, 9.0], [0.1, 0.1, 0.1], [0.05, 0.05, 5.0])
    assert found == {
        "plain_ms": 400.0,
        "press_ms": 100.0,
        "two_workers_ms": 50.0,
        "press_times_as_fast": 4.0,
        "two_workers_times_as_fast": 8.0,
    }


@pytest.mark.long
def test_two_warm_workers_are_faster_than_a_plain_call(lms: Lms):
    found = lms("bench", "certificates", "--count", 20, "--json").json
    assert found["two_workers_times_as_fast"] > 1
