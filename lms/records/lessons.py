"""What of ours a learner has not done yet and would give minutes: modules and live sessions."""

from collections.abc import Iterable, Iterator

from lms.content.offers import module_minutes
from lms.domain.curriculum import StepKind
from lms.domain.hours import Entry, Modality, split
from lms.domain.next_steps import Lesson
from lms.records.learning import Way


def left(ways: Iterable[Way], entries: Iterable[Entry]) -> tuple[Lesson, ...]:
    """The lessons of a learner's programs that are still ahead, each once."""
    held = {entry.title for entry in entries if entry.minutes > 0}
    found: dict[tuple[str, str], Lesson] = {}
    for way in ways:
        for lesson in (*_modules(way), *_sessions(way, held)):
            found.setdefault((lesson.modality, lesson.id), lesson)
    return tuple(found.values())


def _modules(way: Way) -> Iterator[Lesson]:
    for name in way.program.requires.quizzes:
        quiz, step = way.library.quizzes[name], way.step(StepKind.QUIZ, name)
        if step is not None and step.key not in way.done:
            module = way.library.modules[quiz.module]
            minutes = module_minutes(way.library, way.program.id, quiz)
            topics = split(minutes, module.topics)
            yield Lesson(module.id, module.title, Modality.SELF_PACED, topics)


def _sessions(way: Way, held: set[str]) -> Iterator[Lesson]:
    for name in way.program.sessions:
        guide = way.library.guides[name]
        if guide.title not in held:
            topics = split(guide.minutes, guide.topics)
            yield Lesson(guide.id, guide.title, Modality.LIVE_IN_PERSON, topics)
