"""A program's certificate in other words: another language, or words that do not say recovery."""

from collections.abc import Iterable

from lms.domain.curriculum import Program, Topic
from lms.domain.paper_words import Words


def offered(program: Program) -> tuple[Words, ...]:
    """The wordings a holder can choose, the usual one first."""
    return tuple(one for one in Words if one is Words.USUAL or one in program.wordings)


def chosen(program: Program, typed: str) -> Words:
    """The wording a form names. Raises ValueError with a sentence when it is not offered."""
    if typed not in [str(one) for one in offered(program)]:
        raise ValueError("This program has no such wording. Choose one of those shown.")
    return Words(typed)


def title(program: Program, words: Words) -> str:
    """The name of the program."""
    return program.wordings[words].title if words else program.title


def statement(program: Program, words: Words) -> str:
    """What it says of itself."""
    return program.wordings[words].statement if words else program.statement


def objectives(program: Program, words: Words, usual: Iterable[str]) -> tuple[str, ...]:
    """What the training teaches; ``usual`` is what its modules say."""
    return program.wordings[words].objectives if words else tuple(usual)


def topic_title(topic: Topic, words: Words) -> str:
    """What hours are counted by. A title that tells nothing needs no neutral one."""
    if words in topic.words:
        return topic.words[words]
    if words is Words.SPANISH_NEUTRAL and Words.SPANISH in topic.words:
        return topic.words[Words.SPANISH]
    return topic.title
