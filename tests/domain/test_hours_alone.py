"""What others see of a learner against a board: hours, and nothing that tells of the person."""

from lms.domain.figures import Amount
from lms.domain.hours_alone import cell, hours_alone
from lms.domain.packs import Requirement, Share
from lms.domain.requirements import State
from tests.domain.asking import answered, version_of

ETHICS = Share("ethics", "Ethics", Amount(least=60), ("ethics",))
CRISIS = Share("crisis", "Crisis", Amount(least=60), ("crisis",))
TRAINING = Requirement("training", "hours", "Training", of="training", shares=(ETHICS, CRISIS))
WORK = Requirement("work", "hours", "Work", of="work")
RECOVERY = Requirement("recovery", "fact", "Recovery", fact="recovery")


def kept(*needs: Requirement) -> list[Requirement]:
    (stage,) = hours_alone(version_of(*needs)).stages
    return list(stage.needs)


def test_facts_are_left_out_and_hours_stay():
    assert kept(RECOVERY, TRAINING, WORK) == [TRAINING, WORK]


def test_a_choice_that_a_fact_could_meet_is_left_out_whole():
    by_hours = Requirement("either", "any", "Either", needs=(TRAINING, WORK))
    by_fact = Requirement("or", "any", "Or", needs=(TRAINING, RECOVERY))
    deep = Requirement(
        "deep", "any", "Deep", needs=(WORK, Requirement("x", "all", "X", needs=(RECOVERY,)))
    )
    assert kept(by_hours, by_fact, deep) == [by_hours]


def test_a_group_keeps_its_hours_and_goes_when_it_has_none():
    both = Requirement("both", "all", "Both", needs=(RECOVERY, WORK))
    none = Requirement("none", "all", "None", needs=(RECOVERY,))
    (left,) = kept(both, none)
    assert (left.id, left.needs) == ("both", (WORK,))


def test_a_cell_holds_the_largest_gaps_first_and_the_state_of_the_whole():
    found = cell(
        [
            answered("training", 100, 120, asked=TRAINING),
            answered("work", 0, 600, asked=WORK),
            answered("met", 9, 9, State.MET, asked=WORK),
        ]
    )
    assert found.state is State.NOT_YET
    assert found.gaps == (("work", 600), ("training", 20))


def test_a_gap_is_what_the_domains_lack_when_that_is_more_than_the_total_lacks():
    parts = (answered("ethics", 0, 60), answered("crisis", 30, 60), answered("online", 0, 999))
    assert cell([answered("training", 200, 200, asked=TRAINING, parts=parts)]).gaps == (
        ("training", 90),
    )
    assert cell([answered("group", 1, 2)]).gaps == (("group", 1),)
