"""The library: everything taught and asked, in one frozen object."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.editions import FRAMEWORK_ID, Edition, Kind
from lms.content.shapes import categories, guide, module, pack, shape, shapes
from lms.domain.coverage import Scheme
from lms.domain.curriculum import (
    Category,
    Competency,
    Guide,
    Module,
    Program,
    Section,
    Source,
    Topic,
)
from lms.domain.items import Bank, Item
from lms.domain.packs import Pack
from lms.domain.quiz import Quiz
from lms.domain.rubric import Rubric, Scenario


@dataclass(frozen=True, slots=True)
class Library:
    """One edition of everything, by id. ``digests`` is by (kind, id).

    ``items`` holds every item of every bank with the id of its module.
    """

    categories: tuple[Category, ...]
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    schemes: tuple[Scheme, ...]
    programs: Mapping[str, Program]
    modules: Mapping[str, Module]
    banks: Mapping[str, Bank]
    quizzes: Mapping[str, Quiz]
    rubrics: Mapping[str, Rubric]
    scenarios: Mapping[str, Scenario]
    guides: Mapping[str, Guide]
    packs: Mapping[str, Pack]
    items: Mapping[str, tuple[str, Item]]
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

    def banks_of(self, quiz: Quiz) -> dict[str, Bank]:
        """The banks a quiz draws from: those it names, or for an exam those of its program."""
        if not quiz.is_exam:
            return {draw.bank: self.banks[draw.bank] for draw in quiz.draw}
        taught = self.programs[quiz.program].modules
        return {name: bank for name, bank in self.banks.items() if bank.module in taught}


def assemble(editions: Iterable[Edition]) -> Library:
    """One library of these editions, whether they were read from files or from the database.

    Images are left out: pages point to them, and they would sit in the memory of every process.
    Raises LookupError naming what is missing, ValueError when two editions claim one kind and id.
    """
    held: dict[Kind, dict[str, Edition]] = {kind: {} for kind in Kind}
    texts = (edition for edition in editions if edition.kind != Kind.IMAGE)
    for edition in sorted(texts, key=lambda e: (e.kind, e.id)):
        shelf = held[Kind(edition.kind)]
        if edition.id in shelf:
            raise ValueError(f"two editions of {edition.kind} {edition.id}")
        shelf[edition.id] = edition
    if FRAMEWORK_ID not in held[Kind.FRAMEWORK]:
        raise LookupError("no framework: competencies, topics and sources are missing")
    framework = held[Kind.FRAMEWORK][FRAMEWORK_ID].body
    banks = shapes(held[Kind.BANK], Bank)
    library = Library(
        categories=categories(framework),
        topics={t["id"]: shape(t, Topic) for t in framework["topics"]},
        sources={s["id"]: shape(s, Source) for s in framework["sources"]},
        schemes=tuple(shape(s, Scheme) for s in framework.get("schemes", ())),
        programs=shapes(held[Kind.PROGRAM], Program),
        modules={name: module(e) for name, e in held[Kind.MODULE].items()},
        banks=banks,
        quizzes=shapes(held[Kind.QUIZ], Quiz),
        rubrics=shapes(held[Kind.RUBRIC], Rubric),
        scenarios=shapes(held[Kind.ROLE_PLAY], Scenario),
        guides={name: guide(e) for name, e in held[Kind.GUIDE].items()},
        packs={name: pack(e) for name, e in held[Kind.PACK].items()},
        items={item.id: (bank.module, item) for bank in banks.values() for item in bank.items},
        digests={(e.kind, e.id): e.digest for shelf in held.values() for e in shelf.values()},
    )
    _refuse_gaps(library)
    return library


def _refuse_gaps(library: Library) -> None:
    for program in library.programs.values():
        by = f"program {program.id}"
        _demand(by, "module", program.modules, library.modules)
        asked = (*program.requires.quizzes, *program.requires.exams)
        _demand(by, "quiz", asked, library.quizzes)
        _demand(by, "role-play", program.requires.role_plays, library.scenarios)
        _demand(by, "guide", program.sessions, library.guides)
    for quiz in library.quizzes.values():
        by = f"quiz {quiz.id}"
        _demand(by, "module", [quiz.module] if quiz.module else [], library.modules)
        _demand(by, "program", [quiz.program] if quiz.program else [], library.programs)
        _demand(by, "bank", [draw.bank for draw in quiz.draw], library.banks)
    for scenario in library.scenarios.values():
        _demand(f"role-play {scenario.id}", "module", [scenario.module], library.modules)
        _demand(f"role-play {scenario.id}", "rubric", [scenario.rubric], library.rubrics)
    for bank in library.banks.values():
        _demand(f"bank {bank.id}", "module", [bank.module], library.modules)


def _demand(by: str, kind: str, wanted: Iterable[str], held: Mapping[str, object]) -> None:
    for name in wanted:
        if name not in held:
            raise LookupError(f"{by} needs {kind} {name}, which is missing")
