"""The library: everything taught and asked, in one frozen object."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.editions import FRAMEWORK_ID, Edition, Kind
from lms.content.shapes import categories, module, shape, shapes
from lms.domain.curriculum import (
    Category,
    Competency,
    Module,
    Program,
    Section,
    Source,
    Step,
    StepKind,
    Topic,
)
from lms.domain.items import Bank
from lms.domain.quiz import Quiz
from lms.domain.rubric import Rubric, Scenario


@dataclass(frozen=True, slots=True)
class Library:
    """One edition of everything, by id. ``digests`` is by (kind, id)."""

    categories: tuple[Category, ...]
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    programs: Mapping[str, Program]
    modules: Mapping[str, Module]
    banks: Mapping[str, Bank]
    quizzes: Mapping[str, Quiz]
    rubrics: Mapping[str, Rubric]
    scenarios: Mapping[str, Scenario]
    digests: Mapping[tuple[str, str], str]

    def competency(self, competency_id: str) -> Competency:
        """The competency of an id such as VIII.2. Raises LookupError."""
        for category in self.categories:
            for competency in category.competencies:
                if competency.id == competency_id:
                    return competency
        raise LookupError(f"no competency {competency_id}")

    def module_of_section(self, key: str) -> Module:
        """The module of the section ``module/section``, a step's id. Raises LookupError."""
        return self.modules[self._split(key)[0]]

    def section(self, key: str) -> Section:
        """The section ``module/section``. Raises LookupError."""
        module_id, section_id = self._split(key)
        return next(s for s in self.modules[module_id].sections if s.id == section_id)

    def _split(self, key: str) -> tuple[str, str]:
        module_id, _, section_id = key.partition("/")
        held = self.modules.get(module_id)
        if held is None or all(s.id != section_id for s in held.sections):
            raise LookupError(f"no section {key}")
        return module_id, section_id

    def bank_for(self, module_id: str) -> Bank:
        """The items of a module. Raises LookupError."""
        for bank in self.banks.values():
            if bank.module == module_id:
                return bank
        raise LookupError(f"no items for module {module_id}")


def assemble(editions: Iterable[Edition]) -> Library:
    """One library of these editions, whether they were read from files or from the database.

    Raises LookupError naming what is missing, ValueError when two editions claim one kind and id.
    """
    held: dict[Kind, dict[str, Edition]] = {kind: {} for kind in Kind}
    for edition in sorted(editions, key=lambda e: (e.kind, e.id)):
        shelf = held[Kind(edition.kind)]
        if edition.id in shelf:
            raise ValueError(f"two editions of {edition.kind} {edition.id}")
        shelf[edition.id] = edition
    if FRAMEWORK_ID not in held[Kind.FRAMEWORK]:
        raise LookupError("no framework: competencies, topics and sources are missing")
    framework = held[Kind.FRAMEWORK][FRAMEWORK_ID].body
    library = Library(
        categories=categories(framework),
        topics={t["id"]: shape(t, Topic) for t in framework["topics"]},
        sources={s["id"]: shape(s, Source) for s in framework["sources"]},
        programs=shapes(held[Kind.PROGRAM], Program),
        modules={name: module(e) for name, e in held[Kind.MODULE].items()},
        banks=shapes(held[Kind.BANK], Bank),
        quizzes=shapes(held[Kind.QUIZ], Quiz),
        rubrics=shapes(held[Kind.RUBRIC], Rubric),
        scenarios=shapes(held[Kind.ROLE_PLAY], Scenario),
        digests={(e.kind, e.id): e.digest for shelf in held.values() for e in shelf.values()},
    )
    _refuse_gaps(library)
    return library


def _refuse_gaps(library: Library) -> None:
    for program in library.programs.values():
        by = f"program {program.id}"
        _demand(by, "module", program.modules, library.modules)
        _demand(by, "quiz", program.requires.quizzes, library.quizzes)
        _demand(by, "role-play", program.requires.role_plays, library.scenarios)
    for quiz in library.quizzes.values():
        _demand(f"quiz {quiz.id}", "module", [quiz.module], library.modules)
        _demand(f"quiz {quiz.id}", "bank", [draw.bank for draw in quiz.draw], library.banks)
    for scenario in library.scenarios.values():
        _demand(f"role-play {scenario.id}", "module", [scenario.module], library.modules)
        _demand(f"role-play {scenario.id}", "rubric", [scenario.rubric], library.rubrics)
    for bank in library.banks.values():
        _demand(f"bank {bank.id}", "module", [bank.module], library.modules)


def _demand(by: str, kind: str, wanted: Iterable[str], held: Mapping[str, object]) -> None:
    for name in wanted:
        if name not in held:
            raise LookupError(f"{by} needs {kind} {name}, which is missing")


def steps(library: Library, program_id: str) -> tuple[Step, ...]:
    """What a learner of a program finishes, in its order. Raises LookupError.

    Of each module: its sections, then the quiz and the role-play the program requires, which open
    when all sections of the module are done. A program with live minutes ends in one live step.
    """
    program = library.programs.get(program_id)
    if program is None:
        raise LookupError(f"no program {program_id}")
    found: list[Step] = []
    for name in program.modules:
        found.extend(_steps_of(library, program, library.modules[name]))
    if program.requires.live_minutes > 0:
        found.append(Step(StepKind.LIVE, program.id, "", program.title))
    return tuple(found)


def _steps_of(library: Library, program: Program, held: Module) -> list[Step]:
    sections = [
        Step(StepKind.SECTION, f"{held.id}/{s.id}", held.id, s.title) for s in held.sections
    ]
    needs = tuple(step.key for step in sections)
    quizzes = [library.quizzes[name] for name in program.requires.quizzes]
    scenarios = [library.scenarios[name] for name in program.requires.role_plays]
    return [
        *sections,
        *(
            Step(StepKind.QUIZ, q.id, q.module, q.title, needs)
            for q in quizzes
            if q.module == held.id
        ),
        *(
            Step(StepKind.ROLE_PLAY, s.id, s.module, s.title, needs)
            for s in scenarios
            if s.module == held.id
        ),
    ]
