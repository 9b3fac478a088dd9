"""``lms bench``: how fast papers are printed here, against a plain call of the same library."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import click

from lms.cli.talk import Refusal, answer, json_option, say
from lms.content.places import content_root
from lms.domain.certificate import Provider
from lms.formats import papers
from lms.formats.sample import sample

_PLACE = content_root() / "templates"
_WORKERS = 2
_FACTS = sample(Provider("Sample School", "1 Sample Road, Nowhere", "S. Director", "Director", ()))


@click.group()
def bench() -> None:
    """Measure this machine."""


@bench.command()
@click.option("--count", type=click.IntRange(2, 500), default=20, show_default=True)
@json_option
def certificates(count: int, as_json: bool) -> None:
    """Print certificates three ways, in turn, and say how they compare.

    A plain call of WeasyPrint for each page, our press in one process, and two warm workers. The
    three take turns, so that whatever else the machine does meets all of them.

    \b
    lms bench certificates
    lms bench certificates --count 100 --json
    """
    if fault := papers.ready():
        raise Refusal(fault)
    say(f"Printing {3 * count} certificates …")
    with ProcessPoolExecutor(_WORKERS, get_context("spawn")) as pool:
        list(pool.map(_pressed, range(4 * _WORKERS)))
        _pressed()
        plain, press, workers = _in_turns(count, pool)
    value = compared(plain, press, workers)
    answer(value, as_json, _lines(value))


def _pressed(_n: int = 0) -> int:
    return len(papers.certificate_pdf(_FACTS, _PLACE))


def _in_turns(count: int, pool: ProcessPoolExecutor) -> tuple[list[float], ...]:
    ways: tuple[Callable[[], object], ...] = (
        lambda: [papers.plain_certificate(_FACTS, _PLACE) for _ in range(_WORKERS)],
        lambda: [_pressed() for _ in range(_WORKERS)],
        lambda: list(pool.map(_pressed, range(_WORKERS))),
    )
    taken: tuple[list[float], ...] = ([], [], [])
    for _round in range(max(1, count // _WORKERS)):
        for way, times in zip(ways, taken, strict=True):
            began = time.perf_counter()
            way()
            times.append((time.perf_counter() - began) / _WORKERS)
    return taken


def compared(plain: list[float], press: list[float], workers: list[float]) -> dict[str, float]:
    """Middle milliseconds a certificate of each way, and how many times as fast ours are."""
    base, alone, two = (statistics.median(times) for times in (plain, press, workers))
    return {
        "plain_ms": round(base * 1000, 1),
        "press_ms": round(alone * 1000, 1),
        "two_workers_ms": round(two * 1000, 1),
        "press_times_as_fast": round(base / alone, 2),
        "two_workers_times_as_fast": round(base / two, 2),
    }


def _lines(value: dict[str, float]) -> list[str]:
    two = value["two_workers_times_as_fast"]
    return [
        f"a plain call         {value['plain_ms']:8.1f} ms",
        f"our press            {value['press_ms']:8.1f} ms, {value['press_times_as_fast']} times",
        f"two warm workers     {value['two_workers_ms']:8.1f} ms, {two} times as fast",
    ]
