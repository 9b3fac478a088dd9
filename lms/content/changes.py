"""What differs between two editions of everything, in words a trainer understands."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from lms.content.library import Library
from lms.domain.curriculum import Guide, Module, Program, Section
from lms.domain.differences import Difference, differences
from lms.domain.items import Bank, Item
from lms.domain.items import key as right_answer
from lms.domain.packs import Pack
from lms.domain.quiz import Quiz
from lms.domain.rubric import Criterion, Rubric, Scenario

Thing = TypeVar("Thing")
_TAG = re.compile(r"<[^>]+>")
_IMAGE = re.compile(r"<img [^>]+>")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, in a sentence. ``rubric`` is set when a criterion of it is gone."""

    about: str
    words: str
    is_refused: bool = False
    rubric: str = ""


def compare(old: Library, new: Library) -> tuple[Change, ...]:
    """Every difference a learner or trainer can notice, programs first."""
    shelves: tuple[tuple[Mapping[str, Any], Mapping[str, Any], _Compare], ...] = (
        (old.programs, new.programs, _program),
        (old.modules, new.modules, _module),
        (old.banks, new.banks, _bank),
        (old.quizzes, new.quizzes, _quiz),
        (old.scenarios, new.scenarios, _scenario),
        (old.rubrics, new.rubrics, _rubric),
        (old.guides, new.guides, _guide),
        (old.packs, new.packs, _pack),
    )
    return tuple(change for before, after, how in shelves for change in _shelf(before, after, how))


_Compare = Callable[[Any, Any], Iterator[Change]]


def _shelf(before: Mapping[str, Any], after: Mapping[str, Any], how: _Compare) -> Iterator[Change]:
    for name in after:
        if name not in before:
            yield Change(_name(after[name]), "is new")
        elif before[name] != after[name]:
            yield from how(before[name], after[name])
    for name in before:
        if name not in after:
            yield Change(_name(before[name]), "is gone")


_KINDS = {
    Program: "Program",
    Module: "Module",
    Quiz: "Quiz",
    Scenario: "Role-play",
    Rubric: "Rubric",
    Guide: "Live session",
    Pack: "Requirement pack",
}


def _name(thing: Any) -> str:
    if isinstance(thing, Bank):
        return f"Questions of {thing.module}"
    return f"{_KINDS[type(thing)]} “{thing.title}”"


def _values(about: str, before: Any, after: Any, fields: Mapping[str, str]) -> Iterator[Change]:
    """Plain values that changed, from what to what."""
    for field, words in fields.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield Change(about, f"{words}: {_said(now)}, was {_said(was)}")


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _lists(about: str, what: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[Change]:
    for name in now:
        if name not in was:
            yield Change(about, f"{what} {name} is added")
    for name in was:
        if name not in now:
            yield Change(about, f"{what} {name} is taken out")


def _program(before: Program, after: Program) -> Iterator[Change]:
    about = _name(after)
    yield from _values(about, before, after, {"title": "Its title", "valid_months": "Valid months"})
    yield from _lists(about, "module", before.modules, after.modules)
    yield from _lists(about, "live session", before.sessions, after.sessions)
    was, now = before.requires, after.requires
    yield from _lists(about, "the required quiz", was.quizzes, now.quizzes)
    yield from _lists(about, "the required exam", was.exams, now.exams)
    yield from _lists(about, "the required role-play", was.role_plays, now.role_plays)
    yield from _values(about, was, now, {"live_minutes": "Live minutes asked"})
    yield from _values(
        about,
        before,
        after,
        {"statement": "Its statement", "rounding": "Rounding", "renewal": "What renews it"},
    )


def _module(before: Module, after: Module) -> Iterator[Change]:
    about = _name(after)
    yield from _values(about, before, after, {"title": "Its title", "difficulty": "Difficulty"})
    if before.topics != after.topics:
        yield Change(about, "its hours are shared among topics in another way")
    was = {section.id: section for section in before.sections}
    now = {section.id: section for section in after.sections}
    for name, section in now.items():
        if name not in was:
            yield Change(about, f"section “{section.title}” is new")
        elif was[name].html != section.html:
            yield Change(about, f"section “{section.title}”: {_reworked(was[name], section)}")
    for name, section in was.items():
        if name not in now:
            yield Change(about, f"section “{section.title}” is gone")


def _reworked(before: Section, after: Section) -> str:
    words = f"{_changed_words(before.html, after.html)} of {after.words} words"
    other = _IMAGE.findall(before.html) != _IMAGE.findall(after.html)
    return f"{words}, and its images" if other else words


def _changed_words(before: str, after: str) -> int:
    was, now = (_TAG.sub(" ", html).split() for html in (before, after))
    same = sum(block.size for block in SequenceMatcher(None, was, now, False).get_matching_blocks())
    return max(len(was), len(now)) - same


def _bank(before: Bank, after: Bank) -> Iterator[Change]:
    about = _name(after)
    was, now = ({item.id: item for item in bank.items} for bank in (before, after))
    yield from _lists(about, "question", tuple(was), tuple(now))
    for name in was.keys() & now.keys():
        if was[name] != now[name]:
            yield _item(about, was[name], now[name])


def _item(about: str, before: Item, after: Item) -> Change:
    if before.type != after.type:
        words = f"question {after.id} was {before.type} and is {after.type}; give it a new id"
        return Change(about, words, is_refused=True)
    if right_answer(before) != right_answer(after):
        return Change(about, f"question {after.id} has another right answer")
    return Change(about, f"question {after.id} is worded anew")


def _quiz(before: Quiz, after: Quiz) -> Iterator[Change]:
    about = _name(after)
    fields = {
        "title": "Its title",
        "pass_percent": "Percent to pass",
        "minutes": "Minutes",
        "attempts": "Goes",
        "wait_hours": "Hours between goes",
        "length": "Questions",
    }
    yield from _values(about, before, after, fields)
    if (before.draw, before.blueprint) != (after.draw, after.blueprint):
        yield Change(about, "it draws its questions in another way")


def _scenario(before: Scenario, after: Scenario) -> Iterator[Change]:
    about = _name(after)
    fields = {"title": "Its title", "raters": "Raters", "rubric": "Rubric", "minutes": "Minutes"}
    yield from _values(about, before, after, fields)
    if (before.turns, before.setting, before.your_role, before.persona) != (
        after.turns,
        after.setting,
        after.your_role,
        after.persona,
    ):
        yield Change(about, "what is said in it changed")


def _rubric(before: Rubric, after: Rubric) -> Iterator[Change]:
    about = _name(after)
    yield from _values(about, before, after, {"pass_percent": "Percent to pass"})
    was, now = ({c.id: c for c in rubric.criteria} for rubric in (before, after))
    for name in now:
        if name not in was:
            yield Change(about, f"criterion “{now[name].title}” is new")
        elif was[name] != now[name]:
            yield _criterion(about, was[name], now[name])
    for name in was:
        if name not in now:
            yield Change(about, f"criterion “{was[name].title}” is gone", rubric=after.id)


def _criterion(about: str, before: Criterion, after: Criterion) -> Change:
    if before.critical != after.critical:
        must = "must now reach level 3" if after.critical else "no longer has to reach level 3"
        return Change(about, f"criterion “{after.title}” {must}")
    return Change(about, f"criterion “{after.title}” is worded anew")


def _guide(before: Guide, after: Guide) -> Iterator[Change]:
    about = _name(after)
    yield from _values(about, before, after, {"title": "Its title", "minutes": "Minutes"})
    yield Change(about, "its guide is worded anew")


def _pack(before: Pack, after: Pack) -> Iterator[Change]:
    """A rule is told value by value: what a board asks is what a person plans by."""
    about = _name(after)
    yield from _values(about, before, after, {"title": "Its title", "body": "Its body"})
    was, now = ({v.id: v for v in pack.versions} for pack in (before, after))
    yield from _lists(about, "version", tuple(was), tuple(now))
    for name in [name for name in now if name in was]:
        days = {"status": "Status", "starts": "First day", "ends": "First day after"}
        yield from _values(f"{about}, version {name}", was[name], now[name], days)
        for found in differences(was[name], now[name]):
            yield Change(f"{about}, version {name}", _differs(found))


def _differs(found: Difference) -> str:
    return f"{' > '.join(found.where)}: {found.after or 'none'}, was {found.before or 'none'}"
