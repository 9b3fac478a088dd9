"""A rating sheet as a form: one group of fields per criterion, grown from the rubric."""

import re

from werkzeug.datastructures import MultiDict

from lms.domain.rubric import LEVELS, Criterion, Fault, Rating, Rubric, Sheet
from lms.web.text import _

COMMENT_LIMIT = 2000


def read(rubric: Rubric, form: "MultiDict[str, str]") -> dict[str, Rating]:
    """The ratings of a sheet as it was sent; what it does not know is left out."""
    return {criterion.id: _rating(criterion, form) for criterion in rubric.criteria}


def _rating(criterion: Criterion, form: "MultiDict[str, str]") -> Rating:
    level = form.get(f"level-{criterion.id}", type=int)
    known = {flag.id for flag in criterion.red_flags}
    ticked = form.getlist(f"flag-{criterion.id}")
    numbers = re.findall(r"\d{1,4}", form.get(f"turns-{criterion.id}", "")[:200])
    comment = form.get(f"comment-{criterion.id}", "")[:COMMENT_LIMIT]
    return Rating(
        level=level if level in LEVELS else None,
        flags=tuple(flag for flag in ticked if flag in known),
        turns=tuple(sorted({int(number) for number in numbers})),
        comment=comment.strip(),
    )


def fault_words(
    rubric: Rubric, faults: tuple[tuple[str, Fault], ...], last_turn: int
) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """Faults as sentences: for the summary (field id, sentence), and by criterion."""
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    summary: list[tuple[str, str]] = []
    by_criterion: dict[str, list[str]] = {}
    for name, fault in faults:
        sentence, field = {
            Fault.LEVEL: (_("Choose a level."), f"level-{name}-1"),
            Fault.COMMENT: (_("Say what you saw: a level below 3 needs it."), f"comment-{name}"),
            Fault.TURN: (
                _("Turns go from 1 to %(last)s.", last=last_turn),
                f"turns-{name}",
            ),
        }[fault]
        summary.append((field, f"{titles[name]}: {sentence}"))
        by_criterion.setdefault(name, []).append(sentence)
    return summary, by_criterion


def rows(rubric: Rubric, sheet: Sheet) -> list[tuple[str, str, int | None]]:
    """Where the sheet stands: (address on the page, title, level) per criterion."""
    return [
        (f"#criterion-{c.id}", c.title, sheet.get(c.id, Rating()).counted) for c in rubric.criteria
    ]
