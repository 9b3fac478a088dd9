"""Facts set in words and marked up: the HTML and CSS of a paper, from ``templates/papers``."""

from collections.abc import Sequence
from datetime import date
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

import segno
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from lms.content.places import content_root
from lms.domain.certificate import Facts, HourLine, in_hours, spaced
from lms.domain.curriculum import Guide
from lms.domain.paper_words import said
from lms.formats import names
from lms.formats.results import Sheet

FITS = ("roomy", "snug", "close", "tight")
"""Sizes of type a certificate may be set in, largest first: 8 down to 6.8 points."""

_NAME_STEPS = (22, 30, 42, 60)


def html(paper: str, facts: Facts, place: Path, fit: str) -> str:
    """The markup of a "certificate" or a "transcript"; ``fit`` is one of FITS."""
    address = public_address(facts)
    template = _templates(place).get_template(f"papers/{paper}.html")
    return template.render(
        facts=facts,
        fit=fit,
        name_step=_step(facts.holder),
        address=address,
        check_at=address.removesuffix(f"/{facts.code}"),
        qr=_qr(address),
        w=partial(said, facts.language),
    )


def _step(name: str) -> int:
    return sum(len(name) > step for step in _NAME_STEPS)


def narrowest_name(name: str) -> str:
    """A name that is set in the same size as this one, and takes the least room."""
    return "i" * ((0, *_NAME_STEPS)[_step(name)] + 1)


def guide_html(guide: Guide, provider: str, place: Path) -> str:
    """The markup of a trainer's guide; its text was cleaned when the edition was made."""
    starts = list(accumulate((part.minutes for part in guide.plan), initial=0))
    rows = list(zip(starts, guide.plan, strict=False))
    template = _templates(place).get_template("papers/guide.html")
    return template.render(guide=guide, rows=rows, provider=provider)


def page(paper: str, place: Path, **facts: object) -> str:
    """The markup of any other paper, from what its template asks for."""
    return _templates(place).get_template(f"papers/{paper}.html").render(**facts)


def result_html(sheet: Sheet, place: Path) -> str:
    """The markup of a result sheet."""
    return _templates(place).get_template("papers/result.html").render(sheet=sheet)


def badge_svg(facts: Facts, lines: Sequence[str], place: Path) -> str:
    """The picture of a badge, with the program's name in so many lines."""
    return _templates(place).get_template("papers/badge.svg").render(facts=facts, lines=lines)


def css(paper: str, place: Path) -> str:
    """The style sheet of a paper, with its pictures inside."""
    return _templates(place).get_template(f"papers/{paper}.css").render()


_DAYS = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}


def spelled(day: str, language: str = "en") -> str:
    """An ISO day in words no country misreads: "4 May 2026". Raises ValueError if it is not one."""
    return format_date(date.fromisoformat(day), _DAYS[language], locale=language)


def public_address(facts: Facts) -> str:
    """Where anyone can check this certificate; ``verify_at`` may end with the code or not."""
    return f"{facts.verify_at.removesuffix(facts.code).rstrip('/')}/{facts.code}"


def _qr(address: str) -> str:
    code = segno.make(address, error="q", mask=3, micro=False, boost_error=False)
    return code.png_data_uri(scale=6, border=4, dark="#0b3f3e", light="#ffffff")


def _minutes(hours: Sequence[HourLine], topic: str, modality: str) -> int:
    return sum(h.minutes for h in hours if (h.topic, h.modality) == (topic, modality))


def _picture(env: Environment, name: str) -> str:
    loader = env.loader or FileSystemLoader(())
    return f"data:image/svg+xml,{quote(loader.get_source(env, f'papers/{name}')[0])}"


@cache
def _templates(place: Path) -> Environment:
    # A look of someone else's changes what it has; the rest is ours. It reaches nothing else.
    env = SandboxedEnvironment(
        loader=FileSystemLoader([place, content_root() / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    env.filters |= {
        "spelled": spelled,
        "in_hours": in_hours,
        "spaced": spaced,
        "minutes": _minutes,
        "reads_from": names.reads_from,
        "turns": names.turns,
        "in_display_face": names.in_display_face,
    }
    env.globals["picture"] = partial(_picture, env)
    return env
