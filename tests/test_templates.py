"""Promises about the templates: translated, escaped, and free of leftovers."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

TEMPLATES = Path(__file__).parent.parent / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))

# Puts HTML that lms.content.render made and cleaned on a page as it is; nothing else does.
SHOWS_RENDERED_HTML = {"_ui/prose.html"}
# A paper is printed in one language from frozen facts, and never from a page's catalogue.
TRANSLATED = [path for path in PAGES if path.parent.name != "papers"]
NAMES = {"Peerpath"}
MARK = "x0"  # may stand for a tag, an attribute or a word, and is none
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title"}
GETTEXT = {"_", "gettext", "ngettext", "npgettext", "pgettext"}
SENTENCE = re.compile(r"[A-Z][a-z']+[ .?!]")
WORD = re.compile(r"[^\W\d_]{2,}")


class Spoken(HTMLParser):
    """Collects the words of a page that a person sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.unread = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread = tag in {"code", "pre", "script", "style"}
        named = dict(attrs).get("name")
        spoken = SPOKEN - ({"content"} if named != "description" else set())
        self.texts += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag: str) -> None:
        self.unread = False

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.texts.append(data)


def tree(path: Path) -> nodes.Template:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    return environment.parse(path.read_text(encoding="utf-8"))


def page_id(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def loose_words(page: nodes.Template) -> list[str]:
    """The words written into the page itself, outside gettext."""
    reader = Spoken()
    for piece in pieces(page):
        reader.feed(piece)
    reader.close()
    told = [text.strip() for text in reader.texts if WORD.search(text)]
    return [text for text in told if text.strip(f" ·—{MARK}") not in NAMES]


def pieces(node: nodes.Node) -> Iterator[str]:
    """The page in reading order, each expression as a mark, so that tags stay whole."""
    if isinstance(node, nodes.Block) and node.name == "page_class":
        return
    for child in node.iter_child_nodes():
        if not isinstance(node, nodes.Output):
            yield from pieces(child)
        else:
            yield child.data if isinstance(child, nodes.TemplateData) else MARK


def loose_sentences(page: nodes.Template) -> list[str]:
    """String constants that read like a sentence and are not an argument of gettext."""
    translated = {id(const) for call in gettext_calls(page) for const in call.find_all(nodes.Const)}
    return [
        const.value
        for const in page.find_all(nodes.Const)
        if id(const) not in translated
        and isinstance(const.value, str)
        and SENTENCE.match(const.value)
    ]


def gettext_calls(page: nodes.Template) -> Iterator[nodes.Call]:
    for call in page.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT:
            yield call


def imports(page: nodes.Template) -> set[str]:
    named = {
        name if isinstance(name, str) else name[1]
        for statement in page.find_all(nodes.FromImport)
        for name in statement.names
    }
    return named | {statement.target for statement in page.find_all(nodes.Import)}


@pytest.mark.parametrize("path", TRANSLATED, ids=page_id)
def test_every_word_of_a_template_can_be_translated(path):
    page = tree(path)
    assert loose_words(page) + loose_sentences(page) == []


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_every_import_of_a_template_is_used(path):
    page = tree(path)
    used = {name.name for name in page.find_all(nodes.Name) if name.ctx == "load"}
    assert imports(page) - used == set()


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_only_rendered_content_is_shown_unescaped(path):
    page = tree(path)
    trusting = [node for node in page.find_all(nodes.Filter) if node.name == "safe"]
    trusting += page.find_all(nodes.ScopedEvalContextModifier)
    assert trusting == [] or page_id(path) in SHOWS_RENDERED_HTML


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_no_template_needs_inline_script_or_style(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{{ _('Hello') }}</p>", []),
        ("<p>{% trans %}Hello {{ x }}{% endtrans %}</p>", []),
        ("<p>Hello</p>", ["Hello"]),
        ('<img alt="A ring">', ["A ring"]),
        ('<p class="big {{ x }}">988</p>', []),
        ("{{ form('Send it now.') }}", ["Send it now."]),
        ("<title>{{ x }} · Peerpath</title>", []),
    ],
)
def test_the_search_for_untranslated_words_finds_them(template, words):
    page = Environment(extensions=["jinja2.ext.i18n"]).parse(template)  # noqa: S701
    assert loose_words(page) + loose_sentences(page) == words
