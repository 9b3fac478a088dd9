"""Files as a forger makes them who knows only how the verify page looks, and files that broke."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

import pikepdf
from PIL import Image

from lms.domain.certificate import Facts, HourLine, code_from, spaced
from lms.formats import papers
from lms.formats.attached import Attached
from lms.formats.sheets import public_address
from tests.formats.conftest import PLACE

Press = Callable[..., bytes]


@dataclass(frozen=True)
class Stolen:
    """What a forger has: the facts and the paper of a real certificate, and those of another."""

    facts: Facts
    paper: bytes
    other: Facts
    other_paper: bytes
    older_paper: bytes


def inside(paper: bytes) -> list[Attached]:
    """The files inside a paper."""
    with pikepdf.open(BytesIO(paper)) as pdf:
        return [
            Attached(name, "", bytes(spec.get_file().read_bytes()))
            for name, spec in sorted(pdf.attachments.items())
        ]


def reprinted(
    facts: Facts, attached: list[Attached], press: Press = papers.certificate_pdf
) -> bytes:
    """Our own look with other words: the best a forger can do."""
    return press(facts, PLACE, attached)


def edited(paper: bytes, change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    """A paper after something was done to it with a tool for PDFs."""
    kept = BytesIO()
    with pikepdf.open(BytesIO(paper)) as pdf:
        change(pdf)
        pdf.save(kept, **how)
    return kept.getvalue()


def with_file(name: str, body: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Put a file inside, in the place of one of that name."""

    def put(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, body, filename=name)

    return put


def without_files(pdf: pikepdf.Pdf) -> None:
    """Take every file out."""
    for name in list(pdf.attachments):
        del pdf.attachments[name]


def with_script(pdf: pikepdf.Pdf) -> None:
    """Something that a reader would run."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('valid')")
    pdf.Root.OpenAction = pdf.make_indirect(action)


def with_link(address: str) -> Callable[[pikepdf.Pdf], None]:
    """Every link leads elsewhere."""

    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                if "/A" in note and "/URI" in note.A:
                    note.A.URI = pikepdf.String(address)

    return turn


def with_page(words: str) -> Callable[[pikepdf.Pdf], None]:
    """One more page that says something."""

    def add(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 72 700 Td ({words}) Tj ET".encode())

    return add


def many_pages(count: int) -> Callable[[pikepdf.Pdf], None]:
    """So many empty pages more."""

    def add(pdf: pikepdf.Pdf) -> None:
        for _ in range(count):
            pdf.add_blank_page(page_size=(612, 792))

    return add


def picture() -> bytes:
    """A page that is a picture alone, as from a scanner that reads no letters."""
    kept = BytesIO()
    Image.new("RGB", (600, 400), "white").save(kept, "PDF")
    return kept.getvalue()


def bomb() -> bytes:
    """A small file that unpacks to two gigabytes."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    page.Contents = pdf.make_stream(b"q Q " * 30_000_000)
    kept = BytesIO()
    pdf.save(kept, compress_streams=True)
    return kept.getvalue()


def locked(paper: bytes) -> bytes:
    """A paper with a password."""
    rules = pikepdf.Encryption(owner="o", user="u", R=6)
    return edited(paper, lambda _pdf: None, encryption=rules)


def plain(*lines: str) -> bytes:
    """A page of plain lines, as from a word processor."""
    pdf = pikepdf.new()
    with_page(") Tj 0 -20 Td (".join(lines))(pdf)
    kept = BytesIO()
    pdf.save(kept)
    return kept.getvalue()


NOT_OURS = code_from(2**127 + 5)


def copied_by_hand(facts: Facts, code: str) -> bytes:
    """The words of a certificate, typed anew."""
    return plain(
        "Certificate of completion", facts.provider, "Eve Hill", facts.program, spaced(code)
    )


def files(stolen: Stolen) -> dict[str, tuple[str, set[str], bytes | Callable[[], bytes]]]:
    """Name of the trick: the verdict it must get, reasons that must be told, and the file."""
    facts, paper, own = stolen.facts, stolen.paper, inside(stolen.paper)
    theirs = inside(stolen.other_paper)
    first, *rest = facts.hours
    day = date.fromisoformat(facts.completed_on)

    def text(**words: object) -> Callable[[], bytes]:
        return lambda: reprinted(replace(facts, **words), own)

    def script(**words: object) -> Callable[[], bytes]:
        return lambda: reprinted(replace(facts, **words), own, papers.transcript_pdf)

    differs, lines, added = "differs", {"lines-differ"}, {"lines-added"}
    return {
        "another name": (differs, lines, text(holder="Eve Hill")),
        "one letter of the name": (differs, lines, text(holder=facts.holder[:-1] + "o")),
        "a name with a letter of another alphabet": (
            differs, lines, text(holder=facts.holder.replace("a", "а"))  # noqa: RUF001 - the trick
        ),
        "a second name": (differs, added, text(holder=facts.holder + " and Eve Hill")),
        "more hours in all": (differs, lines, text(minutes=facts.minutes + 600)),
        "ten times the hours": (differs, lines, text(minutes=facts.minutes * 10)),
        "more hours of a topic": (
            differs, lines, text(hours=(replace(first, minutes=first.minutes + 60), *rest))
        ),
        "hours called live": (
            differs, set(), text(hours=(replace(first, modality="Live, in person"), *rest))
        ),
        "a topic that was not taught": (
            differs, added, text(hours=(*facts.hours, HourLine("Tax law", "Self-paced online", 60)))
        ),
        "another day of completion": (
            differs, lines, text(completed_on=day.replace(day=day.day % 28 + 1).isoformat())
        ),
        "another year of issue": (differs, set(), text(issued_on=f"2031{facts.issued_on[4:]}")),
        "valid for ever": (differs, set(), text(expires_on=None)),
        "valid for longer": (differs, lines, text(expires_on="2039-03-02")),
        "another program": (differs, set(), text(program="Peer Support Mastery")),
        "another edition": (differs, lines, text(edition="000000000000")),
        "a better statement": (differs, set(), text(statement="With distinction.")),
        "another provider": (differs, set(), text(provider="State University of Peers")),
        "another signatory": (differs, set(), text(signatory="The Governor")),
        "an approval it does not have": (differs, added, text(approvals=("Board no. 88-1201",))),
        "an instructor who was not there": (
            differs, set(), text(instructors=(*facts.instructors, "Prof. Nobody Knows"))
        ),
        "a better assessment": (differs, set(), text(assessment=("Everything passed at 100 %",))),
        "hours changed in the transcript": (differs, lines, script(minutes=facts.minutes + 60)),
        "a cell changed in the transcript": (
            differs, lines, script(hours=(replace(first, minutes=first.minutes + 60), *rest))
        ),
        "an objective added to the transcript": (
            differs, added, script(objectives=(*facts.objectives, "Prescribe medicine."))
        ),
        "the files of another person": (
            differs, {"inside-of-another"}, reprinted(facts, theirs)
        ),
        "the files of an older version": (
            differs, {"inside-of-an-older"}, reprinted(facts, inside(stolen.older_paper))
        ),
        "text and files both changed": (
            differs, {"inside-changed"},
            lambda: edited(text(holder="Eve Hill")(), with_file("record.json", b'{"a": 1}')),
        ),
        "only the file inside changed": (
            differs, {"inside-changed"}, edited(paper, with_file("credential.json", b"{}"))
        ),
        "the code of someone else printed": (
            differs, {"inside-of-another"},
            reprinted(replace(facts, code=stolen.other.code), own),
        ),
        "the link turned to someone else": (
            differs, {"codes-disagree"},
            edited(paper, with_link(public_address(stolen.other))),
        ),
        "a page added": (differs, added, edited(paper, with_page("Also: 40 hours of ethics"))),
        "a program inside": (differs, {"can-act"}, edited(paper, with_script)),
        "typed anew with a real code": (differs, added, copied_by_hand(facts, facts.code)),
        "typed anew with an invented code": ("not-ours", set(), copied_by_hand(facts, NOT_OURS)),
        "no code at all": ("not-ours", set(), plain("Certificate of completion", "Eve")),
        "a picture alone": ("not-ours", set(), picture()),
        "saved again": ("agrees", set(), edited(paper, lambda _pdf: None)),
        "its files taken out": ("agrees", {"inside-gone"}, edited(paper, without_files)),
        "a password": ("unreadable", {"encrypted"}, locked(paper)),
        "cut off": ("unreadable", {"broken"}, paper[: len(paper) // 3]),
        "zeros in the middle": ("unreadable", {"broken"}, b"%PDF-1.7\n" + bytes(5_000)),
        "no PDF": ("unreadable", {"no-pdf"}, b"PK\x03\x04" + bytes(100)),
        "ten thousand pages": (
            "unreadable", {"too-many-pages"}, lambda: edited(paper, many_pages(10_000))
        ),
        "a bomb": ("unreadable", {"too-much"}, bomb),
        "far too large": ("unreadable", {"too-large"}, b"%PDF-1.7\n" + bytes(20_000_001)),
    }  # fmt: skip
