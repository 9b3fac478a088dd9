"""Progress through a program, the one step to offer next, and what a certificate still lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.curriculum import (
    Gap,
    Module,
    Program,
    Progress,
    Requires,
    Section,
    Step,
    StepKind,
    continue_at,
    gaps,
    is_open,
    progress,
    section_key,
)

ONE = Step(StepKind.SECTION, "ethics/one", "ethics", "One")
TWO = Step(StepKind.SECTION, "ethics/two", "ethics", "Two")
QUIZ = Step(StepKind.QUIZ, "ethics", "ethics", "Ethics quiz", (ONE.key, TWO.key))
PLAY = Step(StepKind.ROLE_PLAY, "a-ride-home", "ethics", "A ride home", (QUIZ.key,))
LIVE = Step(StepKind.LIVE, "foundations", "", "Live time")
LAST = Step(StepKind.SECTION, "crisis/first", "crisis", "First words")
WAY = (ONE, TWO, QUIZ, PLAY, LIVE, LAST)

steps_of_an_edition = st.lists(
    st.builds(
        Step,
        st.sampled_from(StepKind),
        st.integers(0, 30).map(str),
        st.just("m"),
        st.just("A step"),
    ),
    unique_by=lambda step: step.key,
)
keys = st.sets(
    st.builds(lambda kind, n: f"{kind}:{n}", st.sampled_from(StepKind), st.integers(0, 40))
)


def section(words: int) -> Section:
    return Section("s", "S", "", words, ())


@pytest.mark.parametrize(
    ("words", "minutes", "why"),
    [
        (1575, 9, "the course that publishes this pace says 9 minutes (domain.md 4.3, S127)"),
        (0, 1, "nothing takes less than a minute"),
        (87, 1, "half a minute"),
        (262, 1, "just under a minute and a half"),
        (263, 2, "just over it"),
    ],
)
def test_reading_time_is_told_at_175_words_a_minute(words, minutes, why):
    assert section(words).minutes == minutes, why


def test_a_modules_words_are_those_of_its_sections():
    parts = (section(300), section(45))
    assert Module("m", "M", "", 2, "us", (), (), {}, parts).words == 345
    assert Module("m", "M", "", 2, "us", (), (), {}, ()).words == 0


def test_a_steps_key_names_its_kind_and_its_id():
    assert ONE.key == section_key("ethics", "one") == "section:ethics/one"
    assert PLAY.key == "role-play:a-ride-home"


@pytest.mark.parametrize(
    ("done", "of", "percent", "why"),
    [
        (0, 3, 0, "nothing yet"),
        (1, 3, 33, "rounded down"),
        (2, 3, 66, "rounded down, not up"),
        (299, 300, 99, "100 is kept for everything"),
        (3, 3, 100, "everything"),
        (0, 0, 100, "nothing was asked"),
    ],
)
def test_percent_is_rounded_down(done, of, percent, why):
    assert Progress(done, of).percent == percent, why


@given(steps_of_an_edition, keys)
def test_progress_stays_between_nought_and_a_hundred(steps, done):
    reached = progress(steps, done)
    assert 0 <= reached.percent <= 100
    assert (reached.percent == 100) is all(step.key in done for step in steps)


@given(steps_of_an_edition, keys, keys)
def test_what_an_author_adds_in_another_edition_changes_nothing_here(steps, done, elsewhere):
    of_other_editions = elsewhere - {step.key for step in steps}
    assert progress(steps, done | of_other_editions) == progress(steps, done)


@given(steps_of_an_edition, keys, st.data())
def test_finishing_one_more_step_never_lowers_progress(steps, done, data):
    more = data.draw(st.sets(st.sampled_from([s.key for s in steps]))) if steps else set()
    assert progress(steps, done | more).percent >= progress(steps, done).percent


@pytest.mark.parametrize(
    ("step", "done", "opens", "why"),
    [
        (ONE, (), True, "needs nothing"),
        (QUIZ, (), False, "needs both sections"),
        (QUIZ, (ONE,), False, "one of two"),
        (QUIZ, (ONE, TWO), True, "both"),
        (PLAY, (ONE, TWO), False, "needs the quiz, not what the quiz needs"),
        (PLAY, (QUIZ,), True, "the quiz is enough"),
    ],
)
def test_a_step_opens_when_all_it_needs_is_done(step, done, opens, why):
    assert is_open(step, {s.key for s in done}) is opens, why


@pytest.mark.parametrize(
    ("done", "last", "aside", "offered", "why"),
    [
        ((), None, (), ONE, "a newcomer starts at the start"),
        ((ONE,), ONE, (), TWO, "the next one after the last"),
        ((TWO,), TWO, (), LAST, "the quiz is not open yet and live time is not clicked"),
        ((TWO, LAST), LAST, (), ONE, "at the end, back to what was left out"),
        ((ONE, TWO), ONE, (), QUIZ, "what the next one needed is done"),
        ((ONE, TWO, QUIZ), QUIZ, (), PLAY, "the role-play after its quiz"),
        ((ONE, TWO, QUIZ), QUIZ, (PLAY,), LAST, "a role-play at its trainer's is set aside"),
        ((ONE, TWO, QUIZ, LAST), LAST, (PLAY,), None, "only waiting is left"),
        ((ONE, TWO, QUIZ, PLAY, LAST), LAST, (), None, "live time is never offered as a click"),
        (WAY, LAST, (), None, "everything is done"),
        ((ONE,), None, (), TWO, "no last one known: the first that is open"),
        ((), QUIZ, (), LAST, "last was taken back: still onward from there"),
        ((), ONE, (), TWO, "onward from a last one that does not count as done"),
    ],
)
def test_a_learner_is_offered_one_step(done, last, aside, offered, why):
    finished, waiting = {s.key for s in done}, {s.key for s in aside}
    assert continue_at(WAY, finished, last and last.key, waiting) == offered, why


def test_a_last_step_that_left_the_edition_leads_back_to_the_first_open_one():
    assert continue_at(WAY, {ONE.key}, "section:ethics/gone") == TWO


def test_a_program_without_steps_offers_nothing():
    assert continue_at((), set(), None) is None


@given(keys, st.sampled_from([None, *WAY]), keys)
def test_the_step_offered_can_always_be_started(done, last, aside):
    known = {step.key for step in WAY}
    offered = continue_at(WAY, done & known, last and last.key, aside)
    if offered is not None:
        assert offered.key not in done | aside
        assert is_open(offered, done & known)


def test_following_the_offers_finishes_all_but_live_time():
    done, last = set(), None
    while step := continue_at(WAY, done, last):
        done.add(step.key)
        last = step.key
    assert done == {step.key for step in WAY} - {LIVE.key}


def program(live_minutes: int) -> Program:
    return Program("p", "Foundations", "", "", ("ethics",), Requires(live_minutes=live_minutes))


@pytest.mark.parametrize(
    ("done", "present", "missing", "why"),
    [
        (WAY, 120, (), "everything"),
        (WAY, 500, (), "more than enough live time"),
        ((ONE, TWO, QUIZ, PLAY, LAST), 120, (), "live time counts by minutes, not by its step"),
        (WAY, 119, (Gap(StepKind.LIVE, "Foundations", 1),), "a minute short"),
        ((*WAY[:3], LAST), 120, (Gap(StepKind.ROLE_PLAY, "A ride home"),), "the role-play"),
        (
            (ONE, TWO, QUIZ),
            0,
            (
                Gap(StepKind.ROLE_PLAY, "A ride home"),
                Gap(StepKind.SECTION, "First words"),
                Gap(StepKind.LIVE, "Foundations", 120),
            ),
            "in the order of the program, live time last",
        ),
    ],
)
def test_what_a_certificate_still_lacks_is_named(done, present, missing, why):
    assert gaps(program(120), WAY, {s.key for s in done}, present) == missing, why


def test_a_program_without_live_time_asks_for_none():
    assert gaps(program(0), WAY, {s.key for s in WAY}, 0) == ()
