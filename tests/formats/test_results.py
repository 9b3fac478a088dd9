"""Result sheets: what stands on them, for eyes and for screen readers, the same every time."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest

from lms.domain.batches import Answer, Match, Notes, Said
from lms.domain.certificate import code_from
from lms.formats import papers, results
from lms.formats.results import Sheet

PLACE = Path(__file__).parents[2] / "templates"
AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NAMES = {"board": "Ohio Board", "provider": "Riverside", "ref": "0" * 26}
CODE = code_from(2**120 + 5)


def of(*answers: Answer, notes: Notes | None = None) -> Sheet:
    return results.batch_sheet(
        answers, notes or Notes(), AT, NAMES, "https://school.example/verify/sheet"
    )


SHEETS = {
    "short": of(Answer(2, "A-1", CODE, Said.VALID, since="2026-03-02", code=CODE, holder="Ana")),
    "long": of(
        *(Answer(n, f"A-{n}", "x", Said.UNREADABLE) for n in range(1, 60)),
        notes=Notes(3, "utf-16", {"A": (1, 2)}, {CODE: tuple(range(20))}),
    ),
    "turned": of(Answer(1, "אתיקה", "فاطمة", Said.UNREADABLE)),
    "demo": of(Answer(1, "", CODE, Said.EXPIRED, since="2026-01-01", code=CODE, demo=True)),
    "decision": results.decision_sheet(
        {"Board": "Ohio Board"}, "Four hours\n\nare missing.", AT, "Riverside", "https://a", True
    ),
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_a_checker_finds_nothing_and_the_bytes_are_the_same_again(sheet: Sheet, tmp_path: Path):
    pdf = papers.result_pdf(sheet, PLACE)
    assert papers.result_pdf(results.unpacked(results.packed(sheet)), PLACE) == pdf
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    assert list(pdfua.validate(str(tmp_path / "sheet.pdf")).findings) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "en"
        assert str(opened.docinfo.Title) == sheet.title


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(1, "", "", Said.VALID, since="2026-03-02"), "valid since 2026-03-02"),
        (Answer(1, "", "", Said.EXPIRED, since="2026-03-02"), "up to and including 2026-03-02"),
        (
            Answer(1, "", "", Said.REPLACED, since="2026-03-02", replaced_by=CODE),
            f"replaced on 2026-03-02 by {CODE[:5]}-",
        ),
        (
            Answer(1, "", "", Said.REVOKED, since="2026-03-02", reason="holder-asked"),
            "revoked on 2026-03-02: the holder asked for it",
        ),
        (Answer(1, "", "", Said.REVOKED, since="2026-03-02"), "no reason given"),
        (Answer(1, "", "", Said.NOT_OURS), "nobody here holds this code"),
        (Answer(1, "", "", Said.UNREADABLE), "compare it with the paper"),
        (Answer(1, "", "", Said.VALID, since="x", demo=True), "DEMO, proves nothing: valid"),
    ],
)
def test_every_answer_is_a_sentence(answer: Answer, words: str):
    assert words in results.in_words(answer)


def test_what_was_compared_stands_beside_the_line():
    sheet = of(
        Answer(1, "", CODE, Said.VALID, name=Match.SAME, hours=Match.DIFFERS, paper=Match.DIFFERS)
    )
    assert sheet.rows[0][-1] == "name same; hours DIFFERS; CHANGED or saved anew"


def test_remarks_name_rows_up_to_a_dozen():
    found = list(results.remarks(Notes(2, "latin-1", {"A": (1, 2)}, {CODE: tuple(range(20))})))
    assert found[0] == "The id A stands in rows 1, 2. Each was answered."
    assert "10, 11 and 8 more." in found[1]
    assert "passed over: 2" in found[2]
    assert "latin-1" in found[3]
