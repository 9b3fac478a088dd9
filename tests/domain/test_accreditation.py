"""The Illinois checklist says what is on record, what is missing, and never that it is enough."""

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.accreditation import Known, Provider, checklist
from lms.domain.provider_record import Statement, Topic

SAID = {topic: Statement(topic, "Words", date(2026, 1, 1)) for topic in Topic}
FULL = Provider(
    said=SAID,
    domains={"Advocacy": 120, "Mentoring": 60},
    core=300,
    quizzes=4,
    exams=1,
    role_plays=2,
    trainers=2,
    qualified=2,
    kept_years=7,
    evaluations=12,
)
ALL = (
    "classroom", "practice", "faculty", "coordinator", "admission", "completion", "records",
    "competence", "rights",
)  # fmt: skip


def known(provider: Provider) -> dict[str, Known]:
    return {point.id: point.known for point in checklist(provider)}


def words(provider: Provider, name: str) -> str:
    (point,) = (p for p in checklist(provider) if p.id == name)
    return " ".join(map(str, point.why))


def test_every_head_of_the_standard_stands_there_in_its_order():
    assert tuple(known(FULL)) == ALL
    assert set(known(FULL).values()) == {Known.ON_RECORD}
    assert "Your statement on it holds since 2026-01-01." in words(FULL, "admission")


@pytest.mark.parametrize(
    ("change", "point", "state", "says"),
    [
        ({"core": 0}, "classroom", Known.PARTLY, "Core functions: 0 min planned."),
        ({"core": 0, "domains": {"Advocacy": 0}}, "classroom", Known.MISSING, "Advocacy: 0 min"),
        ({"said": {}}, "practice", Known.MISSING, "not said where practice happens"),
        ({"said": {}}, "faculty", Known.PARTLY, "not said what you ask of trainers"),
        ({"said": {}, "qualified": 1}, "faculty", Known.PARTLY, "1 of 2 trainers"),
        ({"said": {}, "qualified": 0}, "faculty", Known.MISSING, "0 of 2 trainers"),
        ({"qualified": 1}, "faculty", Known.PARTLY, "1 of 2 trainers"),
        ({"trainers": 0, "qualified": 0}, "faculty", Known.PARTLY, "Nobody has taught"),
        ({"said": {}}, "coordinator", Known.MISSING, "not said anything"),
        ({"said": {}}, "completion", Known.ON_RECORD, "checked by itself"),
        ({"said": {}}, "records", Known.ON_RECORD, "kept for 7 years"),
        ({"role_plays": 0}, "competence", Known.PARTLY, "0 role-plays"),
        ({"quizzes": 0, "exams": 0, "role_plays": 0}, "competence", Known.MISSING, "0 quizzes"),
        ({"said": {}}, "rights", Known.MISSING, "how complaints are heard"),
        ({"said": {Topic.RIGHTS: SAID[Topic.RIGHTS]}}, "rights", Known.PARTLY, "complaints"),
    ],
)
def test_what_is_missing_is_said(change, point, state, says):
    provider = replace(FULL, **change)
    assert known(provider)[point] is state
    assert says in words(provider, point)


def test_it_never_says_that_the_board_would_accept_it():
    for point in checklist(FULL):
        for word in ("accredited", "accept", "approved", "sufficient"):
            assert word not in " ".join(map(str, point.why)).lower()
