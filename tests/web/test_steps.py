"""What to do next is said in a sentence, with an address only where something can be done there."""

import pytest

from lms.domain.next_steps import Lesson, Step
from lms.web.steps import way_on

READ = Lesson("ethics", "Ethics", "self-paced", {"ethics": 60})
MEET = Lesson("meet", "Meeting", "live-in-person", {"ethics": 60})


@pytest.mark.parametrize(
    ("step", "words", "address"),
    [
        (Step("E", "", 60, "training", ((READ, 50),)), "gives about 50 min", "/learn"),
        (Step("E", "", 60, "training", ((MEET, 60),)), "The live session “Meeting”", ""),
        (Step("S", "", 60, "supervision"), "Write down each talk", "/hours/add"),
        (Step("W", "", 60, "work"), "Write down your hours at work", "/hours/add"),
        (Step("E", "", 60, "training"), "We have nothing more that counts here.", ""),
    ],
)
def test_each_step_says_how_to_go_on(school, step, words, address):
    with school.app.test_request_context():
        said, where, _label = way_on(step)
    assert words in said
    assert where == address
