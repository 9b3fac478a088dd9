"""What a scope shows, when a release holds, and where it stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain import release, sentences
from lms.domain.hours import Entry, Modality
from lms.domain.packs import Requirement
from lms.domain.record import Held, Record
from lms.domain.release import Scope, Seat, Terms, Verdict
from lms.domain.release import State as Where
from lms.domain.requirements import Answer, Counted, Sentence, State

START = datetime(2026, 3, 2, 15, tzinfo=UTC)
END = START + timedelta(days=90)
SECOND = timedelta(seconds=1)


def terms(ended: datetime | None = None, again: datetime | None = None) -> Terms:
    return Terms(Scope.FULL, START, END, ended, again)


@pytest.mark.parametrize(
    ("now", "ended", "holds"),
    [
        (START - SECOND, None, False),  # not begun
        (START, None, True),
        (END - SECOND, None, True),
        (END, None, False),  # the first moment after the last day
        (START + SECOND, START + 2 * SECOND, True),
        (START + 2 * SECOND, START + 2 * SECOND, False),  # ending is immediate
        (END + SECOND, START, False),
    ],
)
def test_a_release_holds_from_its_start_to_its_end(now: datetime, ended: datetime, holds: bool):
    assert release.holds(terms(ended), now) is holds


DAY = timedelta(days=1)
ANSWERED = START + DAY


@pytest.mark.parametrize(
    ("now", "ended", "again", "answered", "where"),
    [
        (START, None, None, None, Where.WAITING),
        (START + 2 * DAY, None, None, Verdict.ACCEPTED, Where.ACCEPTED),
        (START + 2 * DAY, None, None, Verdict.DECLINED, Where.DECLINED),
        (START + 2 * DAY, None, None, Verdict.ASKED_BACK, Where.ASKED_BACK),
        (START + 2 * DAY, None, START + 2 * DAY, Verdict.ASKED_BACK, Where.WAITING),
        (START + 2 * DAY, None, START, Verdict.ASKED_BACK, Where.ASKED_BACK),  # an older "again"
        (START + 2 * DAY, None, START + 2 * DAY, Verdict.DECLINED, Where.DECLINED),
        (START + 2 * DAY, START + DAY, None, Verdict.ACCEPTED, Where.ENDED),
        (END, None, None, Verdict.ACCEPTED, Where.EXPIRED),
        (END, START + DAY, None, None, Where.ENDED),  # it was ended before it ran out
    ],
)
def test_where_a_release_stands(
    now: datetime, ended: datetime, again: datetime, answered: Verdict, where: Where
):
    newest = (answered, ANSWERED) if answered else None
    assert release.state(terms(ended, again), newest, now) is where
    assert release.holds(terms(ended, again), now) is (where not in release.OVER)


@pytest.mark.parametrize(
    ("ago", "may"),
    [(None, False), (timedelta(0), True), (timedelta(minutes=30) - SECOND, True),
     (timedelta(minutes=30), False), (-SECOND, False)],
)  # fmt: skip
def test_an_opening_lasts_half_an_hour(ago: timedelta | None, may: bool):
    assert release.may_view(START - ago if ago is not None else None, START) is may


@pytest.mark.parametrize(("seat", "may"), [*zip(Seat, (False, True, True), strict=True)])
def test_who_decides(seat: Seat, may: bool):
    assert release.decides(seat) is may


TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("chosen", [TODAY, TODAY + 90 * DAY, TODAY + 730 * DAY])
def test_a_last_day_from_today_to_two_years_on(chosen: date):
    assert release.last_day(chosen, TODAY) == chosen


@pytest.mark.parametrize(
    ("chosen", "words"), [(TODAY - DAY, "past"), (TODAY + 731 * DAY, "two years at most")]
)
def test_another_last_day_is_refused_with_a_sentence(chosen: date, words: str):
    with pytest.raises(ValueError, match=words):
        release.last_day(chosen, TODAY)


LINE = Entry(
    7, 60, {"ethics": 60}, Modality.LIVE_ONLINE, START, START + timedelta(hours=1), "e", "v"
)
RECORD = Record(
    (LINE,), {"recovery": Held("recovery", "attested", 30)}, date(2025, 1, 1), date(2025, 1, 1)
)


@pytest.mark.parametrize(
    ("scope", "entries", "facts", "certified"),
    [(Scope.EXISTENCE, 0, 0, False), (Scope.HOURS, 1, 0, True), (Scope.FULL, 1, 1, True)],
)
def test_a_record_is_cut_before_anything_is_worked_out(
    scope: Scope, entries: int, facts: int, certified: bool
):
    seen = release.seen(RECORD, scope)
    assert (len(seen.entries), len(seen.facts)) == (entries, facts)
    assert (seen.certified_on is not None, seen.period_from is not None) == (certified, certified)


def asked(kind: str) -> Requirement:
    return Requirement("x", kind, "X")


def answer(kind: str = "", text: str = sentences.HAVE, **more: object) -> Answer:
    said = Sentence(
        text,
        {"title": "X", "have": "1 h", "need": "2 h"},
        (Sentence(sentences.LINE_OUT, {"minutes": "2 h", "day": "3 March"}),),
    )
    line = Counted(7, 60, 60, Sentence("the secret of a line", {}))
    return Answer(
        "x", "X", State.NOT_YET, said, 60, 120, counted=(line,),
        asked=asked(kind) if kind else None, **more,
    )  # fmt: skip


TOLD = "The holder says yes to this: “You did X.” Nobody here has checked it."
UNTOLD = "The holder has not said yes to this: “You did X.”"
FIGURE = {"title": "X", "have": "24", "need": "24"}


@pytest.mark.parametrize(
    ("kind", "state", "text", "words"),
    [
        ("fact", State.MET, sentences.HAVE, TOLD),
        ("fact", State.MET, sentences.FACT_MET, TOLD),
        ("fact", State.NOT_YET, sentences.FACT_MISSING, UNTOLD),
        ("fact", State.SIGNATURE, sentences.FACT_WAITS, "X: someone must still sign."),
        ("fact", State.MET, sentences.FACT_SHOWN, "X: your document was seen."),
        ("hours", State.MET, sentences.HAVE, "X: 24 of 24."),
    ],
)
def test_a_board_is_told_of_a_fact_that_its_holder_says_so_and_no_more(
    kind: str, state: State, text: str, words: str
):
    asks = Requirement("x", kind, "X", asks="You did X.")
    said = Answer("x", "X", state, Sentence(text, FIGURE), 24, 24, asked=asks)
    group = Answer("g", "G", state, Sentence("", {}), parts=(said,))
    (alone, inside) = release.by_their_word((said, group))
    assert str(alone.sentence) == str(inside.parts[0].sentence) == words
    assert alone.state is state


def test_the_full_scope_tells_all_and_existence_nothing():
    answers = (answer("hours"), answer("fact"))
    assert release.told(answers, Scope.FULL) == answers
    assert release.told(answers, Scope.EXISTENCE) == ()


def test_sums_of_hours_tell_figures_and_no_line():
    (told,) = release.told((answer("hours", parts=(answer(),)),), Scope.HOURS)
    assert (told.have, told.need, str(told.sentence)) == (60, 120, "X: 1 h of 2 h.")
    assert told.counted == ()
    assert told.parts[0].counted == ()


def test_sums_of_hours_tell_no_sentence_that_is_not_known_to_be_of_figures():
    (told,) = release.told((answer("hours", "Your 2 h of 3 March wait"),), Scope.HOURS)
    assert str(told.sentence) == ""


def test_sums_of_hours_tell_no_fact_and_no_group_that_would_give_one_away():
    group = answer("any", parts=(answer("fact"), answer("hours")))
    told = release.told((answer("fact"), group), Scope.HOURS)
    assert [each.asked.kind for each in told] == ["hours"]


kinds = st.sampled_from(["hours", "fact", "all", "any", ""])
trees = st.recursive(
    st.builds(answer, kinds),
    lambda inner: st.builds(lambda k, parts: answer(k, parts=tuple(parts)), kinds, st.lists(inner)),
    max_leaves=12,
)


@given(st.lists(trees, max_size=4))
def test_whatever_the_tree_sums_never_tell_a_line_or_a_fact(answers: list[Answer]):
    told = repr(release.told(tuple(answers), Scope.HOURS))
    for secret in ("Counted(", "secret of a line", "3 March", "kind='fact'", "kind='any'"):
        assert secret not in told
