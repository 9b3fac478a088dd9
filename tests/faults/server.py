"""A real web server that can be killed with all its processes and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from lms.config import make_folder
from lms.formats import seals

ZYGOTE = Path(__file__).with_name("zygote.py")
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds, what: str) -> None:
    """Wait for a condition, for a while."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends, f"waited {PATIENCE_SECONDS} s until {what}"
        time.sleep(0.01)


def lms_environment(folder: Path) -> dict[str, str]:
    """The environment of a command on this folder and no other."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    return {**own, "LMS_DATA": str(folder), "LMS_LOG_LEVEL": "CRITICAL"}


def prepared_folder(folder: Path, database_url: str, port: int) -> Path:
    """A data folder for a server on this port with this database."""
    make_folder(
        folder,
        {
            "LMS_BASE_URL": f"http://127.0.0.1:{port}",
            "LMS_DATABASE_URL": database_url,
            "LMS_PROVIDER_NAME": "Riverside Recovery School",
        },
    )
    seals.make_all(folder)
    return folder


def listens(port: int) -> bool:
    """True when a server takes connections there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def is_gone(group: int) -> bool:
    """True when no process of a group runs any more."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


class Server:
    """The web server of a data folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.group = 0
        self._zygote = subprocess.Popen(
            [sys.executable, str(ZYGOTE), str(folder)],
            env=lms_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._zygote.stdout.readline() == "ready\n"

    def start(self) -> None:
        """Start, and wait until it listens. What is asked meanwhile waits in line."""
        self._zygote.stdin.write(f"{self.port}\n")
        self._zygote.stdin.flush()
        self.group = int(self._zygote.stdout.readline())
        until(lambda: listens(self.port), "the server listens")

    def kill(self) -> None:
        """Kill every process of the group at once, and see them gone."""
        if self.group:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.group, signal.SIGKILL)
            until(lambda: is_gone(self.group), "the group is gone")
            self.group = 0

    def close(self) -> None:
        """Leave nothing running."""
        self.kill()
        self._zygote.stdin.close()
        self._zygote.wait(timeout=PATIENCE_SECONDS)
        self._zygote.stdout.close()
