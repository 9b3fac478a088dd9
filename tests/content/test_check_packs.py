"""A pack that could mislead someone is named by its line, its field, and what to do."""

from pathlib import Path

import pytest

from lms.content.documents import Document
from tests.content.packs import EITHER, OLD, PACK, Planted, T, V, found, told

FAULTS = [
    Planted(
        "[recovery]",
        "[recovry]",
        "[recovry",
        f"{V}.domains[advocacy].topics[1]",
        'no topic "recovry"',
    ),
    Planted(
        "domains: [ethics]}",
        "domains: [ethic]}",
        "domains: [ethic]",
        f"{T}.shares[ethics].domains[1]",
        'no domain "ethic"',
    ),
    Planted(
        "excludes: [state]",
        "excludes: [sate]",
        "excludes: [sate",
        f"{V}.renewal.needs[continuing].excludes[1]",
        'no domain "sate"',
    ),
    Planted("sources: [S1]", "sources: [S9]", "sources: [S9", f"{V}.sources[1]", 'no source "S9"'),
    Planted(
        ", note: The board teaches it itself.",
        "",
        "{id: state",
        f"{V}.domains[state]",
        "Nothing of ours counts",
        "warning",
    ),
    Planted(
        "id: older",
        'id: "2025"',
        'id: "2025"\n    status: history',
        "versions[2025].id",
        "stands twice",
    ),
    Planted(
        "{id: state,",
        "{id: ethics,",
        "{id: ethics, title: State",
        f"{V}.domains[ethics].id",
        "stands twice",
    ),
    Planted(
        "id: trainee",
        "id: full",
        "id: full\n        title: Full",
        f"{V}.stages[full].id",
        "stands twice",
    ),
    Planted(
        "{id: college,",
        "{id: training,",
        "{id: training, kind: fact",
        f"{EITHER}[training].id",
        "stands twice among",
    ),
    Planted(
        "{id: online,",
        "{id: alone,",
        "{id: alone, title: Online",
        f"{T}.limits[alone].id",
        "stands twice",
    ),
    Planted(
        'starts: "2020-01-01"',
        'starts: "2025-08-01"',
        'starts: "2025-08',
        f"{OLD}.starts",
        "begins after",
    ),
    Planted(
        'ends: "2025-07-01"',
        'ends: "2025-08-01"',
        "ends:",
        f"{OLD}.ends",
        'after "2025" began on 2025-07-01',
    ),
    Planted('ends: "2025-07-01"', 'ends: "2019-01-01"', "ends:", f"{OLD}.ends", "before it begins"),
    Planted(
        "status: history",
        "status: current",
        'status: current\n    starts: "2020',
        f"{OLD}.status",
        "to be current",
    ),
    Planted(
        "title: A board", "title: &a A board\nbody: *a\nother: [*a]", "body: *a", "", "an alias (*)"
    ),
    Planted(
        "  - id: older",
        "  - &v\n    stages: [*v]\n    id: older",
        "stages: [*v",
        "",
        "an alias (*)",
    ),
]


@pytest.mark.parametrize("planted", FAULTS, ids=[f"{n}-{p.fault}" for n, p in enumerate(FAULTS)])
def test_a_planted_fault_is_named_with_its_place_and_a_remedy(tree: Path, planted: Planted):
    finding = told(tree, planted)
    assert (finding.field, finding.severity) == (planted.field, planted.severity)
    assert finding.remedy


def test_a_sound_pack_has_no_findings(tree: Path):
    assert found(tree, PACK) == []


def test_groups_in_groups_have_a_depth_where_it_ends(tree: Path):
    need = "{id: x0, kind: fact, title: X, fact: other, asks: You do.}"
    deep = {}
    for depth in range(1, 7):
        need = f"{{id: x{depth}, kind: all, title: X, needs: [{need}]}}"
        deep[depth] = [
            f.fault
            for f in found(tree, PACK.replace("    ongoing:\n", f"    ongoing:\n      - {need}\n"))
        ]
    assert [depth for depth, faults in deep.items() if faults] == [5, 6]
    assert all("more than 4 deep" in fault for faults in deep.values() for fault in faults)


def test_a_missing_list_of_topics_does_not_make_every_topic_wrong(tree: Path):
    (tree / "curriculum" / "topics.yaml").write_text("- broken\n", encoding="utf-8")
    assert found(tree, PACK) == []


def test_a_finding_names_a_requirement_by_its_id_and_not_by_its_number():
    document = Document("pack", "a", "a.yaml", {"needs": [{"id": "training"}]}, {})
    assert document.field(("needs", 0, "hours")) == "needs[training].hours"
