"""What people were told: written to a file of their own as soon as they saw it."""

import json
import threading
from pathlib import Path
from typing import Any, TextIO


class Told:
    """A journal of acknowledgements, kept away from the database it speaks about."""

    def __init__(self, path: Path) -> None:
        self.asked = 0
        self._path = path
        self._file: TextIO = path.open("a", encoding="utf-8")
        self._turn = threading.Condition()

    def ask(self) -> None:
        """Count a request that is about to leave."""
        with self._turn:
            self.asked += 1
            self._turn.notify_all()

    def wait_until_asked(self, times: int, seconds: float) -> None:
        """Wait until so many requests have left, in the middle of the last one."""
        with self._turn:
            self._turn.wait_for(lambda: self.asked >= times, timeout=seconds)

    def write(self, kind: str, **what: Any) -> None:
        """Note what a person saw."""
        with self._turn:
            self._file.write(json.dumps({"kind": kind, **what}) + "\n")
            self._file.flush()

    def read(self) -> list[dict[str, Any]]:
        """Everything noted so far."""
        with self._turn:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def close(self) -> None:
        """Close the file."""
        self._file.close()
