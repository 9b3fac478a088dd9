"""Every language says everything, with the same blanks to fill in."""

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


@pytest.mark.skipif(not CATALOGUES, reason="English only: there is no catalogue yet")
def test_the_catalogues_hold_exactly_what_the_pages_say():
    check = subprocess.run(
        [ROOT / "bin" / "translate", "--check"], check=False, capture_output=True, text=True
    )
    assert check.returncode == 0, check.stderr


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_message_is_translated_and_none_is_a_guess(path):
    unsaid = [m.id for m in messages(path) if m.fuzzy or not all(said(m.string))]
    assert unsaid == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_translation_has_the_blanks_of_its_message(path):
    changed = [
        m.id
        for m in messages(path)
        for words in said(m.string)
        if words and set(BLANK.findall(words)) - set(BLANK.findall(" ".join(said(m.id))))
    ]
    assert changed == []
