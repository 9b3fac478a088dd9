"""A tree while it is being written: whether a file changed, and what is to be found in it now."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock, Thread

from lms.content.check import check
from lms.content.findings import Finding

Job = Callable[[], None]


def beside(job: Job) -> None:
    """Do a job in a thread of its own, which ends with the program."""
    Thread(target=job, daemon=True).start()


def stamp(paths: list[Path]) -> str:
    """A digest of the name, time and size of every file at or below these paths."""
    total = sha256()
    for place in paths:
        for path in (place, *sorted(place.rglob("*"))):
            # A file can go between the two looks; then the next stamp is another one.
            with suppress(OSError):
                stat = path.stat()
                total.update(f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\0".encode())
    return total.hexdigest()


class Watch:
    """Knows the findings of a tree. A check takes seconds, so pages go out while it runs."""

    def __init__(
        self, root: Path, also: Path, today: Callable[[], date], do: Callable[[Job], None] = beside
    ) -> None:
        """``also`` is a file to watch that is not checked; ``do`` runs a check."""
        self._root, self._today, self._do = root, today, do
        self._watched = [root / "curriculum", root / "assessments", also]
        self._lock = Lock()
        self._wanted = self._checked = ""
        self._is_busy = False
        self._findings: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...] | None:
        """Those of the last check, or None before there was one."""
        return self._findings if self._checked else None

    def token(self) -> str:
        """Another one whenever a file has changed, or the findings have; begins the check if so."""
        state = stamp(self._watched)
        with self._lock:
            begins = state != self._wanted and not self._is_busy
            self._wanted, self._is_busy = state, self._is_busy or begins
        if begins:
            self._do(self._check)
        return sha256(f"{state}{bool(self._checked)}{self._findings}".encode()).hexdigest()

    def _check(self) -> None:
        try:
            while (state := self._next()) is not None:
                findings = self._found()
                with self._lock:
                    self._findings, self._checked = findings, state
        except Exception:
            # A mistake of ours in one check must not stop those after it.
            self._is_busy = False
            raise

    def _next(self) -> str | None:
        """The state to check, or None when the last check was of the newest one."""
        with self._lock:
            self._is_busy = self._wanted != self._checked
            return self._wanted if self._is_busy else None

    def _found(self) -> tuple[Finding, ...]:
        try:
            return check(self._root, self._today())
        except OSError as fault:
            said = f"The content cannot be checked: {fault.strerror}"
            return (Finding(str(fault.filename), 1, "", said, "Give back the right to read it"),)
