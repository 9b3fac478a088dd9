"""What comes out of markdown: nothing that runs, and everything with a name."""

import re

import pytest
from bs4 import BeautifulSoup

from lms.content.callouts import LABELS
from lms.content.marks import among
from lms.content.prose import count_words
from lms.content.render import render


def page(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(render(markdown).html, "html.parser")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)">',
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<style>body{display:none}</style>",
    "<!--><script>alert(1)</script>-->",
    "`<script>alert(1)</script>`",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#x1;javascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//a.example)",
    "[x](\\\\a.example)",
    "[x](/\\a.example)",
    "[x](learn/other)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://a.example/x.png)",
    '![x](/x.png "\\" onerror=alert(1)")',
    '[x](#a "\\" onmouseover=alert(1)")',
    "/// say | <img src=x onerror=alert(1)>\nx\n///",
    "/// say | x\n    attrs: {onclick: 'alert(1)', id: main, style: 'display:none'}\n\nx\n///",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "|<script>|\n|---|\n|<img onerror=alert(1)>|",
    "# <script>alert(1)</script>",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_an_author_writes_can_run_or_leave_the_site_unasked(markdown):
    found = page(markdown)
    assert not found.find_all(["script", "svg", "math", "iframe", "style", "form", "object"])
    for element in found.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        assert element.get("id") != "main"
        assert "href" not in element.attrs or element["href"].startswith("#")
        assert "src" not in element.attrs or element["src"].startswith("/x")


@pytest.mark.parametrize(
    "href",
    [
        "https://a.example/b?c=d&e",
        "http://a.example",
        "mailto:a@b.example",
        "tel:988",
        "sms:838255",
        "/help#top",
        "#h-begin",
    ],
)
def test_the_links_people_need_stay(href):
    assert page(f"[call]({href})").a["href"] == href


def test_a_section_link_waits_for_its_program():
    assert page("[x](section:listening/part-1)").a["href"] == "/learn/-/listening/part-1"


def test_a_section_link_can_be_resolved_by_the_caller():
    html = render("[x](section:a/b)", lambda module, section: f"/{section}/{module}").html
    assert 'href="/b/a"' in html


@pytest.mark.parametrize(("kind", "label"), LABELS.items())
def test_every_block_says_its_kind_in_words_and_is_named_by_them(kind, label):
    found = page(f"/// {kind}\nText.\n///")
    if kind == "answer":
        assert found.details.summary.text == label
        return
    box = found.find(class_=f"callout-{kind}")
    assert box["role"] == "note"
    assert found.find(id=box["aria-labelledby"]).text == label


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Ask your agency", "Your state decides: Ask your agency"),
        ("Your state decides", "Your state decides"),
        ("Your state decides about gifts", "Your state decides about gifts"),
    ],
)
def test_a_title_of_ones_own_does_not_hide_the_kind(title, label):
    assert page(f"/// law | {title}\nText.\n///").p.text == label


def test_an_answer_opens_inside_its_task():
    found = page("//// try | Try it\nDo.\n\n/// answer | One good answer\nDone.\n///\n////")
    assert found.section.details.p.text == "Done."
    assert found.section["class"] == ["callout", "callout-try"]


def test_two_blocks_have_two_names():
    ids = [box["id"] for box in page("/// note\na\n///\n\n/// note\nb\n///").select("p[id]")]
    assert ids == ["callout-1", "callout-2"]


def test_a_table_says_which_cells_are_headers_and_can_be_scrolled_by_keyboard():
    found = page("| | Call | Text |\n|---|:-:|---|\n| Veterans | 988 | 838255 |")
    region = found.div
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"] == "Table: Call, Text"
    assert [th["scope"] for th in found.find_all("th")] == ["col", "col", "row"]
    assert not found.select("th:empty")


def test_only_a_bold_first_cell_names_its_row_when_the_first_column_has_a_name():
    found = page("| A | B |\n|---|---|\n| **x** | 1 |\n| y | 2 |")
    assert [th.text for th in found.select("tbody th")] == ["x"]


def test_headings_begin_below_the_title_of_the_page():
    found = page("# One\n\n## Two\n\n###### Six")
    assert [h.name for h in found.find_all(re.compile("^h"))] == ["h2", "h2", "h4"]
    assert [h["id"] for h in found.find_all("h2")] == ["h-one", "h-two"]


def test_a_heading_without_letters_of_ours_still_has_a_place():
    assert page("## 支持").h2["id"].startswith("h-")


def test_notes_and_the_way_back_from_them_have_names():
    found = page("Text[^a].\n\n[^a]: Note.")
    there, back = found.find_all("a")
    assert there["aria-label"] == "Note a"
    assert back["aria-label"] == "Back to the text of note a"
    assert found.find(id=there["href"][1:])
    assert found.find(id=back["href"][1:])


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("One two three.", 3),
        ("Don't part person-first words.", 4),
        ("## A heading\n\nOne.", 1),
        ("/// say | What you might say\nOne two.\n///", 2),
        ("/// answer | One good answer\nOne.\n///", 1),
        ("One[^1].\n\n[^1]: Two three.", 1),
        ("| A | B |\n|---|---|\n| one | two |", 4),
        ("- one\n- two", 2),
        ("`<b>` one — two", 3),
        ("", 0),
    ],
)
def test_words_are_those_of_the_learning_content(markdown, words):
    assert render(markdown).words == words


def test_words_of_two_lines_are_not_run_together():
    assert count_words("<p>one<br>two</p><ul><li>three</li></ul>") == 3


def test_texts_on_one_page_keep_their_names_apart():
    words = '## Ask\n\nSee [the top](#h-ask).[^1] Typed: ` id="x"`'
    html = render(f"{words}\n\n/// note\nOne.\n///\n\n[^1]: There.").html
    both = BeautifulSoup(among(html, "first") + among(html, "second"), "html.parser")
    ids = [element["id"] for element in both.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"].removeprefix("#") for link in both.select("a")} <= set(ids)
    assert {box["aria-labelledby"] for box in both.select("aside")} <= set(ids)
    assert [code.text for code in both.select("code")] == ['id="x"'] * 2
