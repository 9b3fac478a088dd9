"""Words of the interface, through gettext; a thin door so that the library behind it can change."""

from typing import Any, cast

import flask_babel

from lms.domain.requirements import Sentence


def _(message: str, **values: object) -> str:
    """The message in the visitor's language."""
    return cast(str, flask_babel.gettext(message, **values))


def plural(one: str, many: str, num: int, **values: object) -> str:
    """The message for a number, which it may hold as %(num)s."""
    return cast(str, flask_babel.ngettext(one, many, num, **values))


def told(sentence: Sentence) -> str:
    """A rule's sentence in the visitor's language."""
    return _(sentence.text, **sentence.values)


def lazy(message: str, **values: object) -> Any:
    """A message put into words when it is shown: for labels made at import."""
    return flask_babel.lazy_gettext(message, **values)


def locale() -> str:
    """The visitor's language tag."""
    return str(flask_babel.get_locale() or "en")
