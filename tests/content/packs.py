"""A sound pack of a made-up board, and how a test plants a fault in it."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from lms.content.check import check
from lms.content.findings import Finding

TODAY = date(2026, 11, 22)
FILE = "curriculum/requirements/a-board.yaml"
PACK = """\
title: A board
body: The board
jurisdiction: US-MD
credential: CPS
versions:
  - id: "2025"
    status: current
    starts: "2025-07-01"
    as_of: "2026-11-22"
    confidence: medium
    sources: [S1]
    domains:
      - {id: advocacy, title: Advocacy, topics: [recovery]}
      - {id: ethics, title: Ethics, topics: [ethics]}
      - {id: state, title: State law, note: The board teaches it itself.}
    stages:
      - id: trainee
        title: Trainee
        needs:
          - {id: age, kind: fact, title: Age, fact: age, amount: {from: 18, to: 26},
             asks: "You are 18 to 26."}
      - id: full
        title: Full
        months: 24
        needs:
          - id: training
            kind: hours
            title: Training
            of: training
            hours: 46
            shares:
              - {id: advocacy, title: Advocacy, hours: 30, domains: [advocacy]}
              - {id: ethics, title: Ethics, hours: {readings: [10, 16]}, domains: [ethics]}
            limits:
              - {id: alone, title: Alone, hours: 20, modalities: [self-paced]}
              - {id: online, title: Online, hours: 30, modalities: [self-paced, live-online]}
              - {id: in-service, title: In-service, percent: 20, modalities: [in-service]}
            floors:
              - {id: live, title: Live, hours: 20, modalities: [live-in-person]}
            window: {within_months: 120}
          - id: work-or-college
            kind: any
            title: Work or college
            needs:
              - {id: work, kind: hours, title: Work, of: work, hours: 500}
              - {id: college, kind: fact, title: College, fact: college-credits, amount: 24,
                 unit: credits, asks: "You have 24 credits."}
    renewal:
      period: fixed
      fixed_on: "2025-09-30"
      months: 48
      needs:
        - {id: continuing, kind: hours, title: Continuing, of: continuing, hours: 20,
           excludes: [state], window: {after: period}}
    ongoing:
      - {id: weekly, kind: fact, title: Weekly, fact: other, asks: "You meet weekly."}
  - id: older
    status: history
    starts: "2020-01-01"
    ends: "2025-07-01"
    as_of: "2026-11-22"
    confidence: high
    sources: [S2]
    stages:
      - {id: full, title: Full, needs: [{id: training, kind: hours, title: Training, of: training,
         hours: null}]}
"""
V, OLD = "versions[2025]", "versions[older]"
NEEDS = f"{V}.stages[full].needs"
EITHER = f"{NEEDS}[work-or-college].needs"
T = f"{NEEDS}[training]"


class Planted(NamedTuple):
    """``old`` becomes ``new``; the finding stands at the line where ``at`` first begins."""

    old: str
    new: str
    at: str
    field: str
    fault: str
    severity: str = "error"


def found(tree: Path, text: str) -> list[Finding]:
    """What the check says of the pack with this text."""
    path = tree / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [f for f in check(tree, TODAY) if f.file == FILE]


def told(tree: Path, planted: Planted) -> Finding:
    """The one finding about a planted fault; it stands at the line the row names."""
    assert planted.old in PACK
    broken = PACK.replace(planted.old, planted.new, 1)
    (finding,) = [f for f in found(tree, broken) if planted.fault in f.fault]
    assert finding.line == broken.count("\n", 0, broken.index(planted.at)) + 1
    return finding
