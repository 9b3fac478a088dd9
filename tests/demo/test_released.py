"""The demo has a board to look at, and releases to it in every state a visitor asks about."""

from lms.domain.release import Scope, Seat, State
from lms.records import desks, releases, watches
from tests.demo.conftest import MOMENT


def test_a_board_with_two_people_has_releases_in_four_states(session):
    (board,) = desks.every(session)
    assert [member.role for member, _ in desks.members(session, board.id)] == [
        Seat.REVIEWER, Seat.HEAD,
    ]  # fmt: skip
    people = {"ana": State.WAITING, "yael": State.ASKED_BACK, "ben": State.ACCEPTED}
    standings = releases.of_board(session, MOMENT, board.id)
    shown = {each.holder.email.partition("@")[0]: each.state for each in standings}
    assert shown == people
    assert {Scope(each.release.scope) for each in standings} == {Scope.FULL, Scope.HOURS}
    assert len(watches.of_board(session, board.id)) == 1
