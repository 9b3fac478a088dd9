"""Many papers at once: two processes beside the worker print them, and give way to web workers."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Any

from lms.config import Settings
from lms.jobs.parents import end_with_parent

ENOUGH = 20
"""Papers from which on it pays to start two processes, which takes seconds."""

_PRESSES = 2
_NICE = 10

Job = tuple[Sequence[int], str, dict[str, Any]]
Begin = Callable[[Settings], Callable[[Job], bool]]
_run: Callable[[Job], bool] | None = None


class Presses:
    """Two processes, started when there is enough to print, and ended with this."""

    def __init__(self, settings: Settings, begin: Begin) -> None:
        """``begin`` makes, in each process, what runs a job; it has to be found by its name."""
        self._settings, self._begin = settings, begin
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Presses":
        """Nothing is started yet."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End them, after what they are printing."""
        if self._pool is not None:
            self._pool.shutdown()

    def run(self, jobs: Sequence[Job]) -> int:
        """Run jobs on both; how many were done."""
        if self._pool is None:
            told = (self._settings, self._begin, os.getpid())
            self._pool = ProcessPoolExecutor(_PRESSES, get_context("spawn"), _open, told)
        return sum(self._pool.map(_print, jobs))


def _open(settings: Settings, begin: Begin, parent: int) -> None:
    global _run  # noqa: PLW0603 - of this process, which has no other place for it
    end_with_parent(parent)
    os.nice(_NICE)
    _run = begin(settings)


def _print(job: Job) -> bool:
    return _run is not None and _run(job)
