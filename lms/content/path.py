"""The path through a program: everything a learner finishes, in its order."""

from collections.abc import Iterator

from lms.content.library import Library
from lms.domain.curriculum import Module, Program, Step, StepKind, section_key


def steps(library: Library, program_id: str) -> tuple[Step, ...]:
    """What a learner of a program finishes. Raises LookupError for an unknown program.

    Of each module: its sections, which open when the modules it needs are read, then the quiz and
    the role-play the program requires, which open when its own sections are done. Exams open when
    everything before them is done. A program with live minutes ends in one live step.
    """
    program = library.programs.get(program_id)
    if program is None:
        raise LookupError(f"no program {program_id}")
    found = [s for name in program.modules for s in _of_module(library, program, name)]
    before = tuple(s.key for s in found if s.kind is not StepKind.ROLE_PLAY)
    for name in program.requires.exams:
        found.append(Step(StepKind.QUIZ, name, "", library.quizzes[name].title, before))
    if program.requires.live_minutes > 0:
        found.append(Step(StepKind.LIVE, program.id, "", program.title))
    return tuple(found)


def _of_module(library: Library, program: Program, name: str) -> Iterator[Step]:
    held = library.modules[name]
    first = tuple(
        key
        for needed in held.needs
        if needed in program.modules
        for key in _readings(library.modules[needed])
    )
    for s in held.sections:
        yield Step(StepKind.SECTION, f"{held.id}/{s.id}", held.id, s.title, first)
    read = tuple(_readings(held))
    for quiz in (library.quizzes[name] for name in program.requires.quizzes):
        if quiz.module == held.id:
            yield Step(StepKind.QUIZ, quiz.id, quiz.module, quiz.title, read)
    for scenario in (library.scenarios[name] for name in program.requires.role_plays):
        if scenario.module == held.id:
            yield Step(StepKind.ROLE_PLAY, scenario.id, scenario.module, scenario.title, read)


def _readings(module: Module) -> Iterator[str]:
    return (section_key(module.id, section.id) for section in module.sections)
