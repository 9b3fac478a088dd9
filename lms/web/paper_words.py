"""The wordings of a certificate as a holder chooses among them."""

from lms.domain import wordings
from lms.domain.curriculum import Program
from lms.domain.paper_words import Words, telling
from lms.web.here import school
from lms.web.text import _, lazy

NAMES = {
    Words.USUAL: lazy("The usual words"),
    Words.NEUTRAL: lazy("Words that do not say recovery"),
    Words.SPANISH: lazy("Spanish"),
    Words.SPANISH_NEUTRAL: lazy("Spanish, in words that do not say recovery"),
}


def options(program: Program) -> list[tuple[str, str, str]]:
    """What a holder can choose: value, name, and the title that would be printed."""
    return [
        (str(words), NAMES[words], _hint(program, words)) for words in wordings.offered(program)
    ]


def _hint(program: Program, words: Words) -> str:
    title = wordings.title(program, words)
    name = school().settings.provider.named(words)
    if words.is_neutral and telling([name]):
        return _(
            "%(title)s. The name of the school, %(name)s, still says it.", title=title, name=name
        )
    return title
