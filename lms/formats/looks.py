"""The look of papers: ours, or a designer's folder beside it, checked for what a board needs.

A look is a folder ``look`` in the data folder: ``look.yaml`` with its name, and whatever it
changes of ``templates/papers``, under ``papers/``. What it leaves out is ours. A paper that was
issued keeps its bytes, whatever happens to the look.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import jinja2
import yaml

from lms.content.places import content_root
from lms.domain.certificate import Facts, Provider, code_from
from lms.domain.paper_check import compare
from lms.domain.paper_words import Words
from lms.formats import dropped, papers, printed
from lms.formats.sample import sample

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
_OF_LOOK = ("papers/certificate.html", "papers/certificate.css", "papers/transcript.html")
_PRESSES = {"certificate": papers.certificate_pdf, "transcript": papers.transcript_pdf}
_HARD = (
    "Ana Lucía Moreno",
    "فاطمة الزهراء بن علي",
    "लक्ष्मी श्रीवास्तव",
    "Wilhelmina Maria-Magdalena Oyelaran-Featherstonehaugh de la Cruz y Santa Maria Oldenburg",
)
"""Names that a look must print whole: with marks, right to left, joined, and long."""


_FIRST: dict[Path, str] = {}


class NoLook(ValueError):
    """The folder is not a look; the message says what is missing and how to mend it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where the templates are, and the name that is stored beside each paper printed by them."""

    place: Path
    template: str


OURS = Look(content_root() / "templates", papers.TEMPLATE)


def look_of(data: Path) -> Look:
    """The look of an installation. Raises NoLook for a folder that cannot be used, or that changed
    since this process first printed by it: its style sheets are read once.
    """
    folder = data / "look"
    if not folder.is_dir():
        return OURS
    found = read(folder)
    if _FIRST.setdefault(folder, found.template) != found.template:
        raise NoLook(f"{folder} was changed. Check it with lms look check, then start again.")
    return found


def read(folder: Path) -> Look:
    """A look from its folder; its name says which bytes it was. Raises NoLook."""
    try:
        told = yaml.safe_load((folder / "look.yaml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise NoLook(f"{folder / 'look.yaml'} cannot be read. Write: name: our-look") from fault
    name = told.get("name") if isinstance(told, dict) else None
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise NoLook(f"{folder / 'look.yaml'} needs a name in small letters, such as: our-look")
    if not any((folder / path).is_file() for path in _OF_LOOK):
        raise NoLook(f"{folder} changes nothing. Put papers/certificate.html or .css there.")
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return Look(folder, f"{name}-{digest.hexdigest()[:12]}")


def samples() -> list[Facts]:
    """Made-up certificates in both languages, with hard names, plain and marked as made up."""
    provider = Provider("Sample School", "1 Sample Road, Nowhere", "S. Director", "Director", ())
    later = replace(sample(provider), replaces=code_from(5), renews=code_from(6))
    return [
        replace(later, words=words, holder=name, demo=demo)
        for words in (Words.USUAL, Words.SPANISH)
        for name in _HARD
        for demo in (False, True)
    ]


def faults(look: Look, facts_of_all: Iterable[Facts]) -> Iterator[str]:
    """What a board would miss on papers of this look, each with the paper, its language and the
    name it was printed with.
    """
    for facts in facts_of_all:
        for paper in _PRESSES:
            place = f"{paper}, {facts.language}, {facts.holder[:20]}"
            yield from (f"{place}: {fault}" for fault in _of(look, paper, facts))


def _of(look: Look, paper: str, facts: Facts) -> Iterator[str]:
    try:
        pdf = _PRESSES[paper](facts, look.place)
    except (jinja2.TemplateError, papers.DoesNotFit, LookupError) as fault:
        yield f"it cannot be printed: {fault or type(fault).__name__}"
        return
    file = dropped.read(pdf)
    is_transcript = paper == "transcript"
    phrases = printed.phrases(facts, transcript=is_transcript)
    found = compare(phrases, printed.known(facts), file.plain, file.rows)
    yield from (f"not on it: {one.shown}" for one in found.unfound)
    yield from (f"says {one.paper} for {one.record}" for one in found.differing)
    if facts.code not in file.codes:
        yield "no link to the page where it is checked"
    if printed.is_transcript(file.plain) is not is_transcript:
        yield "its title is not the one by which papers are told apart"
    if facts.demo and "DEMO" not in file.plain:
        yield "a made-up paper does not say DEMO"
