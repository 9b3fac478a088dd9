"""What comes next: what can be done here first, then the largest gap, and no more than three."""

import pytest

from lms.domain.figures import Amount
from lms.domain.next_steps import Lesson, leaves, missing, next_steps
from lms.domain.packs import Domain, Limit, Requirement, Share
from lms.domain.requirements import Answer, Sentence, State
from tests.domain.asking import answered, version_of

ETHICS = Share("ethics", "Ethics", Amount(least=600), ("ethics",))
CRISIS = Share("crisis", "Crisis", Amount(least=300), ("crisis",))
ONLINE = Limit("online", "Online", Amount(least=120), modalities=("self-paced",))
TRAINING = Requirement(
    "training", "hours", "Training", of="training", hours=Amount(least=1200),
    shares=(ETHICS, CRISIS), limits=(ONLINE,),
)  # fmt: skip
WORK = Requirement("work", "hours", "Work", of="work", hours=Amount(least=30_000))
TALKS = Requirement("talks", "hours", "Supervision", of="supervision", hours=Amount(least=1500))
VERSION = version_of(
    TRAINING, WORK, TALKS,
    domains=(
        Domain("ethics", "Ethics", ("ethics", "boundaries")),
        Domain("crisis", "Crisis", ("crisis",)),
    ),
)  # fmt: skip
READ = Lesson("ethics", "Ethics and scope", "self-paced", {"ethics": 60, "culture": 30})
MEET = Lesson("meet", "Meeting", "live-in-person", {"ethics": 100, "crisis": 20})


def training(ethics: int, crisis: int, online: int = 0) -> Answer:
    parts = (
        answered("ethics", ethics, 600),
        answered("crisis", crisis, 300),
        answered("online", online, 120, State.MET),
    )
    return answered("training", ethics + crisis, 1200, asked=TRAINING, parts=parts)


def test_what_can_be_done_here_stands_before_a_larger_gap_that_cannot():
    answers = [training(0, 0), answered("work", 0, 30_000, asked=WORK)]
    steps = next_steps(answers, VERSION, [READ, MEET])
    assert [step.title for step in steps] == ["ethics", "crisis", "work"]
    assert [step.missing for step in steps] == [600, 300, 30_000]
    assert steps[0].within == "training"


def test_a_lesson_gives_only_what_counts_in_the_domain_and_the_most_helpful_stands_first():
    (ethics, *_rest) = next_steps([training(0, 300)], VERSION, [READ, MEET])
    assert [(lesson.id, minutes) for lesson, minutes in ethics.lessons] == [
        ("meet", 100),
        ("ethics", 60),
    ]


@pytest.mark.parametrize(("online", "given"), [(0, 60), (90, 30), (120, 0), (200, 0)])
def test_a_lesson_gives_no_more_than_its_limit_leaves(online, given):
    (ethics, *_rest) = next_steps([training(0, 300, online)], VERSION, [READ])
    assert sum(minutes for _lesson, minutes in ethics.lessons) == given


def test_a_total_is_a_step_only_when_no_domain_of_it_is_missing():
    steps = next_steps([training(600, 300)], VERSION, [READ])
    assert [(step.title, step.missing) for step in steps] == [("training", 300)]
    assert steps[0].lessons == ((READ, 90),)


def test_live_time_does_not_count_as_supervision():
    steps = next_steps([answered("talks", 0, 1500, asked=TALKS)], VERSION, [READ, MEET])
    assert steps[0].lessons == ()
    assert steps[0].of == "supervision"


def test_what_is_met_unknown_or_no_hours_is_no_step():
    fact = Requirement("age", "fact", "Age", fact="age")
    answers = [
        answered("training", 1200, 1200, State.MET, asked=TRAINING),
        answered("work", 10, None, State.UNKNOWN, asked=WORK),
        answered("age", None, 18, asked=fact),
    ]
    assert next_steps(answers, VERSION, [READ]) == ()


def test_at_most_so_many_steps():
    answers = [training(0, 0), answered("work", 0, 9, asked=WORK)]
    assert len(next_steps(answers, VERSION, [], most=2)) == 2


def test_a_group_is_opened_unless_it_is_met():
    either = Requirement("either", "any", "Either", needs=(WORK, TALKS))
    inner = (answered("work", 0, 9, asked=WORK), answered("talks", 0, 9, asked=TALKS))
    for state, count in ((State.NOT_YET, 2), (State.MET, 0), (State.NOT_ASKED, 0)):
        group = Answer("either", "Either", state, Sentence("", {}), parts=inner, asked=either)
        assert len(list(leaves([group]))) == count


def test_nothing_is_missing_where_no_figure_is_known():
    assert missing(answered("x", None, None)) == 0
    assert missing(answered("x", 9, 5)) == 0
    assert missing(answered("x", None, 5)) == 5


def test_a_requirement_of_no_domain_takes_any_topic():
    steps = next_steps([training(600, 300)], VERSION, [MEET])
    assert steps[0].lessons == ((MEET, 120),)
