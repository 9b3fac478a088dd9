"""What is wrong with a file, said so that its author can mend it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. ``fault`` and ``remedy`` are sentences without their full stop.

    ``line`` counts from 1; ``field`` is the path in the file, such as ``items[crisis-01].stem``,
    or "". An error stops publishing; a warning does not.
    """

    file: str
    line: int
    field: str
    fault: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " + (f"{self.field}: " if self.field else "")
        return f"{where}{self.fault}. {self.remedy}."
