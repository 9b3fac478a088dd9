"""A board for each cohort, and what its learner released to it."""

from datetime import timedelta

from sqlalchemy import select

from lms.domain.release import Scope, Seat, Verdict
from lms.models.boards import BoardMember
from lms.models.people import Person
from lms.records import desks, pack_drafts, releases, watches
from tests.bureau import PACK, RULE, seat
from tests.school import School


def released_things(school: School, owner: Person, head: Person) -> dict[str, str]:
    """References by kind: releases that are looked at, asked back, ended and expired."""
    with school.database.writing() as session:
        board = desks.make(session, school.now, f"Board of {head.name}", [PACK], head)
        session.commit()
    seat(school, board, Seat.HEAD, head)
    reader = seat(school, board, Seat.READER)
    last = school.now + timedelta(days=90)

    def give(session, pack: str, ends_at=last, back: int = 0) -> releases.Standing:
        began = school.now - timedelta(days=back)
        row = releases.give(session, began, owner, board, Scope.FULL, pack, ends_at)
        return releases.by_ref(session, school.now, row.ref)

    with school.database.writing() as session:
        member = desks.desk_of(session, head.id).member
        waiting, looked, asked = (give(session, pack) for pack in ("waiting", "", "asked"))
        ended = give(session, "ended")
        expired = give(session, "expired", school.now, back=9)
        for standing in (looked, asked, ended):
            releases.look(session, school.now, standing, member)
        releases.decide(session, school.now, asked, member, Verdict.ASKED_BACK, "One log")
        releases.end(session, school.now, ended.release, owner)
        watches.begin(session, school.now, board.id, owner.id, school.office)
        pack_drafts.save(session, school.now, board, RULE, 0, head)
        session.flush()
        found = {
            "board": board.ref,
            "waiting release": waiting.release.ref,
            "release": looked.release.ref,
            "asked release": asked.release.ref,
            "ended release": ended.release.ref,
            "expired release": expired.release.ref,
            "watch": watches.of_board(session, board.id)[0].watch.ref,
            "member": session.scalars(
                select(BoardMember.ref).where(BoardMember.person_id == reader.id)
            ).one(),
        }
        session.commit()
    return found
