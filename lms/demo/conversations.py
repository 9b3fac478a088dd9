"""Role-plays: what learners write, and how raters, one or two or three, answer them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lms.content.library import Library
from lms.demo import rating, scripts
from lms.demo.cast import Cast, Course, End, Go
from lms.demo.clock import Days, die
from lms.demo.scripts import Script, Scripts
from lms.demo.stage import Deed
from lms.domain.people import Role
from lms.domain.rubric import Scenario

_TEN, _ELEVEN, _HALF_PAST_FOUR, _SEVEN = 10 * 60, 11 * 60, 16 * 60 + 30, 19 * 60
_RELEASE, _APPEAL, _AGAIN = 4, 6, 5
"""Days after handing in: outcomes are released, an appeal is heard, another go begins."""


@dataclass(frozen=True, slots=True)
class Player:
    """A learner at one scenario."""

    who: str
    course: Course
    cast: Cast
    days: Days
    library: Library
    scenario: Scenario
    held: Scripts

    @property
    def program(self) -> str:
        """What the cohort takes."""
        return self.cast.group(self.course.cohort).program

    def deeds(self, ago: int, minute: int) -> Iterator[Deed]:
        """Every go, the first one so many days ago, each later one after the release before."""
        for go in self.course.goes.get(self.scenario.id, (Go(),)):
            ago = ago if go.ago is None else go.ago
            yield from self._go(go, ago, minute)
            ago, minute = ago - _AGAIN, _SEVEN

    def _go(self, go: Go, ago: int, minute: int) -> Iterator[Deed]:
        script = scripts.choose(self.library, self.scenario, self.held, go.script, self.who)
        by = self._raters(go, len(script.sheets))
        if go.live:
            yield from self._observed(script, by, ago)
        else:
            count = len(script.replies) // 2 if go.end is End.OPEN else len(script.replies)
            act = partial(
                rating.write,
                who=self.who,
                program=self.program,
                scenario_id=self.scenario.id,
                replies=script.replies[:count],
                is_whole=go.end is not End.OPEN,
            )
            yield Deed(self.days.at(ago, minute), act)
            yield from self._sheets(go, script, by, ago)
        yield from self._aftermath(go, ago)

    def _raters(self, go: Go, count: int) -> tuple[str, ...]:
        """The raters named, else the cohort's own in turn."""
        all_of_them = self.cast.raters(self.course.cohort)
        first = die(len(all_of_them), self.who, self.scenario.id)
        turned = all_of_them[first:] + all_of_them[:first]
        return (*go.by, *[name for name in turned if name not in go.by])[:count]

    def _sheets(self, go: Go, script: Script, by: tuple[str, ...], ago: int) -> Iterator[Deed]:
        wanted = {End.OPEN: 0, End.WAITING: 0, End.DRAFTED: 1, End.ONE_SHEET: 1}
        count = wanted.get(go.end, len(script.sheets))
        if go.end is End.DECIDED and len(script.sheets) > self.scenario.raters:
            count = self.scenario.raters
        for place in range(count):
            act = partial(
                rating.rate,
                who=self.who,
                scenario_id=self.scenario.id,
                by=by[place],
                sheet=script.sheets[place],
                is_draft=go.end is End.DRAFTED,
            )
            minute = _TEN + die(90, self.who, by[place])
            yield Deed(self.days.at(ago - 1 - place, minute), act)

    def _observed(self, script: Script, by: Sequence[str], ago: int) -> Iterator[Deed]:
        """The first rater holds it; another one sits in and signs an hour later."""
        who, scenario = self.who, self.scenario.id
        first, *others = [scripts.unseen(sheet) for sheet in script.sheets]
        act = partial(rating.observe, who=who, program=self.program, scenario_id=scenario)
        yield Deed(self.days.at(ago - 1, _TEN), partial(act, by=by[0], sheet=first))
        for rater, sheet in zip(by[1:], others, strict=True):
            later = partial(
                rating.rate, who=who, scenario_id=scenario, by=rater, sheet=sheet, is_draft=False
            )
            yield Deed(self.days.at(ago - 1, _ELEVEN), later)

    def _aftermath(self, go: Go, ago: int) -> Iterator[Deed]:
        who, scenario = self.who, self.scenario.id
        if go.end is End.RELEASED:
            by = self.cast.one(Role.COORDINATOR)
            act = partial(rating.release, who=who, scenario_id=scenario, by=by)
            yield Deed(self.days.at(ago - _RELEASE, _HALF_PAST_FOUR), act)
        if go.amended is not None:
            by = self.cast.one(Role.COORDINATOR)
            act = partial(rating.amend, who=who, scenario_id=scenario, by=by, amendment=go.amended)
            yield Deed(self.days.at(ago - _APPEAL, _TEN), act)
