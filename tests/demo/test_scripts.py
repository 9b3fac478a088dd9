"""The written role-plays fit their scenarios; their sheets settle as the cast expects."""

import pytest

from lms.demo.scripts import choose, is_passing, scripts
from lms.domain import rubric as rules
from lms.domain.rubric import COMPETENT, Status
from lms.records.role_plays import REPLY_LIMIT

NAMES = {
    "the-pill-question": {"steady": True, "open-door": True, "half-a-dose": False, "rushed": False},
    "a-ride-home": {"warm-no": True, "tired-but-true": True, "gave-in": False},
    "marcus-at-the-door": {
        "steady": True,
        "open-hands": True,
        "torn": True,
        "all-business": False,
    },
    "the-intake-form": {"asks-first": True, "plain-sorry": True, "explains": False},
}
EVERY = [(scenario, script) for scenario, names in NAMES.items() for script in names]
LIVE = ("bed-nine", "grandmother-at-the-table", "the-test-result", "a-kitchen-of-her-own")


@pytest.fixture(scope="module")
def library(demo_school):
    return demo_school.shop.shelf.current()


@pytest.fixture(scope="module")
def held(library):
    return scripts(library.scenarios)


def of(held, scenario, name):
    return next(script for script in held[scenario] if script.id == name)


def test_every_role_play_of_the_program_has_good_and_weak_answers(library, held):
    wanted = library.programs["peer-support-foundations"].requires.role_plays
    assert {name: {s.id for s in held[name]} for name in wanted} == {
        name: set(names) for name, names in NAMES.items()
    }


@pytest.mark.parametrize("scenario", LIVE)
def test_what_was_seen_live_could_be_signed_and_is_a_pass(library, held, scenario):
    rubric = library.rubrics[library.scenarios[scenario].rubric]
    (script,) = held[scenario]
    assert script.replies == ()
    assert len(script.sheets) == library.scenarios[scenario].raters
    for sheet in script.sheets:
        assert list(sheet) == [c.id for c in rubric.criteria]
        assert rules.faults(rubric, sheet, 0) == ()
        assert not any(rating.turns for rating in sheet.values())
    assert is_passing(library, library.scenarios[scenario], script)


def test_whoever_speaks_of_dying_is_heard_by_two_trainers_who_say_it_in_their_own_words(
    library, held
):
    for scenario in ("the-pill-question", "a-ride-home", "marcus-at-the-door", "bed-nine"):
        assert library.scenarios[scenario].raters == 2
        for script in held[scenario]:
            words = [[r.comment for r in sheet.values() if r.comment] for sheet in script.sheets]
            assert len({word for said in words for word in said}) == sum(map(len, words))


@pytest.mark.parametrize(("scenario", "name"), EVERY)
def test_each_turn_has_an_answer_of_some_length(library, held, scenario, name):
    script = of(held, scenario, name)
    assert len(script.replies) == len(library.scenarios[scenario].turns)
    assert all(20 < len(reply) < REPLY_LIMIT for reply in script.replies)


@pytest.mark.parametrize(("scenario", "name"), EVERY)
def test_every_sheet_could_be_signed(library, held, scenario, name):
    rubric = library.rubrics[library.scenarios[scenario].rubric]
    flags = {c.id: {flag.id for flag in c.red_flags} for c in rubric.criteria}
    for sheet in of(held, scenario, name).sheets:
        assert list(sheet) == [c.id for c in rubric.criteria]
        assert rules.faults(rubric, sheet, 2 * len(library.scenarios[scenario].turns)) == ()
        assert all(set(rating.flags) <= flags[criterion] for criterion, rating in sheet.items())
        assert all(rating.turns for rating in sheet.values())
        assert all(turn % 2 == 0 for rating in sheet.values() for turn in rating.turns)


@pytest.mark.parametrize(("scenario", "name"), EVERY)
def test_the_sheets_settle_as_the_script_is_meant(library, held, scenario, name):
    script = of(held, scenario, name)
    assert is_passing(library, library.scenarios[scenario], script) is NAMES[scenario][name]


def test_the_first_two_sheets_of_the_disagreement_ask_for_a_third(library, held):
    script = of(held, "marcus-at-the-door", "torn")
    decision = rules.decide(library.rubrics["crisis-conversation"], script.sheets[:2], 2)
    assert decision.status is Status.THIRD
    assert decision.apart


def test_a_weak_answer_is_met_with_a_comment_and_never_with_blame(held):
    unkind = ("bad", "wrong answer", "failed", "useless", "terrible")
    for scenario in NAMES:
        for script in held[scenario]:
            for sheet in script.sheets:
                for rating in sheet.values():
                    assert rating.level >= COMPETENT or len(rating.comment) > 30
                    assert not any(word in rating.comment.lower() for word in unkind)


def test_a_script_nobody_wrote_is_named(library, held):
    with pytest.raises(LookupError, match="no script perfect for a-ride-home"):
        choose(library, library.scenarios["a-ride-home"], held, "perfect", "ana")
