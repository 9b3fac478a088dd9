"""Minutes of an application stand under one domain at most."""

import pytest

from lms.domain.application import Application, Line, applied, titles
from lms.domain.figures import Amount
from lms.domain.hours import Entry, Modality
from lms.domain.packs import Domain, Requirement, Share
from lms.domain.requirements import Counted
from tests.domain.asking import answered, version_of
from tests.domain.making import NOON

ADVOCACY, ETHICS = (Share(n, n.title(), Amount(least=60), (n,)) for n in ("advocacy", "ethics"))
FOUR = Share("four", "The four", Amount(least=60), ("advocacy", "ethics"))
TRAINING = Requirement("training", "hours", "Training", of="training", shares=(ADVOCACY, ETHICS))
AGAIN = Requirement("live", "hours", "Live", of="training", shares=(ADVOCACY,))
TOGETHER = Requirement("together", "hours", "Together", of="training", shares=(FOUR,))
VERSION = version_of(
    TRAINING,
    domains=(
        Domain("advocacy", "Advocacy", ("advocacy", "resources")),
        Domain("ethics", "Ethics", ("ethics", "resources")),
    ),
)


def counted(*pairs: tuple[int, int]) -> tuple[Counted, ...]:
    return tuple(Counted(entry, minutes, minutes) for entry, minutes in pairs)


def entry(number: int, **topics: int) -> Entry:
    total = sum(topics.values())
    return Entry(number, total, topics, Modality.SELF_PACED, NOON, NOON, "module", "Peerpath")


def test_a_line_stands_under_the_domains_it_was_counted_in():
    parts = (
        answered("advocacy", 60, 60, counted=counted((1, 40), (2, 20))),
        answered("ethics", 30, 60, counted=counted((1, 30), (3, 0))),
        answered("online", 10, 60, counted=counted((1, 99))),
    )
    found = applied([answered("training", 90, 90, asked=TRAINING, parts=parts)], VERSION, [])
    assert found == {1: {"Advocacy": 40, "Ethics": 30}, 2: {"Advocacy": 20}}


@pytest.mark.parametrize(
    ("topics", "minutes", "domains"),
    [
        ({"ethics": 40, "advocacy": 20}, 60, {"Ethics": 40, "Advocacy": 20}),
        ({"resources": 30}, 30, {"Advocacy": 30}),  # two domains take it: the first does
        ({"ethics": 40, "advocacy": 20}, 30, {"Ethics": 20, "Advocacy": 10}),  # a limit took half
        ({"crisis": 30}, 30, {"The four": 30}),
    ],
)
def test_a_share_of_several_domains_is_divided_by_topic(topics, minutes, domains):
    part = answered("four", minutes, 60, counted=counted((1, minutes)))
    answer = answered("together", minutes, 60, asked=TOGETHER, parts=(part,))
    found = applied([answer], VERSION, [entry(1, **topics)])
    assert found == {1: domains}
    assert list(found[1]) == sorted(domains)  # the board's own order, not that of the topics


def test_a_line_that_two_requirements_count_stands_where_the_first_counts_it():
    first = answered(
        "training", 1, 1, asked=TRAINING, parts=(answered("ethics", 9, 9, counted=counted((1, 9))),)
    )
    second = answered(
        "live", 1, 1, asked=AGAIN, parts=(answered("advocacy", 9, 9, counted=counted((1, 9))),)
    )
    group = answered("all", None, None, parts=(first, second))
    assert applied([group], VERSION, []) == {1: {"Ethics": 9}}


def test_the_domains_of_a_list_are_the_boards_own_each_once():
    answers = [answered("x", 1, 1, asked=asked) for asked in (TRAINING, AGAIN, TOGETHER)]
    assert titles(answers, VERSION) == ("Advocacy", "Ethics")
    assert titles([answered("x", 1, 1)], VERSION) == ()


def line(kind: str) -> Line:
    return Line("A day", "School", "2026-03-02", "2026-03-02", 60, kind, kind)


def test_training_and_practice_are_parted():
    facts = Application(
        "Ana", "md", "MD", "Board", "2026", "2026-01-01", "high", "2026-03-02", "School", "Road",
        (), (), (), (line("work"), line("self-paced"), line("supervision-group")), (),
    )  # fmt: skip
    assert [each.kind for each in facts.trainings] == ["self-paced"]
    assert [each.kind for each in facts.practice] == ["work", "supervision-group"]
