"""A small tree without a fault, written anew for each test that breaks it."""

from pathlib import Path

import pytest

COMPETENCIES = """\
framework: Core Competencies
publisher: SAMHSA
years: "2015"
note: Two of them.
checked_on: 2026-11-22
categories:
  - id: I
    title: Relationships
    competencies:
      - {id: I.1, status: verified, text: Starts the contact.}
      - {id: I.2, status: recalled, text: Listens.}
"""

TOPICS = """\
recovery: {title: Recovery, about: "What it is"}
ethics: {title: Ethics, about: "What is right"}
"""

SOURCES = """\
S1: {title: "A guide", publisher: "An agency", year: "2015"}
S2: {title: "A law", publisher: "A state", year: "n.d.", address: "example.org/law"}
"""

PROGRAM = """\
title: First steps
summary: One module.
statement: This is specific to peer support.
modules: [listening]
sessions: [meeting]
requires: {quizzes: [listening], exams: [final], role_plays: [at-the-door], live_minutes: 60}
rounding: {to_minutes: 15, mode: nearest}
valid_months: 24
"""

MODULE = """\
title: Listening
summary: Hear what is said.
difficulty: 2
difficulty_set_by: The editors, 2026-11-22
competencies: [I.1, I.2]
objectives:
  - Sum up what a person said.
topics: {recovery: 80, ethics: 20}
sources: [S1]
facts:
  - claim: The law is in force.
    source: S2
    checked_on: 2026-11-22
    review_by: 2027-05-22
"""

SECTION = """\
---
title: Part {n}
competencies: [I.2]
sources: [S1]
---
## Begin here

{prose}

/// say | What you might say
> "Tell me more."

Why: it opens a door.
///

| Word | Meaning |
|---|---|
| Peer | Someone who has been there |

//// try | Try it
Read [the first part](section:listening/part-1).

/// answer | One good answer
Call [988](tel:988).
///
////
"""

PARAGRAPH = "Ana asks what Ben wants. Then she waits. He tells her about his week, and she nods. "

SINGLE = """\
  - id: listen-{n:02}
    type: single
    competencies: [I.2]
    section: part-1
    stem: What helps in case {n}?
    options:
"""

CHOICES = """\
      - {id: a, text: Waiting, correct: true, reason: "It leaves room."}
      - {id: b, text: Advising, reason: "It closes the talk."}
      - {id: c, text: Leaving, reason: "It ends the talk."}
"""


def _single(n: int) -> str:
    """An item whose right option stands at another place each time."""
    lines = CHOICES.splitlines(keepends=True)
    turn = (n - 1) % len(lines)
    return SINGLE.format(n=n) + "".join(lines[turn:] + lines[:turn])


OTHERS = """\
  - id: listen-multiple
    type: multiple
    credit: share
    competencies: [I.2]
    section: part-2
    stem: Which of these are open questions?
    options:
      - {id: a, text: What happened, correct: true, reason: "It is open."}
      - {id: b, text: How was it, correct: true, reason: "Open too."}
      - {id: c, text: Was it bad, reason: "Yes or no."}
  - id: listen-ordering
    type: ordering
    credit: all
    competencies: [I.2]
    section: part-3
    stem: Put these in order.
    options:
      - {id: a, text: Greet, reason: "First."}
      - {id: b, text: Ask, reason: "Second."}
      - {id: c, text: Wait, reason: "Third."}
  - id: listen-matching
    type: matching
    credit: share
    competencies: [I.2]
    section: part-4
    stem: Match them.
    prompts:
      - {id: p, text: A nod, match: a}
      - {id: q, text: A sigh, match: b}
    options:
      - {id: a, text: Go on, reason: "A nod says it."}
      - {id: b, text: I am tired, reason: "A sigh may."}
      - {id: c, text: Stop, reason: "Neither says it."}
  - id: listen-situational
    type: situational
    competencies: [I.1]
    section: part-5
    stem: Ben is crying. What do you do?
    options:
      - {id: a, text: Stay, worth: 4, reason: "He is not alone."}
      - {id: b, text: Fetch tea, worth: 1, reason: "Kind, but away."}
      - {id: c, text: Tell him to stop, worth: 0, harmful: true, reason: "It shames."}
"""

QUIZ = """\
title: Listening quiz
module: listening
draw:
  - {bank: listening, type: situational, count: 1}
  - {bank: listening, count: 6}
pass_percent: 80
minutes: 30
attempts: 3
wait_hours: 12
"""

EXAM = """\
title: Final exam
program: first-steps
blueprint:
  - {id: I, title: Relationships, count: 5}
pass_percent: 75
minutes: 60
"""

GUIDE = """\
---
title: Meeting
aim: People hear each other out.
competencies: [I.2]
topics: {recovery: 70, ethics: 30}
modules: [listening]
outcomes: [Sum up what a person said.]
plan:
  - {minutes: 20, title: Arrive}
  - {minutes: 40, title: Practise}
  - {minutes: 10, title: Break, pause: true}
role_plays: [at-the-door]
---
## Exercise: two chairs

One talks, one listens.

## Handout: a card

Wait. Sum up. Ask.

## What to watch for

Advice that comes too soon.
"""

CRITERION = """\
  - id: listens-{n}
    title: Listens {n}
    competencies: [I.2]
    levels:
      1: Talks over {n}.
      2: Waits {n}.
      3: Sums up {n}.
      4: Sums up and asks {n}.
    red_flags:
      - {{id: promises-secrecy, text: Promises to keep it secret, reason: "It cannot be kept."}}
    next_step: Wait a little longer.
"""

ROLE_PLAY = """\
title: At the door
module: listening
rubric: listening
raters: 2
competencies: [I.1]
minutes: 20
setting: A hallway.
your_role: You are a peer.
persona: {name: Ben, about: Tired.}
turns:
  - {says: "Hello.", note: "Quiet."}
  - {says: "I am tired."}
  - {says: "It is late."}
  - {says: "I slept badly."}
  - {says: "Can we talk?"}
  - {says: "Thank you."}
"""

BANK = "module: listening\nitems:\n" + "".join(_single(n) for n in range(1, 17)) + OTHERS
RUBRIC = "title: Listening\npass_percent: 70\ncriteria:\n" + "".join(
    CRITERION.format(n=n) for n in range(1, 7)
)

FILES = {
    "curriculum/competencies.yaml": COMPETENCIES,
    "curriculum/topics.yaml": TOPICS,
    "curriculum/sources.yaml": SOURCES,
    "curriculum/programs/first-steps.yaml": PROGRAM,
    "curriculum/modules/listening/module.yaml": MODULE,
    **{
        f"curriculum/modules/listening/en/0{n}-part-{n}.md": SECTION.format(
            n=n, prose="\n\n".join([PARAGRAPH * 6] * 6)
        )
        for n in range(1, 6)
    },
    "assessments/items/listening.yaml": BANK,
    "assessments/quizzes/listening.yaml": QUIZ,
    "assessments/quizzes/final.yaml": EXAM,
    "curriculum/sessions/meeting.md": GUIDE,
    "assessments/rubrics/listening.yaml": RUBRIC,
    "assessments/role-plays/at-the-door.yaml": ROLE_PLAY,
}


def plant(root: Path) -> Path:
    """A small tree without a fault, written into this folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The folder of a good tree, to be broken at will."""
    return plant(tmp_path)
