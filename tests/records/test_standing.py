"""What a learner says of themself: newest word counts, shared only where it is the same for all."""

from datetime import timedelta

import pytest

from lms.domain.caps import Caps
from lms.domain.figures import Amount
from lms.domain.hours import Entry, Modality, split
from lms.domain.packs import Requirement
from lms.domain.people import Role
from lms.models.people import Person
from lms.records import boards, evaluated, learning, lessons, standing
from lms.records.standing import NO, UNSAID, Said
from tests.school import School

MD, VA = "md-cprs", "va-cprs"


def fact(name: str, kind: str = "", least: int | None = None) -> Requirement:
    amount = Amount(least=least) if least else Requirement("", "", "").amount
    return Requirement(name, "fact", name, fact=kind or name, amount=amount)


@pytest.fixture
def learner(school: School) -> Person:
    return school.person(Role.LEARNER, school.cohort())


def say(school: School, learner: Person, pack: str, *said: tuple[Requirement, str]) -> int:
    with school.database.writing() as session:
        person = session.get_one(Person, learner.id)
        words = {need.id: (need, Said(word)) for need, word in said}
        changed = standing.say(session, school.now, person, pack, words)
        session.commit()
        return changed


def facts(school: School, learner: Person) -> dict[str, tuple[str, int | None]]:
    with school.database.reading() as session:
        held = standing.facts_of(session, learner.id)
    return {key: (fact.standing, fact.amount) for key, fact in held.items()}


def test_a_fact_is_held_for_the_board_that_asked(school, learner):
    say(school, learner, MD, (fact("recovery", least=24), "attested"), (fact("exam"), NO))
    assert facts(school, learner) == {f"{MD}/recovery": ("attested", 24)}


def test_education_and_age_are_the_same_for_every_board_and_the_most_told_counts(school, learner):
    say(school, learner, MD, (fact("age", least=21), "attested"))
    say(school, learner, VA, (fact("grown", "age", 18), "attested"), (fact("education"), "waiting"))
    found = facts(school, learner)
    assert found["age"] == ("attested", 21)
    assert found["education"] == ("waiting", None)
    assert "recovery" not in found


def test_the_same_answer_again_is_no_new_row_and_one_taken_back_is_gone(school, learner):
    recovery = fact("recovery")
    assert say(school, learner, MD, (recovery, UNSAID)) == 0
    assert say(school, learner, MD, (recovery, "attested")) == 1
    assert say(school, learner, MD, (recovery, "attested")) == 0
    assert say(school, learner, MD, (recovery, UNSAID)) == 1
    assert facts(school, learner) == {}
    assert say(school, learner, MD, (recovery, "waiting")) == 1
    assert facts(school, learner) == {f"{MD}/recovery": ("waiting", None)}


def test_a_shared_fact_answers_the_question_of_the_next_board_too(school, learner):
    packs, today = school.shelf.current().packs, school.office.day(school.now)
    say(school, learner, MD, (fact("education"), "attested"))
    with school.database.reading() as session:
        found = evaluated.of_one(session, learner.id, packs[VA], today)
    assert "education" not in [need.id for need in found.unanswered]
    assert "exam" in [need.id for need in found.unanswered]


def test_hours_of_others_come_without_anything_they_said(school, learner):
    say(school, learner, MD, (fact("recovery"), "attested"))
    with school.database.reading() as session:
        (record,) = standing.hours_of(session, [learner.id]).values()
        mine = standing.record_of(session, learner.id)
    assert record.facts == {}
    assert set(mine.facts) == {f"{MD}/recovery"}


def test_a_board_that_is_left_can_be_followed_again(school, learner):
    with school.database.writing() as session:
        person = session.get_one(Person, learner.id)
        assert boards.follow(session, school.now, person, [MD, VA, MD]) == 2
        session.flush()
        boards.leave(session, school.now, person, MD)
        session.flush()
        assert boards.follow(session, school.now, person, [MD, VA]) == 1
        session.flush()
        assert [row.pack_id for row in boards.followed(session, person.id)] == [VA, MD]
        session.commit()


def test_lessons_that_are_done_are_no_longer_ahead(school, learner):
    school.read_all(learner, "crisis-support")
    before = ahead(school, learner)
    assert "crisis-support" in before
    school.take_quiz(learner, "crisis-support")
    assert before - ahead(school, learner) == {"crisis-support"}


def ahead(school: School, learner: Person) -> set[str]:
    with school.database.reading() as session:
        ways = learning.ways(session, school.shelf, learner.id)
        entries = standing.record_of(session, learner.id).entries
        return {lesson.id for lesson in lessons.left(ways, entries)}


def test_a_board_is_told_of_no_minute_beyond_the_daily_limit(school, learner):
    def line(number: int, minutes: int, ends: int) -> Entry:
        at = school.now + timedelta(hours=ends)
        topics = split(minutes, {"ethics": 50, "advocacy": 50})
        return Entry(
            number, minutes, topics, Modality.LIVE_ONLINE, at - timedelta(minutes=minutes), at,
            f"e{number}", "Peerpath",
        )  # fmt: skip

    lines = (line(1, 300, 0), line(2, 300, 6), line(3, 60, 200))
    found = standing.within(lines, Caps(480))
    assert [entry.minutes for entry in found] == [300, 180, 60]
    assert all(sum(entry.topics.values()) == entry.minutes for entry in found)
    assert standing.within(lines, Caps()) == lines
