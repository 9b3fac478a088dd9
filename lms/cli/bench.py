"""``lms bench``: how fast papers are printed here, against a plain call of the same library."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import click

from lms.cli.talk import Refusal, answer, json_option, say
from lms.content.places import content_root
from lms.domain.certificate import Facts, HourLine, code_from
from lms.formats import papers

_PLACE = content_root() / "templates"
_WORKERS = 2
_FACTS = Facts(
    code=code_from(2**127),
    holder="Sample Person",
    program="Peer Support Core",
    program_id="peer-support-core",
    edition="0123456789ab",
    statement="Training specific to peer support, by the SAMHSA core competencies.",
    objectives=("Listen.",),
    started_on="2026-01-05",
    completed_on="2026-05-04",
    issued_on="2026-05-06",
    expires_on="2028-05-06",
    minutes=3240,
    hours=tuple(
        HourLine(f"Topic {n}", "Self-paced online" if n % 2 else "Live online", 540)
        for n in range(6)
    ),
    assessment=("20 quizzes passed at 80 %", "6 role-plays judged competent against a rubric"),
    instructors=("A. Trainer", "B. Trainer"),
    provider="Sample School",
    provider_address="1 Sample Road, Nowhere",
    approvals=("Board of Peers 88-1201",),
    signatory="S. Director",
    signatory_title="Director",
    retention="Kept for seven years.",
    verify_at="https://learn.example/verify",
    demo=True,
)


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
