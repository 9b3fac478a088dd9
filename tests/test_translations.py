"""Every sentence can be translated, and every language says everything with the same blanks."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "lms" / "translations").glob("*/LC_MESSAGES/*.po"))
BLANK = re.compile(r"%\(\w+\)[a-z]")


def messages(path: Path) -> list[Message]:
    with path.open("rb") as source:
        return [message for message in read_po(source) if message.id]


def said(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def unsaid(found: list[Message]) -> list[object]:
    """Messages without a translation, or with a guessed one."""
    return [m.id for m in found if m.fuzzy or not all(said(m.string))]


def changed(found: list[Message]) -> list[object]:
    """Messages whose translation has a blank that nobody fills in."""
    return [
        m.id
        for m in found
        for words in said(m.string)
        if words and set(BLANK.findall(words)) - set(BLANK.findall(" ".join(said(m.id))))
    ]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """Every sentence of code and templates, gathered as bin/translate does."""
    pot = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [ROOT / "bin" / "translate", "--check"]
    subprocess.run(command, check=True, env=os.environ | {"POT": str(pot)})
    return messages(pot)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("There is a problem", "a component"),
        ("Your certificates", "a page"),
        ("You are signed out.", "a view"),
        ("Enter your password.", "a form's label made at import"),
        ("This day has not come yet. Write hours down after they happened.", "a refusal"),
        ("Main", "the frame"),
        ("%(missing)s to go.", "a sentence of a rule"),
    ],
)
def test_a_sentence_is_gathered_for_translators(gathered: list[Message], sentence: str, place: str):
    assert sentence in [m.id for m in gathered], place


def test_plurals_are_gathered_as_pairs(gathered: list[Message]):
    pairs = [m.id for m in gathered if isinstance(m.id, tuple)]
    assert len(pairs) > 5
    assert ("%(num)s outcome is released.", "%(num)s outcomes are released.") in pairs


def test_every_catalogue_says_everything_with_the_same_blanks():
    for path in CATALOGUES:
        assert unsaid(messages(path)) == [], path
        assert changed(messages(path)) == [], path


def test_the_check_of_catalogues_names_what_is_missing_guessed_or_misspelt():
    whole = Message("Wait %(n)s hours", "Espera %(n)s horas")
    missing = Message("Sign in", "")
    guess = Message("Sign out", "Salir", flags=["fuzzy"])
    misspelt = Message("Until %(end)s", "Hasta %(fin)s")
    found = [whole, missing, guess, misspelt]
    assert unsaid(found) == ["Sign in", "Sign out"]
    assert changed(found) == ["Until %(end)s"]
