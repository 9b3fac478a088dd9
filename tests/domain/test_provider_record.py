"""What a provider says holds from its day on; papers print what was held when someone taught."""

from datetime import date

import pytest

from lms.domain.provider_record import (
    Qualification,
    Statement,
    Topic,
    check,
    holding,
    with_qualifications,
)

TODAY = date(2026, 11, 20)
RIGHTS, LINE = Topic.RIGHTS, Topic.GRIEVANCE_ON_PAPER


def test_of_each_topic_the_words_that_began_last_hold():
    said = [
        Statement(RIGHTS, "old", date(2026, 1, 1)),
        Statement(RIGHTS, "coming", date(2027, 1, 1)),
        Statement(RIGHTS, "new", date(2026, 6, 1)),
        Statement(LINE, "first", date(2026, 6, 1)),
        Statement(LINE, "mended the same day", date(2026, 6, 1)),
        Statement(RIGHTS, "said later, for an earlier day", date(2026, 3, 1)),
    ]
    held = holding(said, TODAY)
    assert (held[RIGHTS].words, held[LINE].words) == ("new", "mended the same day")
    assert holding(said, date(2026, 2, 1))[RIGHTS].words == "old"
    assert holding(said, date(2025, 1, 1)) == {}


@pytest.mark.parametrize(
    ("topic", "words", "starts", "fault"),
    [
        (RIGHTS, "  ", TODAY, "Write what holds"),
        (RIGHTS, "x" * 2001, TODAY, "2,001 characters; 2,000"),
        (LINE, "x" * 161, TODAY, "161 characters; 160"),
        (LINE, "two\nlines", TODAY, "one line for this"),
        (RIGHTS, "To be heard", date(2026, 11, 19), "from today on"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(topic, words, starts, fault):
    with pytest.raises(ValueError, match=fault):
        check(topic, words, starts, TODAY)


def test_what_is_kept_is_trimmed():
    assert check(LINE, " Write to us. ", TODAY, TODAY) == Statement(LINE, "Write to us.", TODAY)


def test_a_name_carries_what_was_held_on_the_day_and_nothing_else():
    held = [
        Qualification("CPRS 1", date(2026, 1, 1)),
        Qualification("old card", date(2020, 1, 1), date(2026, 11, 19)),
        Qualification("last day", date(2020, 1, 1), TODAY),
        Qualification("not yet", date(2026, 11, 21)),
    ]
    assert with_qualifications("Dev Surya", held, TODAY) == "Dev Surya, CPRS 1, last day"
    assert with_qualifications("Dev Surya", [], TODAY) == "Dev Surya"
