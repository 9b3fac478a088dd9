"""What made-up learners answer in role-plays and what raters wrote: ``role-plays/*.yaml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.library import Library
from lms.demo import cast
from lms.demo.clock import die
from lms.domain.rubric import Rating, Scenario, Sheet, Status, decide


@dataclass(frozen=True, slots=True)
class Script:
    """One learner's answers, turn by turn, and the sheets raters fill in for them, in order.

    A third sheet is there where the first two disagree. Without replies it can be held live only.
    """

    id: str
    sheets: tuple[Mapping[str, Rating], ...]
    replies: tuple[str, ...] = ()


Scripts = Mapping[str, tuple[Script, ...]]
"""Scripts by scenario id."""


def scripts(scenario_ids: Iterable[str]) -> Scripts:
    """The scripts of those scenarios that have any."""
    return {
        name: cast.told(f"role-plays/{name}.yaml", tuple[Script, ...])
        for name in scenario_ids
        if (cast.HERE / "role-plays" / f"{name}.yaml").is_file()
    }


def is_passing(library: Library, scenario: Scenario, script: Script) -> bool:
    """Whether the sheets of a script settle on a pass."""
    decision = decide(library.rubrics[scenario.rubric], script.sheets, scenario.raters)
    if decision.status is Status.THIRD:
        raise ValueError(f"the script {script.id} of {scenario.id} needs a third sheet")
    return decision.verdict is not None and decision.verdict.passed


def choose(library: Library, scenario: Scenario, held: Scripts, name: str, who: str) -> Script:
    """The script of that name, or (for "") one that passes without a third rater.

    Raises LookupError when there is none.
    """
    mine = held.get(scenario.id, ())
    fit = [
        s
        for s in mine
        if s.id == name
        or (not name and len(s.sheets) == scenario.raters and is_passing(library, scenario, s))
    ]
    if not fit:
        raise LookupError(f"there is no script {name or 'that passes'} for {scenario.id}")
    return fit[die(len(fit), who, scenario.id)]


def unseen(sheet: Sheet) -> Sheet:
    """A sheet of a live role-play: nothing was written down that could be cited."""
    return {name: Rating(r.level, r.flags, (), r.comment) for name, r in sheet.items()}
