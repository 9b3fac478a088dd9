"""What learners say of a course: nothing has to be answered, and few answers are not shown."""

import pytest

from lms.domain.evaluations import Given, Summary, check, summary


def test_nobody_has_to_answer_everything():
    assert check({"taught": 5, "helps": None, "other": 3}, " ") == Given({"taught": 5})
    assert check({}, " Slower, please. ") == Given({}, "Slower, please.")


@pytest.mark.parametrize(
    ("answers", "words", "fault"),
    [
        ({"taught": None}, "", "Answer one question"),
        ({"taught": 6}, "", "one of the five"),
        ({"taught": 5}, "x" * 1001, "1,001 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(answers, words, fault):
    with pytest.raises(ValueError, match=fault):
        check(answers, words)


def test_fewer_than_five_are_counted_and_not_shown():
    assert summary([Given({"taught": 1}, "Bad")] * 4) == Summary(4)


def test_five_are_shown_with_how_many_agree_and_words_in_no_order_of_time():
    given = [Given({"taught": n}, w) for n, w in zip((5, 4, 3, 2, 1), "edcb ", strict=True)]
    found = summary([*given, Given({"helps": 4})])
    assert found.number == 6
    assert found.agree["taught"] == (2, 5)
    assert found.agree["helps"] == (1, 1)
    assert found.agree["fair"] == (0, 0)
    assert found.words == (" ", "b", "c", "d", "e")
