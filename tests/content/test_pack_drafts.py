"""A pack that someone typed is read as one of ours, and each fault is named by its line."""

import pytest

from lms.content.pack_drafts import read_draft
from lms.records.shelf import Shelf
from tests.bureau import RULE


def test_a_sound_text_is_a_pack(shelf_of_libraries: Shelf):
    draft = read_draft(RULE.replace("\n", "\r\n"), shelf_of_libraries.current())
    assert draft.findings == ()
    assert draft.pack.title == "Our own rule"
    assert draft.pack.versions[0].stages[0].needs[0].hours.least == 60


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("", 1, "no fields"),
        ("title: [", 2, "cannot be read"),
        ("just words", 1, "no fields"),
        ("- a\n- b", 1, "no fields"),
        ("[" * 100, 1, "nested too deeply"),
        ("title: a\x01b", 1, "cannot be printed"),
        ("title: a\ntitle: b", 2, "twice"),
        (RULE.replace("confidence: high", "confidence: sure"), 10, "does not fit"),
        (RULE.replace("[S27]", "[S99999]"), 11, 'no source "S99999"'),
        (RULE.replace("    status: current\n", ""), 7, 'key "status" is missing'),
        (RULE + "more: 1\n", 19, 'key "more" is not known'),
    ],
)
def test_a_fault_is_named_by_its_line(shelf_of_libraries: Shelf, text: str, line: int, fault: str):
    draft = read_draft(text, shelf_of_libraries.current())
    assert draft.pack is None
    assert any(f.line == line and fault in f.fault and f.remedy for f in draft.findings), (
        draft.findings
    )
