"""Minutes of an application stand under one domain at most."""

from lms.domain.application import Application, Line, applied
from lms.domain.figures import Amount
from lms.domain.packs import Requirement, Share
from lms.domain.requirements import Counted
from tests.domain.asking import answered

SHARES = tuple(Share(n, n.title(), Amount(least=60), (n,)) for n in ("advocacy", "ethics"))
TRAINING = Requirement("training", "hours", "Training", of="training", shares=SHARES)
AGAIN = Requirement("live", "hours", "Live", of="training", shares=SHARES[:1])


def counted(*pairs: tuple[int, int]) -> tuple[Counted, ...]:
    return tuple(Counted(entry, minutes, minutes) for entry, minutes in pairs)


def test_a_line_stands_under_the_domains_it_was_counted_in():
    parts = (
        answered("advocacy", 60, 60, counted=counted((1, 40), (2, 20))),
        answered("ethics", 30, 60, counted=counted((1, 30), (3, 0))),
        answered("online", 10, 60, counted=counted((1, 99))),
    )
    found = applied([answered("training", 90, 90, asked=TRAINING, parts=parts)])
    assert found == {1: {"advocacy": 40, "ethics": 30}, 2: {"advocacy": 20}}


def test_a_line_that_two_requirements_count_stands_where_the_first_counts_it():
    first = answered(
        "training", 1, 1, asked=TRAINING, parts=(answered("ethics", 9, 9, counted=counted((1, 9))),)
    )
    second = answered(
        "live", 1, 1, asked=AGAIN, parts=(answered("advocacy", 9, 9, counted=counted((1, 9))),)
    )
    group = answered("all", None, None, parts=(first, second))
    assert applied([group]) == {1: {"ethics": 9}}


def line(kind: str) -> Line:
    return Line("A day", "School", "2026-03-02", "2026-03-02", 60, kind, kind)


def test_training_and_practice_are_parted():
    facts = Application(
        "Ana", "md", "MD", "Board", "2026", "2026-01-01", "high", "2026-03-02", "School", "Road",
        (), (), (), (line("work"), line("self-paced"), line("supervision-group")), (),
    )  # fmt: skip
    assert [each.kind for each in facts.trainings] == ["self-paced"]
    assert [each.kind for each in facts.practice] == ["work", "supervision-group"]
