"""A learner whose record carries a mark wherever someone can write, to look for it elsewhere."""

from sqlalchemy.orm import Session

from lms.domain.hours import Modality
from lms.domain.logging_hours import Account
from lms.domain.people import Role
from lms.domain.vouching import Attestation
from lms.models.people import Cohort, Person
from lms.records import confirmations, learning, logging_hours, role_plays, standing
from lms.records.confirmations import Addressee, Word
from tests.access.world import device_of
from tests.bureau import PACK
from tests.logged import ask, log_class, log_shift
from tests.school import PROGRAM, School

WRITTEN = (
    "Work", "Class", "Place", "Evidence", "Provider", "Approval", "Supervisor", "Seat", "Why",
    "Reason", "Code", "Reply", "Phone",
)  # fmt: skip
"""What stands before the mark in words that a learner or a supervisor wrote."""


def marked(school: School, cohort: Cohort, mark: str, name: str = "") -> Person:
    """A learner with the mark in their name (or with this name), trainer, hours and answers."""
    learner = school.person(Role.LEARNER, cohort, name or f"Name{mark}")
    school.attend(learner, school.person(Role.ASSESSOR, cohort, f"Voucher{mark}"), cohort, 60)
    school.certify(learner)
    device_of(school, learner, f"Phone{mark}")
    with school.database.writing() as session:
        mine = session.merge(learner)
        _write_hours_down(session, school, mine, mark)
        _answer_a_board(session, school, mine, mark)
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        play = role_plays.begin(session, school.now, way, "the-pill-question", "written", mine)
        scene = role_plays.scene(session, school.shelf, play)
        role_plays.save_reply(session, school.now, scene, 1, f"Reply{mark}", 0)
        session.commit()
    return learner


def _write_hours_down(session: Session, school: School, mine: Person, mark: str) -> None:
    """Lines that were signed, refused, asked about, taken back, and one from elsewhere."""
    free = {"place": f"Place{mark}", "evidence": f"Evidence{mark}", "provider": f"Provider{mark}"}
    work = Account(f"Work{mark}", Modality.WORK, pay="paid", **free)
    other = Account(f"Class{mark}", Modality.LIVE_IN_PERSON, approvals=(f"Approval{mark}",), **free)
    signed, refused, asked, back = (log_shift(session, school, mine, n, work) for n in (1, 2, 3, 4))
    log_class(session, school, mine, other)
    to = Addressee(f"Supervisor{mark}", f"{mark}{mine.ref}@work.example", "supervisor")
    token = ask(session, school, mine, signed, refused, to=to)[1]
    letter = confirmations.by_token(session, school.settings.secret, school.now, token)
    words = {signed.id: Word(agrees=True), refused.id: Word(agrees=False, reason=f"Why{mark}")}
    who = Attestation(f"Supervisor{mark}", f"Seat{mark}", True, 6)
    confirmations.answer(session, school.now, letter, who, words)
    ask(session, school, mine, asked, to=to)
    logging_hours.take_back(session, school.now, back, f"Reason{mark}", mine)


def _answer_a_board(session: Session, school: School, mine: Person, mark: str) -> None:
    pack = school.shelf.current().packs[PACK]
    needs = {need.id: need for need in pack.versions[0].stages[0].needs}
    said = standing.Said("attested", version=f"Code{mark}")
    standing.say(session, school.now, mine, pack.id, {"recovery": (needs["recovery"], said)})
