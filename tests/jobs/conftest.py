"""A worker's room: the school's outbox, and a mail server that listens on this machine."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from lms.jobs.outbox import Workshop
from lms.models.journal import OutboxJob
from tests.school import School


@dataclass
class Post:
    """A mail server: what it was handed, and whom it turns away."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    refuses: str = ""

    @property
    def url(self) -> str:
        """What LMS_SMTP_URL would say."""
        return f"smtp://127.0.0.1:{self.port}"


class _Visit(socketserver.StreamRequestHandler):
    """One visit of one client, as far as RFC 5321 asks of the smallest server."""

    def handle(self) -> None:
        """Answer each command until the client says goodbye."""
        self._say("220 post.example")
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].upper()
            if word == "DATA":
                self._say("354 go on")
                self._take()
            elif word == "QUIT":
                return self._say("221 bye")
            elif word == "RCPT TO" and self.post.refuses:
                self._say(self.post.refuses)
            else:
                self._say("250 post.example")
        return None

    @property
    def post(self) -> Post:
        """The server's memory."""
        return self.server.post  # type: ignore[attr-defined]

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.decode().rstrip("\r\n").removeprefix("."))
        self.post.letters.append("\n".join(lines))
        self._say("250 kept")


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server on a free port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Visit) as server:
        server.post = Post(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.post
        server.shutdown()


@dataclass
class Room:
    """The worker and its outbox."""

    school: School
    workshop: Workshop

    def jobs(self, kind: str = "") -> list[OutboxJob]:
        """The outbox, oldest first."""
        with self.school.database.reading() as session:
            found = session.query(OutboxJob).order_by(OutboxJob.id)
            return [job for job in found if kind in ("", job.kind)]

    def with_mail(self, url: str, **other: object) -> Workshop:
        """The worker with a mail server set."""
        settings = replace(self.workshop.settings, smtp_url=url, **other)
        return replace(self.workshop, settings=settings)


@pytest.fixture
def room(school: School) -> Room:
    """A worker for the school under test, on the school's clock."""
    return Room(
        school, Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    )
