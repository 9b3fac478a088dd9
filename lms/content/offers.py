"""Hours that a program gives, computed from its words, its questions and its sessions."""

from collections.abc import Iterable, Mapping

from lms.content.library import Library
from lms.domain.coverage import Offer
from lms.domain.hours import mergener, rounded, split
from lms.domain.quiz import Quiz


def module_minutes(library: Library, program_id: str, quiz: Quiz) -> int:
    """Minutes that a module gives in a program when its quiz is passed."""
    module = library.modules[quiz.module]
    exact = mergener(module.words, quiz.length, module.difficulty)
    return rounded(exact, library.programs[program_id].rounding)


def offer(library: Library, program_id: str) -> Offer:
    """Minutes by topic: modules whose quiz the program asks for, and the sessions it plans."""
    program = library.programs[program_id]
    quizzes = [library.quizzes[name] for name in program.requires.quizzes]
    guides = [library.guides[name] for name in program.sessions]
    alone = (
        split(module_minutes(library, program_id, quiz), library.modules[quiz.module].topics)
        for quiz in quizzes
    )
    live = (split(guide.minutes, guide.topics) for guide in guides)
    return Offer(_summed(alone), _summed(live))


def _summed(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for topic, minutes in part.items():
            total[topic] = total.get(topic, 0) + minutes
    return dict(sorted(total.items()))
