"""The words of papers: each there in both languages, and neutral ones that tell nothing."""

import re

import pytest

from lms.content.places import content_root
from lms.content.tree import read
from lms.domain.paper_words import Words, form, said, telling
from lms.records.drafting import IN_WORDS, RETENTION

PAPERS = content_root() / "templates" / "papers"
_WORDS = re.compile(r'w\("([^"]+)"\)')


@pytest.mark.parametrize("paper", ["certificate.html", "transcript.html", "_parts.html"])
def test_every_word_of_a_paper_is_there_in_spanish(paper):
    used = _WORDS.findall((PAPERS / paper).read_text(encoding="utf-8"))
    assert used
    for words in used:
        assert said("es", words) != words, words


@pytest.mark.parametrize("words", [*IN_WORDS.values(), RETENTION])
def test_what_facts_are_put_in_is_there_in_spanish(words):
    assert said("es", words) != words
    assert said("en", words) == words


def test_a_word_that_the_form_does_not_have_is_an_error_and_never_english_by_chance():
    for language in ("en", "es"):
        with pytest.raises(LookupError):
            said(language, "Certificate of attendance")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_says_nothing_that_could_be_a_fact(language):
    words = form(language)
    assert not {said(language, one) for one in IN_WORDS.values()} & set(words)
    assert not {said(language, one) for one in ("none", "No end date", "to", "of")} & set(words)


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("Recovery and the peer role", True),
        ("Overdose response", True),
        ("Reducción de daños", True),
        ("La recuperación", True),
        ("Riverside Recovery School", True),
        ("Support Skills Foundations", False),
        ("Humildad cultural", False),
    ],
)
def test_what_tells_is_found(line, tells):
    assert bool(telling([line])) is tells


@pytest.mark.parametrize("words", [one for one in Words if one])
def test_every_program_of_ours_can_be_had_in_every_wording(words):
    programs = [e for e in read(content_root()).editions if e.kind == "program"]
    assert programs
    for program in programs:
        wording = program.body["wordings"][words]
        lines = [wording["title"], wording["statement"], *wording["objectives"]]
        assert not (words.is_neutral and telling(lines)), (program.id, telling(lines))


def test_topics_that_tell_have_neutral_titles_that_do_not():
    (framework,) = [e for e in read(content_root()).editions if e.kind == "framework"]
    for topic in framework.body["topics"]:
        for words in (Words.NEUTRAL, Words.SPANISH_NEUTRAL):
            usual = topic["title"] if words is Words.NEUTRAL else topic["words"]["es"]
            shown = topic["words"].get(words, usual)
            assert not telling([shown]), (topic["id"], shown)
