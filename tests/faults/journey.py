"""What learners do while the server is killed under them: each step again until it is answered."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.faults.told import Told
from tests.faults.visitor import Answer, Cut, Visitor
from tests.school import PASSWORD, PROGRAM

PATIENCE_SECONDS = 60
Key = Callable[[str, int], Sequence[str]]


class Over(Exception):
    """The run has ended; what is not answered yet stays open."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Someone on the way, and how far they are: "quiz" before the last quiz, else "claim"."""

    email: str
    name: str
    stands: str


class Ground:
    """What all journeys share: where the server is, whether it is up, whether the run is over."""

    def __init__(self, port: int, told: Told, key: Key, quiz_id: str) -> None:
        self.port, self.told, self.key, self.quiz_id = port, told, key, quiz_id
        self.is_up = threading.Event()
        self.is_over = threading.Event()

    def wait(self) -> None:
        """Wait for the server to come back. Raises Over."""
        assert self.is_up.wait(PATIENCE_SECONDS), "the server did not come back"
        if self.is_over.is_set():
            raise Over


class Journey:
    """One learner's clicks, in order."""

    def __init__(self, ground: Ground, learner: Learner) -> None:
        self.ground = ground
        self.learner = learner
        self.visitor = Visitor(ground.port)

    def go(self) -> None:
        """Sign in, take the quiz if it is still open, claim the certificate."""
        try:
            self._sign_in()
            if self.learner.stands == "quiz":
                self._take_quiz()
            self._claim()
        finally:
            self.visitor.hang_up()

    def _again(self, ask: Callable[[], Answer], *wanted: int) -> Answer:
        while True:
            self.ground.wait()
            self.ground.told.ask()
            try:
                answer = ask()
            except Cut:
                continue
            assert answer.status in wanted, (answer.status, self.learner, answer.text[-3000:])
            return answer

    def _open(self, path: str) -> Answer:
        return self._again(lambda: self.visitor.open(path), 200)

    def _send(self, page: Answer, path: str, **fields: str) -> Answer:
        """Send a form; after a cut, the very same form once more."""
        body = [*{**page.hidden, **fields}.items()]
        return self._again(lambda: self.visitor.post(path, body), 303)

    def _sign_in(self) -> None:
        page = self._open("/sign-in")
        self._send(page, "/sign-in", email=self.learner.email, password=PASSWORD)

    def _take_quiz(self) -> None:
        front = f"/quizzes/{self.ground.quiz_id}"
        at = self._send(self._open(front), front).location
        ref = at.split("/")[2]
        self.ground.told.write("started", attempt=ref)
        n = 1
        while at != f"/attempts/{ref}/check":
            at = self._answer(ref, n)
            n += 1
        page = self._open(at)
        result = self._send(page, f"/attempts/{ref}/submit").location
        self._open(result)
        self.ground.told.write("result", attempt=ref, passed=True)

    def _answer(self, ref: str, n: int) -> str:
        """Pause on a wrong answer, then turn the page with the right one; returns what is next."""
        path = f"/attempts/{ref}/{n}"
        page = self._open(path)
        right = list(self.ground.key(ref, n))
        wrong = [str(int(right[0]) % 2 + 1), *right[1:]]
        kept = self._pause(path, page, wrong)
        self._note(ref, n, kept, wrong)
        body = [*self._open(path).hidden.items(), *[("answer", token) for token in right]]
        at = self._again(lambda: self.visitor.post(path, body), 303).location
        shown = self._open(path)
        assert shown.checked in ([], sorted(right)), (shown.checked, right)
        self._note(ref, n, int(shown.hidden["revision"]), right)
        self.ground.told.write("done", once=dict(body)["once"])
        return at

    def _pause(self, path: str, page: Answer, tokens: list[str]) -> int:
        held = [(name, value) for name, value in page.hidden.items() if name != "once"]
        body = [*held, *[("answer", token) for token in tokens]]
        said = self._again(lambda: self.visitor.post(path, body, X_Autosave="1"), 200)
        return int(json.loads(said.text)["revision"])

    def _note(self, ref: str, n: int, revision: int, tokens: list[str]) -> None:
        self.ground.told.write("saved", attempt=ref, n=n, revision=revision, tokens=tokens)

    def _claim(self) -> None:
        page = self._open("/certificates")
        self._send(page, "/certificates", program=PROGRAM)
        shown = self._open("/certificates").text
        code = shown.partition('href="/certificates/')[2].partition(".pdf")[0]
        self.ground.told.write("certificate", holder=self.learner.name, code=code)
