"""Commands run as people run them: words in, exit code and both outputs back."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from lms import cli
from tests.school import HOST, School

Lms = Callable[..., "Ran"]
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-tests"


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of ``--json``."""
        return json.loads(self.out)

    def refused(self, words: str, code: int = 1) -> None:
        """Assert one clear sentence, an exit code that says so, and nothing on stdout."""
        assert self.code == code, (self.out, self.err)
        assert self.err.splitlines()[0].startswith("error: "), self.err
        assert words in self.err, self.err
        assert "Traceback" not in self.err
        assert self.out == ""


@pytest.fixture
def lms(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lms:
    """Run ``lms`` with these words, in a folder of its own, without settings of this machine."""
    for name in [name for name in os.environ if name.startswith("LMS_")]:
        monkeypatch.delenv(name)

    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["lms", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def shop(school: School, lms: Lms, monkeypatch: pytest.MonkeyPatch) -> School:
    """The school under test as the one that commands find."""
    monkeypatch.setenv("LMS_DATA", str(school.settings.data))
    monkeypatch.setenv("LMS_DATABASE_URL", school.settings.database_url)
    monkeypatch.setenv("LMS_SECRET", SECRET)
    monkeypatch.setenv("LMS_BASE_URL", HOST)
    return school
