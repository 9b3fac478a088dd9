"""A learner's role-plays: begin, answer each turn, hand in, see what was released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain.rubric import Rubric, Scenario
from lms.models.base import new_ref
from lms.models.database import held, take_turn
from lms.models.people import Person
from lms.models.role_plays import Outcome, Reply, RolePlay
from lms.records import journal
from lms.records.learning import Way
from lms.records.shelf import Shelf

OPEN, WAITING, THIRD, DECIDED = "open", "waiting", "third", "decided"
REPLY_LIMIT = 4000


class Changed(Exception):
    """The reply was changed elsewhere since this page was shown; ``saved`` is what stands now."""

    def __init__(self, saved: Reply) -> None:
        super().__init__(saved.revision)
        self.saved = saved


class Closed(Exception):
    """The role-play was handed in. What was saved stands."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One numbered turn of a transcript. Odd turns are the persona's, even ones the learner's."""

    number: int
    who: str
    text: str
    is_learner: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A role-play with its scenario, rubric and newest replies, in the edition it began in."""

    play: RolePlay
    library: Library
    scenario: Scenario
    rubric: Rubric
    replies: dict[int, Reply]

    @property
    def last_turn(self) -> int:
        """The number of the last turn that can be cited."""
        return 2 * len(self.scenario.turns)

    def transcript(self) -> list[Turn]:
        """Both sides, numbered as raters cite them; a live role-play has the persona's side
        only.
        """
        turns: list[Turn] = []
        for place, line in enumerate(self.scenario.turns, 1):
            turns.append(Turn(2 * place - 1, self.scenario.persona.name, line.says, False))
            if reply := self.replies.get(place):
                turns.append(Turn(2 * place, "", reply.text, True))
        return turns

    @property
    def unanswered(self) -> list[int]:
        """Persona turns without an answer yet."""
        return [
            place
            for place in range(1, len(self.scenario.turns) + 1)
            if place not in self.replies or not self.replies[place].text.strip()
        ]


def of_scenario(session: Session, person_id: int, scenario_id: str) -> list[RolePlay]:
    """A person's goes at a scenario, oldest first."""
    mine = select(RolePlay).where(
        RolePlay.person_id == person_id, RolePlay.scenario_id == scenario_id
    )
    return list(session.scalars(mine.order_by(RolePlay.number)))


def begin(
    session: Session, now: datetime, way: Way, scenario_id: str, mode: str, by: Person
) -> RolePlay:
    """Begin a role-play, or give back the one that is not decided yet.

    A live one is begun by an assessor and waits for its sheet at once.
    """
    take_turn(session, f"enrolment:{way.enrolment.id}")
    person_id = way.enrolment.person_id
    earlier = of_scenario(session, person_id, scenario_id)
    if earlier and earlier[-1].state != DECIDED:
        return earlier[-1]
    is_live = mode == "live"
    ref = new_ref()
    play = RolePlay(
        ref=ref,
        person_id=person_id,
        scenario_id=scenario_id,
        cohort_id=way.enrolment.cohort_id,
        publication_id=way.enrolment.publication_id,
        mode=mode,
        number=len(earlier) + 1,
        state=WAITING if is_live else OPEN,
        started_at=now,
        handed_in_at=now if is_live else None,
        handed_in_on=f"{now:%Y-%m-%d}" if is_live else None,
        queue_key=sha256(ref.encode()).hexdigest(),
    )
    session.add(play)
    session.flush()
    journal.note(session, now, by.id, "role-play:begin", f"role-play:{play.ref}", mode=mode)
    return play


def by_ref(session: Session, ref: str) -> RolePlay | None:
    """The role-play of an opaque reference, or None."""
    return session.scalar(held(session, select(RolePlay).where(RolePlay.ref == ref)))


def scene(session: Session, shelf: Shelf, play: RolePlay) -> Scene:
    """A role-play with its newest replies."""
    library = shelf.at(play.publication_id)
    scenario = library.scenarios[play.scenario_id]
    saved = select(Reply).where(Reply.role_play_id == play.id).order_by(Reply.revision)
    return Scene(
        play=play,
        library=library,
        scenario=scenario,
        rubric=library.rubrics[scenario.rubric],
        replies={reply.turn: reply for reply in session.scalars(saved)},
    )


def save_reply(
    session: Session, now: datetime, scene: Scene, turn: int, text: str, based_on: int
) -> Reply | None:
    """Save what the learner says to a turn as the next revision.

    Raises Closed after handing in, Changed when another tab was quicker.
    """
    if scene.play.state != OPEN:
        raise Closed
    saved = scene.replies.get(turn)
    if (saved.text if saved else "") == text:
        return saved
    if saved is not None and saved.revision != based_on:
        raise Changed(saved)
    reply = Reply(
        role_play_id=scene.play.id,
        turn=turn,
        revision=saved.revision + 1 if saved else 1,
        text=text,
        saved_at=now,
    )
    session.add(reply)
    scene.replies[turn] = reply
    journal.note(
        session,
        now,
        scene.play.person_id,
        "role-play:reply:save",
        f"role-play:{scene.play.ref}",
        turn=turn,
        revision=reply.revision,
    )
    return reply


def hand_in(session: Session, now: datetime, scene: Scene) -> bool:
    """Hand the transcript to the trainers, once. Raises ValueError when a turn has no answer."""
    if scene.play.state != OPEN:
        return False
    if scene.unanswered:
        raise ValueError("Answer every turn first.")
    scene.play.state = WAITING
    scene.play.handed_in_at = now
    scene.play.handed_in_on = f"{now:%Y-%m-%d}"
    journal.note(
        session, now, scene.play.person_id, "role-play:hand-in", f"role-play:{scene.play.ref}"
    )
    return True


def outcomes(session: Session, play: RolePlay) -> Sequence[Outcome]:
    """What was decided and how it was amended, newest last."""
    found = select(Outcome).where(Outcome.role_play_id == play.id)
    return session.scalars(found.order_by(Outcome.revision)).all()
