"""A pack whose figures cannot be met, or stand where they mean nothing, is told so."""

from pathlib import Path

import pytest

from tests.content.packs import EITHER, PACK, Planted, T, V, found, told

FAULTS = [
    Planted(
        "hours: 46",
        "hours: 45",
        "shares:",
        f"{T}.shares",
        "ask for 46 hours, and it asks for 45",
        "warning",
    ),
    Planted(
        "readings: [10, 16]",
        "readings: [16, 17]",
        "shares:",
        f"{T}.shares",
        "ask for 47 hours",
        "warning",
    ),
    Planted(
        "title: Live, hours: 20",
        "title: Live, hours: 47",
        "{id: live",
        f"{T}.floors[live]",
        "more than the 46 hours",
        "warning",
    ),
    Planted(
        "hours: 20, modalities: [self-paced]",
        "hours: 20, modalities: [self-paced, in-service]",
        "{id: online",
        f"{T}.limits[online]",
        'crosses "alone"',
    ),
    Planted(
        "percent: 20, modalities: [in-service]",
        "percent: 20, domains: [ethics]",
        "{id: in-service",
        f"{T}.limits[in-service]",
        'crosses "alone"',
    ),
    Planted(
        "hours: 20, modalities: [self-paced]",
        "modalities: [self-paced]",
        "{id: alone",
        f"{T}.limits[alone]",
        "either hours or percent",
    ),
    Planted(
        "hours: 20, modalities: [live-in",
        "hours: 20, percent: 5, modalities: [live-in",
        "{id: live",
        f"{T}.floors[live]",
        "either hours or percent",
    ),
    Planted(
        " amount: 24,\n                 unit",
        " unit",
        "{id: college",
        f"{EITHER}[college].unit",
        "not how much",
    ),
    Planted(
        " amount: 24,\n                 unit: credits,",
        "",
        'asks: "You have 24',
        f"{EITHER}[college].asks",
        "names a figure",
        "warning",
    ),
    Planted(
        "{from: 18, to: 26}",
        "{from: 26, to: 18}",
        "{id: age",
        f"{V}.stages[trainee].needs[age].amount",
        "from 26 down to 18",
    ),
    Planted(
        "hours: 46", "hours: {from: 60, to: 46}", "hours: {from", f"{T}.hours", "from 60 down to 46"
    ),
    Planted(
        "title: Advocacy, hours: 30",
        "title: Advocacy, hours: {from: 30, to: 3}",
        "{id: advocacy, title: Advocacy, hours",
        f"{T}.shares[advocacy].hours",
        "from 30 down to 3",
    ),
    Planted(
        "of: work, hours: 500",
        "of: work, hours: 500, modalities: [self-paced]",
        "{id: work,",
        f"{EITHER}[work].modalities[1]",
        "no way of spending time in work",
    ),
    Planted(
        "of: work, hours: 500",
        "of: work, hours: 500, fact: other",
        "{id: work,",
        f"{EITHER}[work].fact",
        "says nothing about",
    ),
    Planted(
        "fact: other, asks",
        "fact: other, hours: 4, asks",
        "{id: weekly",
        f"{V}.ongoing[weekly].hours",
        "says nothing about",
    ),
    Planted(
        "kind: any",
        "kind: fact\n            fact: other\n            asks: You do.",
        "needs:\n              - {id: work",
        EITHER,
        "Only groups hold",
    ),
    Planted(
        ", window: {after: period}",
        "",
        "{id: continuing",
        f"{V}.renewal.needs[continuing]",
        "from any time",
        "warning",
    ),
    Planted(
        '      fixed_on: "2025-09-30"\n',
        "",
        "renewal:",
        f"{V}.renewal.fixed_on",
        "the day is missing",
    ),
    Planted(
        "{within_months: 120}",
        "{first_months: 6}",
        "window: {first",
        f"{T}.window.first_months",
        "first months of what",
    ),
    Planted(
        "of: work, hours: 500",
        "of: work, hours: 500, times: 2",
        "{id: work,",
        f"{EITHER}[work].times",
        "not in which span",
    ),
]


@pytest.mark.parametrize("planted", FAULTS, ids=[f"{n}-{p.fault}" for n, p in enumerate(FAULTS)])
def test_a_planted_fault_is_named_with_its_place_and_a_remedy(tree: Path, planted: Planted):
    finding = told(tree, planted)
    assert (finding.field, finding.severity) == (planted.field, planted.severity)
    assert finding.remedy


def test_an_impossible_sum_is_allowed_when_it_is_told_as_a_conflict(tree: Path):
    line = '{field: training.hours, text: They differ., readings: ["45", "46"]}'
    conflict = f"    conflicts:\n      - {line}\n"
    impossible = PACK.replace("hours: 46", "hours: 45")
    assert [f.severity for f in found(tree, impossible)] == ["warning"]
    assert found(tree, impossible.replace("    renewal:\n", conflict + "    renewal:\n")) == []
    elsewhere = conflict.replace("training.hours", "work")
    assert len(found(tree, impossible.replace("    renewal:\n", elsewhere + "    renewal:\n"))) == 1


def test_limits_that_share_nothing_or_hold_each_other_may_stand_together(tree: Path):
    theirs = PACK.replace(
        "percent: 20, modalities: [in-service]",
        "percent: 90, modalities: [self-paced, live-online, in-service]",
    )
    apart = PACK.replace(
        "hours: 20, modalities: [self-paced]",
        "hours: 20, modalities: [self-paced], origin: transferred",
    )
    assert found(tree, theirs) == found(tree, apart) == []
