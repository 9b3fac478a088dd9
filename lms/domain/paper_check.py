"""Does a paper say what the record says? Found lines, lines that differ, and lines of neither.

The text of a paper comes from whoever holds it: saved again, printed to a file, or read from a
scan. So spaces, line ends, hyphens and ligatures say nothing, and what cannot be found is never
said to differ.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

BETWEEN = "\t"
"""What parts the amounts of a phrase that stand in cells of their own."""

_LIKE = 0.6
_LEAST = 20
_GAP = re.compile(r"\s{2,}|\t")
_BETWEEN = r"[^\w%\x00]*"
_AMOUNT = re.compile(r"\d+ ?h(?: ?\d+ ?min)?|\d+ ?min")
_DAY = re.compile(r"\d{1,2} (?:de )?[^\W\d]+ (?:de )?\d{4}")
_TURNING = re.compile("[\u0590-\u08ff]")


class Field(StrEnum):
    """What a line of a paper tells."""

    HOLDER = "holder"
    CODE = "code"
    PROGRAM = "program"
    EDITION = "edition"
    STATEMENT = "statement"
    TRAINING = "training"
    ISSUED = "issued"
    EXPIRES = "expires"
    HOURS = "hours"
    TOPIC = "topic"
    FORMAT = "format"
    ASSESSMENT = "assessment"
    INSTRUCTORS = "instructors"
    APPROVALS = "approvals"
    PROVIDER = "provider"
    SIGNATORY = "signatory"
    RETENTION = "retention"
    REPLACES = "replaces"
    RENEWS = "renews"
    OBJECTIVES = "objectives"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that a paper of ours prints. With a ``label`` they are amounts in the label's row."""

    field: Field
    words: str
    label: str = ""

    @property
    def shown(self) -> str:
        """The words for people, with their label."""
        words = self.words.replace(BETWEEN, ", ")
        return f"{self.label}: {words}" if self.label else words


@dataclass(frozen=True, slots=True)
class Difference:
    """One line: what the paper says, and what the record says."""

    field: Field
    paper: str
    record: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A paper against its record."""

    has_text: bool
    differing: tuple[Difference, ...] = ()
    unfound: tuple[Phrase, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """True when nothing that could be compared differs, and nothing was added."""
        return self.has_text and not self.differing and not self.extra


def bare(text: str) -> str:
    """Letters, digits and percent signs alone, in one form each."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if c.isalnum() or c == "%" or unicodedata.category(c) == "Mn")


def compare(phrases: Sequence[Phrase], known: Iterable[str], plain: str, rows: str) -> Compared:
    """Compare the text of a paper, in its own order and in rows, with what it should say.

    ``known`` are words of the form itself. Right-to-left words are looked for both ways, because
    programs that save a PDF write them in either order.
    """
    if len(bare(plain)) < _LEAST:
        return Compared(has_text=False)
    text = _Text(plain, rows)
    differing, unfound = [], []
    for phrase in dict.fromkeys(phrases):
        said = text.beside(phrase) if phrase.label else ""
        if said is None or (not said and not text.has(phrase.words)):
            unfound.append(phrase)
        elif said and bare(said) != bare(phrase.words):
            differing.append(Difference(phrase.field, f"{phrase.label}: {said}", phrase.shown))
    left = text.rest([phrase.words for phrase in phrases], known)
    likely, extra = _paired(unfound, left)
    lost = {(one.field, one.record) for one in likely}
    told = "".join(bare(one.paper) for one in differing)
    return Compared(
        has_text=True,
        differing=(*differing, *likely),
        unfound=tuple(one for one in unfound if (one.field, one.shown) not in lost),
        extra=tuple(one for one in extra if bare(one) not in told),
    )


class _Text:
    """The text of a paper, ready to be asked."""

    def __init__(self, plain: str, rows: str) -> None:
        self._plain = unicodedata.normalize("NFKC", plain)
        self._rows = unicodedata.normalize("NFKC", rows)
        self._cells = [
            [cell.strip() for cell in _GAP.split(line.strip()) if cell.strip()]
            for line in self._rows.splitlines()
        ]

    def has(self, words: str) -> bool:
        """Whether the words stand there, in either direction of reading."""
        return any(
            pattern.search(text)
            for pattern in _patterns(words)
            for text in (self._plain, self._rows)
        )

    def beside(self, phrase: Phrase) -> str | None:
        """The amounts beside a label: the first row that says something else, or the wanted words
        when every row says them; None when no row has the label and amounts.
        """
        count = phrase.words.count(BETWEEN) + 1
        found = [said for row in self._cells for said in _amounts(row, phrase.label, count)]
        wrong = [said for said in found if bare(said) != bare(phrase.words)]
        return next(iter(wrong + found), None)

    def rest(self, phrases: Iterable[str], known: Iterable[str]) -> list[str]:
        """What stands there besides, in pieces."""
        left = self._plain
        for some in (phrases, known):
            for words in sorted(some, key=len, reverse=True):
                for pattern in _patterns(words):
                    left = pattern.sub("\x00", left)
        pieces = (" ".join(piece.split()) for piece in re.split(r"[\n\x00]+", left))
        return [piece.strip(" ,;:.·•") for piece in pieces if bare(piece)]


def _patterns(words: str) -> list["re.Pattern[str]"]:
    """The words as they may stand in a text, whatever stands between their signs, but never as a
    part of a longer number.
    """
    signs = [re.escape(c) for c in unicodedata.normalize("NFKC", words) if bare(c)]
    if not signs:
        return []
    forms = [signs, signs[::-1]] if _TURNING.search(words) else [signs]
    return [re.compile(rf"(?<!\d){_BETWEEN.join(form)}(?!\d)", re.IGNORECASE) for form in forms]


def _amounts(row: Sequence[str], label: str, count: int) -> Iterable[str]:
    wanted = bare(label)
    for at, cell in enumerate(row):
        rest = _cut(cell, wanted)
        if rest is None:
            continue
        cells = [one for one in (rest, *row[at + 1 : at + 1 + count]) if one][:count]
        if len(cells) == count and all(_AMOUNT.fullmatch(one) for one in cells):
            yield ", ".join(cells)


def _cut(cell: str, wanted: str) -> str | None:
    """The cell without the signs of its label; None when it does not begin with the label."""
    for end in range(1, len(cell) + 1):
        if bare(cell[:end]) == wanted:
            return cell[end:].strip()
    return None


def _paired(unfound: Sequence[Phrase], extra: Sequence[str]) -> tuple[list[Difference], list[str]]:
    """What was not found, beside what stands there in its place: what looks like it, and at the
    end the one thing that is left of each.
    """
    left, lost, made = list(extra), [], []
    for phrase in unfound:
        best = max(left, key=lambda one: _fitness(one, phrase), default="")
        if best and _fitness(best, phrase) >= _LIKE:
            made.append(Difference(phrase.field, best, phrase.shown))
            left.remove(best)
        else:
            lost.append(phrase)
    if len(lost) == 1 == len(left):
        made.append(Difference(lost[0].field, left.pop(), lost[0].shown))
    return made, left


def _fitness(one: str, phrase: Phrase) -> float:
    """How likely a piece of text stands where a phrase should."""
    is_amount = phrase.field is Field.HOURS and _AMOUNT.fullmatch(one)
    is_day = _DAY.fullmatch(phrase.words) and _DAY.fullmatch(one)
    return 1.0 if is_amount or is_day else _likeness(one, phrase.words)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, bare(one), bare(other), autojunk=False).ratio()
