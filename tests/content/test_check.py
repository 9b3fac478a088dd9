"""Each planted fault is named by its file, its line, its field, and what to do."""

from datetime import date
from typing import NamedTuple

import pytest

from lms.content.check import check

TODAY = date(2026, 11, 22)

COMPETENCIES = "curriculum/competencies.yaml"
TOPICS = "curriculum/topics.yaml"
SOURCES = "curriculum/sources.yaml"
PROGRAM = "curriculum/programs/first-steps.yaml"
MODULE = "curriculum/modules/listening/module.yaml"
SECTION = "curriculum/modules/listening/en/02-part-2.md"
BANK = "assessments/items/listening.yaml"
QUIZ = "assessments/quizzes/listening.yaml"
RUBRIC = "assessments/rubrics/listening.yaml"
ROLE_PLAY = "assessments/role-plays/at-the-door.yaml"
EXAM = "assessments/quizzes/final.yaml"
GUIDE = "curriculum/sessions/meeting.md"


class Planted(NamedTuple):
    """``old`` becomes ``new`` in a file; the finding stands where ``at`` first begins."""

    old: str
    new: str
    at: str
    field: str
    fault: str


AGAIN = (
    "id: listen-01\n    type: single\n    competencies: [I.2]\n"
    "    section: part-1\n    stem: What helps in case 2"
)
TWICE = 'It cannot."}\n      - {id: promises-secrecy, text: Again, reason: "It cannot."}\n'
CRYING = "options:\n      - {id: a, text: Stay"

# fmt: off
FORM = {
    MODULE: [
        Planted("title: Listening\n", "", "summary", "title", 'key "title" is missing'),
        Planted("summary:", "sumary:", "sumary:", "sumary", '"sumary" is not known'),
        Planted("difficulty: 2", "difficulty: 7", "difficulty: 7", "difficulty", "above 5"),
        Planted("title: Listening", "title: 988", "title:", "title", "should be text"),
        Planted("title: L", "title: One\ntitle: L", "title: L", "title", "stands twice"),
        Planted("title: L", 'title: "L', "title", "", "cannot be read"),
        Planted("summary: H", "summary: note: H", "note: H", "", "cannot be read"),
        Planted("title: Listening", "title: &a Listening\nother: *a", "*a", "", "an alias"),
        Planted("2027-05-22", "2027-02-30", "02-30", "facts[1].review_by", "does not fit"),
        Planted("[I.1, I.2]", "[I.1, I.1]", "[I.1, I.1]", "competencies", "stands twice"),
        Planted("[S1]", "S1", "S1", "sources", "should be a list"),
    ],
    BANK: [
        Planted("A nod, match", "A nod, or so, match", "or so",
                "items[listen-matching].prompts[p].or so", "read as a key"),
        Planted(', reason: "Kind, but away."', "", "Fetch tea",
                "items[listen-situational].options[b].reason", '"reason" is missing'),
        Planted('      - {id: c, text: Was it bad, reason: "Yes or no."}\n', "",
                "options:\n      - {id: a, text: What happened",
                "items[listen-multiple].options", "fewer than 3"),
        Planted("type: ordering", "type: sorting", "sorting", "items[listen-ordering].type", "fit"),
    ],
    RUBRIC: [
        Planted("      4: Sums up and asks 2.\n", "", "levels:\n      1: Talks over 2",
                "criteria[listens-2].levels.4",
                '"4" is missing'),
        Planted(', reason: "It cannot be kept."', "", "promises-secrecy",
                "criteria[listens-1].red_flags[promises-secrecy].reason", '"reason" is missing'),
        Planted("  - id: listens-6\n    title: Listens 6\n    competencies: [I.2]\n    levels:\n"
                "      1: Talks over 6.\n      2: Waits 6.\n      3: Sums up 6.\n"
                "      4: Sums up and asks 6.\n    red_flags:\n      - {id: promises-secrecy, "
                'text: Promises to keep it secret, reason: "It cannot be kept."}\n'
                "    next_step: Wait a little longer.\n", "", "criteria", "criteria",
                "fewer than 6"),
    ],
    ROLE_PLAY: [
        Planted('  - {says: "Thank you."}\n', "", "turns", "turns", "fewer than 6"),
    ],
    SECTION: [
        Planted("title: Part 2\n", "", "competencies", "title", '"title" is missing'),
        Planted("---\ntitle", "title", "title", "", "does not begin with its fields"),
    ],
    COMPETENCIES: [
        Planted("recalled", "guessed", "guessed", "categories[I].competencies[I.2].status", "fit"),
        Planted("{id: I.2,", "{id: II.2,", "II.2", "categories[I].competencies[II.2].id",
                "not of category I"),
    ],
    SOURCES: [Planted('year: "2015"', "year: 2015", "S1", "S1.year", "should be text")],
    TOPICS: [Planted("about: ", "abuot: ", "abuot", "recovery.abuot", "not known")],
}

REFERENCES = {
    MODULE: [
        Planted("ethics: 20", "ethisc: 20", "ethisc", "topics.ethisc", 'no topic "ethisc"'),
        Planted("[I.1, I.2]", "[I.1, II.2]", "II.2", "competencies[2]", 'no competency "II.2"'),
        Planted("[S1]", "[S9]", "S9", "sources[1]", 'no source "S9"'),
        Planted("source: S2", "source: S7", "S7", "facts[1].source", 'no source "S7"'),
    ],
    SECTION: [
        Planted("He tells her about", "Write here: what he tells", "Ana asks", "",
                'says "Write here:" in 1 place'),
        Planted("sources: [S1]", "sources: [S9]", "S9", "sources[1]", 'no source "S9"'),
        Planted("listening/part-1", "listening/part-9", "part-9", "", "no section for the link"),
    ],
    BANK: [
        Planted("section: part-4", "section: part-8", "part-8", "items[listen-matching].section",
                'no section "listening/part-8"'),
        Planted("id: listen-02", "id: listen-01", AGAIN, "items[listen-01].id",
                "already used in"),
        Planted("module: listening", "module: hearing", "hearing", "module", "no module"),
    ],
    QUIZ: [
        Planted("module: listening", "module: hearing", "hearing", "module", "no module"),
        Planted("bank: listening, count", "bank: hearing, count", "hearing", "draw[2].bank",
                'no bank "hearing"'),
        Planted("count: 6", "count: 20", "count: 20", "draw[2].count", "draws 20 items, and 19"),
        Planted("count: 1", "count: 2", "count: 2", "draw[1].count", "draws 2 situational items"),
    ],
    ROLE_PLAY: [
        Planted("rubric: listening", "rubric: hearing", "hearing", "rubric", "no rubric"),
    ],
    PROGRAM: [
        Planted("[at-the-door]", "[at-the-dor]", "at-the-dor", "requires.role_plays[1]",
                'no role-play "at-the-dor"'),
        Planted("quizzes: [listening]", "quizzes: [hearing]", "hearing", "requires.quizzes[1]",
                'no quiz "hearing"'),
        Planted("modules: [listening]", "modules: [hearing]", "hearing", "modules[1]", "no module"),
        Planted("modules: [listening]", "modules: [hearing]", "requires",
                "requires.quizzes[1]", "belongs to module listening"),
    ],
}

MEANING = {
    BANK: [
        Planted(", correct: true, reason: \"It leaves room.\"", ', reason: "It leaves room."',
                "options", "items[listen-01].options", "has 0 right options"),
        Planted("text: Advising, reason", "text: Advising, correct: true, reason", "options",
                "items[listen-01].options", "has 2 right options"),
        Planted("worth: 1", "worth: 4", CRYING, "items[listen-situational].options",
                "2 options are worth 4"),
        Planted("worth: 4", "worth: 3", CRYING, "items[listen-situational].options",
                "No options are worth 4"),
        Planted("worth: 0, harmful", "harmful", "shames",
                "items[listen-situational].options[c].worth", '"worth" is missing'),
        Planted("worth: 0, harmful", "worth: 1, harmful", "shames",
                "items[listen-situational].options[c].worth", "harmful option earns"),
        Planted("match: b", "match: d", "match: d", "items[listen-matching].prompts[q].match",
                "no partner"),
        Planted("match: b", "match: a", "A sigh", "items[listen-matching].prompts[q].match",
                "share the option"),
        Planted("{id: b, text: Ask,", "{id: a, text: Ask,", "Ask",
                "items[listen-ordering].options[a].id", "used twice"),
        Planted("text: Ask,", "text: Greet,", "options:\n      - {id: a, text: Greet, r",
                "items[listen-ordering].options",
                "read the same"),
        Planted("text: Leaving", "text: All of the above", "All of",
                "items[listen-01].options[c].text", "stands for the others"),
        Planted("type: ordering", "type: matching", "listen-ordering",
                "items[listen-ordering].prompts", '"prompts" is missing'),
        Planted("type: single", "type: situational", "Waiting",
                "items[listen-01].options[a].correct",
                'A situational item has no "correct"'),
        Planted("text: How was it, correct: true", "text: How was it, worth: 4", "How was it",
                "items[listen-multiple].options[b].worth", 'no "worth"'),
        Planted("type: single", "type: multiple\n    credit: none", "credit: none",
                "items[listen-01].credit", "fit"),
        Planted("type: ordering", "type: multiple", "options:\n      - {id: a, text: Greet",
                "items[listen-ordering].options", "No option is right"),
        Planted("stem: Put", "stem: Which is NOT right? Put", "NOT", "items[listen-ordering].stem",
                "easily missed"),
    ],
    COMPETENCIES: [
        Planted("{id: I.2,", "{id: I.1,", "{id: I.1, status: recalled",
                "categories[I].competencies[I.1].id", "stands twice"),
    ],
    MODULE: [
        Planted("ethics: 20", "ethics: 10", "topics", "topics", "add up to 90 percent"),
        Planted("2027-05-22", "2026-11-21", "2026-11-21", "facts[1].review_by", "checked again by"),
    ],
    RUBRIC: [
        Planted("1: Talks over 3.", '1: "Not yet: talks"', "Not yet",
                "criteria[listens-3].levels.1",
                "repeats the name"),
        Planted("4: Sums up and asks 3.", "4: Sums up 3.", "4: Sums up 3",
                "criteria[listens-3].levels.4", "same as that of the level below"),
        Planted("It cannot be kept.\"}\n", TWICE, "promises-secrecy, text: Again",
                "criteria[listens-1].red_flags[promises-secrecy].id", "used twice"),
        Planted("id: listens-2", "id: listens-1", "id: listens-1\n    title: Listens 2",
                "criteria[listens-1].id", "twice"),
    ],
}

WAIT = 'text: Waiting, correct: true, reason: "It leaves room."}'
BENCH = {
    MODULE: [
        Planted("summary: Hear", "summary: Addicts hear", "Addicts", "summary", "into a label"),
        Planted("summary: Hear", "summary: Utilize what", "Utilize", "summary", "everyday life"),
        Planted("difficulty: 2", "needs: [listening]\ndifficulty: 2", "needs", "needs",
                "wait for each other: listening, then listening"),
        Planted("difficulty: 2", "needs: [hearing]\ndifficulty: 2", "hearing", "needs[1]",
                'no module "hearing"'),
        Planted("difficulty: 2", "content_note: It takes about 90 minutes to read.\ndifficulty: 2",
                "content_note", "content_note", "says about 90 minutes"),
    ],
    SECTION: [
        Planted("competencies: [I.2]", "competencies: [I.2]\ncontent_note: About 40 minutes.",
                "content_note", "content_note", "says about 40 minutes"),
        Planted("## Begin here", "He committed suicide.\n\n## Begin", "He committed", "",
                "into a label"),
    ],
    BANK: [
        Planted(f"stem: Ben is crying. What do you do?\n    {CRYING}",
                f"stem: Ben waits outside in thunder. What do you do?\n    {CRYING} in the thunder",
                "{id: a, text: Stay in", "items[listen-situational].options[a].text",
                "alone repeats a word of the stem: thunder"),
        Planted(WAIT, 'text: Tell her to skip the dose, correct: true, reason: "No."}', "Tell her",
                "items[listen-01].options[a].text", "like clinical advice"),
        Planted('b, text: Advising, reason: "It closes the talk."}\n      - {id: c, text: Leaving',
                'b, text: Always tell, reason: "It closes."}\n      - {id: c, text: Never tell',
                "options", "items[listen-01].options", "always or never"),
        Planted("stem: Match them.", "stem: Which of these is least like the others?",
                "stem: Which of these is", "items[listen-matching].stem", "easily missed"),
    ],
    PROGRAM: [
        Planted("exams: [final]", "exams: [listening]", "requires", "requires.exams[1]", "no exam"),
        Planted("quizzes: [listening]", "quizzes: [final]", "requires", "requires.quizzes[1]",
                '"final" is an exam'),
        Planted("live_minutes: 60", "live_minutes: 90", "requires", "requires.live_minutes",
                "its sessions give 60"),
        Planted("valid_months: 24", "renewal: {opens_days: 90, late_days: 0, minutes: 60}",
                "renewal", "renewal", "never ends"),
        Planted("valid_months: 24", "valid_months: 24\nrenewal: {opens_days: 90, late_days: 0, "
                "minutes: 60, live_minutes: 61}", "renewal", "renewal.live_minutes",
                "More live minutes"),
        Planted("sessions: [meeting]", "sessions: [meetings]", "sessions", "sessions[1]",
                'no guide "meetings"'),
    ],
    EXAM: [
        Planted("count: 5", "count: 15", "count: 15", "blueprint[I].count", "draws 15 of 20 items"),
        Planted("program: first-steps", "program: second-steps", "program", "program",
                'no program "second-steps"'),
        Planted("program: first-steps", "module: listening", "title", "", "neither a quiz nor"),
        Planted("count: 5}", "count: 5}\n  - {id: I, title: Again, count: 1}", "{id: I, title: Ag",
                "blueprint[I].id", "stands twice"),
        Planted("{id: I, title: Relationships, count: 5}",
                "{id: x, title: Hearing, count: 5, banks: [hearing]}", "banks",
                "blueprint[x].banks[1]", 'no bank "hearing"'),
    ],
    GUIDE: [
        Planted("ethics: 30", "ethics: 20", "topics", "topics", "add up to 90 percent"),
        Planted("## Exercise: two chairs", "## Two chairs", "title", "", 'no part "Exercise"'),
        Planted("[at-the-door]", "[at-the-gate]", "role_plays", "role_plays[1]", "no role-play"),
        Planted("- {minutes: 20, title: Arrive}", "- {title: Arrive}", "- {title",
                "plan[1].minutes", '"minutes" is missing'),
        Planted("Advice that", "## Handout\n\n#### Advice that", "#### Advice", "", "skips a rank"),
    ],
}

TEXT = [
    Planted("## Begin", "# Begin", "# Begin", "", "page's title"),
    Planted("## Begin here", "Begin here\n==========", "Begin here", "", "page's title"),
    Planted("## Begin", "##### Begin", "##### Begin", "", "of rank 5"),
    Planted("## Begin", "#### Begin", "#### Begin", "", "skips a rank"),
    Planted("## Begin", "<b>Now</b>\n\n## Begin", "<b>Now", "", "Raw HTML"),
    Planted("## Begin", "<!-- hidden -->\n\n## Begin", "<!--", "", "Raw HTML"),
    Planted("tel:988", "javascript:alert(1)", "javascript", "", "would be taken out"),
    Planted("tel:988", "feed:http://a.example", "feed", "", "would be taken out"),
    Planted("tel:988", "data:text/html,x", "data:", "", "would be taken out"),
    Planted("tel:988", "//a.example", "//a.example", "", "would be taken out"),
    Planted("## Begin", "<file:///etc/x>\n\n## Begin", "file:", "", "would be taken out"),
    Planted("## Begin", "[c]: vbscript:x\n\n## Begin", "vbscript", "", "would be taken out"),
    Planted("## Begin", "![](/a.png)\n\n## Begin", "a.png", "", "no words for those"),
    Planted("## Begin", "![A dog](https://a.example/a.png)\n\n## Begin", "A dog", "", "this site"),
    Planted("| Word | Meaning |\n", "", "|---|", "", "no header row"),
    Planted("| Word | Meaning |", "| | |", "| | |", "", "no header row"),
    Planted("/// say", "/// said", "/// said", "", 'no block "said"'),
    Planted("/// say | What you might say", "/// say", "/// say", "", "has no title"),
    Planted("opens a door.\n///", "opens a door.", "/// say", "", "never closed"),
    Planted("//// try", "/// try", "/// answer", "", "no more slashes"),
    Planted("## Begin", "///\n\n## Begin", "///", "", "close no block"),
]
# fmt: on


def _cases() -> list[object]:
    tables = [FORM, REFERENCES, MEANING, BENCH, {SECTION: TEXT}]
    rows = [(file, row) for table in tables for file, some in table.items() for row in some]
    return [pytest.param(file, row, id=f"{n}-{row.fault}") for n, (file, row) in enumerate(rows)]


@pytest.mark.parametrize(("file", "planted"), _cases())
def test_a_planted_fault_is_named_with_its_place_and_a_remedy(tree, file, planted):
    path = tree / file
    whole = path.read_text()
    assert planted.old in whole
    path.write_text(whole.replace(planted.old, planted.new, 1))
    found = [
        f
        for f in check(tree, TODAY)
        if (f.file, f.field) == (file, planted.field) and planted.fault in f.fault
    ]
    assert len(found) == 1
    broken = path.read_text()
    assert found[0].line == broken.count("\n", 0, broken.index(planted.at)) + 1
    assert found[0].remedy
    assert str(found[0]).startswith(f"{file}:{found[0].line}: ")


def test_a_good_tree_has_no_findings(tree):
    assert check(tree, TODAY) == ()
