"""Certificates from the command line, by code and by file."""

from collections.abc import Callable
from pathlib import Path

from lms.domain.certificate import spaced
from lms.domain.people import Role
from lms.jobs import outbox
from lms.models.people import Person
from lms.records import certificates
from tests.cli.conftest import Lms
from tests.school import HOST, PROGRAM, School

UNKNOWN = "0" * 27
FOREIGN_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def certified(school: School) -> tuple[Person, str]:
    learner = school.person(Role.LEARNER, school.cohort(), "Ana Ruiz")
    return learner, school.certify(learner)


def paper_of(school: School, code: str, kind: str = certificates.CERTIFICATE) -> bytes:
    outbox.run_due(
        outbox.Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    )
    with school.database.reading() as session:
        record = certificates.look_up(session, code, school.now, school.office)
        assert record is not None
        pdf = certificates.paper(session, record.certificate, kind)
    assert pdf is not None
    return pdf


def test_a_certificate_is_shown_and_verified_by_its_code_however_it_is_typed(
    shop: School, lms: Lms
):
    _learner, code = certified(shop)
    for typed in (code, spaced(code), code.lower(), f"{HOST}/verify/{code}", f" {spaced(code)} "):
        assert lms("cert", "verify", typed).out.startswith("valid since 2026-03-02"), typed
    shown = lms("cert", "show", code, "--json").json
    assert shown["state"] == "valid"
    assert shown["facts"]["holder"] == "Ana Ruiz"
    assert shown["since"] == "2026-03-02"
    assert "holder   Ana Ruiz" in lms("cert", "show", code).out


def test_revoked_once_and_for_good_with_a_reason_that_anyone_sees(shop: School, lms: Lms):
    learner, code = certified(shop)
    words = ("cert", "revoke", code, "--reason", "holder-asked", "--yes")
    assert lms(*words).err == "Revoked.\n"
    lms(*words).refused("already revoked or replaced")
    verified = lms("cert", "verify", code, "--json")
    assert verified.code == 1
    assert (verified.json["state"], verified.json["reason"]) == ("revoked", "holder-asked")
    assert "reason   " in lms("cert", "show", code).out
    shop.read_all(learner)
    lms("cert", "issue", learner.email, PROGRAM).refused("Not issued, because this is missing")


def test_a_code_of_nobody_is_refused_in_words(shop: School, lms: Lms):
    for words in (["show"], ["verify"], ["revoke", "--reason", "holder-asked", "--yes"]):
        for typed in ("hello", "", "🎓" * 300, "x" * 5000):
            lms("cert", *words, typed).refused("is not one of our codes")
        lms("cert", *words, UNKNOWN).refused("Not issued by us")


def test_issue_says_everything_that_is_missing(shop: School, lms: Lms):
    learner = shop.person(Role.LEARNER, shop.cohort())
    ran = lms("cert", "issue", learner.email, PROGRAM)
    ran.refused("Not issued, because this is missing: section: ")
    for missing in ("quiz: Crisis support quiz", "role-play: Marcus at the door", "live: "):
        assert missing in ran.err
    lms("cert", "issue", learner.email, "no-program").refused("does not take no-program")
    lms("cert", "issue", "no@one.example", PROGRAM).refused("has no account here")


def test_a_name_that_cannot_be_printed_is_refused_with_its_letters(shop: School, lms: Lms):
    odd = shop.person(Role.LEARNER, shop.cohort(), "Ana \U00012000 \U00012001")
    ran = lms("cert", "issue", odd.email, PROGRAM)
    ran.refused("\U00012000\U00012001")


NOT_OURS = "its bytes are not the ones"
Damage = Callable[[bytes], bytes]
FILES: list[tuple[str, Damage, str]] = [
    ("a changed byte", lambda pdf: pdf[:-20] + bytes([pdf[-20] ^ 1]) + pdf[-19:], NOT_OURS),
    ("a byte more", lambda pdf: pdf + b"\n", NOT_OURS),
    ("another version", lambda pdf: pdf.replace(b"%PDF-1.7", b"%PDF-1.6"), NOT_OURS),
    ("a foreign PDF", lambda _pdf: FOREIGN_PDF, "is not a paper of ours"),
    ("a text file", lambda _pdf: b"Certificate of completion", "is not a paper of ours"),
    ("an empty file", lambda _pdf: b"", "is not a paper of ours"),
    ("21 MB", lambda pdf: pdf + b"\0" * 21_000_000, "larger than 20 MB"),
    ("our link in a text", lambda pdf: b"x" + pdf, "is not a paper of ours"),
]


def test_a_file_is_ours_byte_for_byte_or_it_is_not(shop: School, lms: Lms, tmp_path: Path):
    _learner, code = certified(shop)
    paper = paper_of(shop, code)
    path = tmp_path / "paper of Ana.pdf"
    for ours in (paper, paper_of(shop, code, certificates.TRANSCRIPT)):
        path.write_bytes(ours)
        ran = lms("cert", "verify", path)
        assert ran.code == 0, ran.err
        assert "byte for byte what we issued" in ran.err
        assert spaced(code) in ran.out
    for name, damage, said in FILES:
        path.write_bytes(damage(paper))
        ran = lms("cert", "verify", path)
        assert (name, ran.code) == (name, 1)
        ran.refused(said)


def test_what_is_no_paper_of_ours_is_named(shop: School, lms: Lms, tmp_path: Path):
    path = tmp_path / "forged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + f"{HOST}/verify/{UNKNOWN}".encode() + b"\n%%EOF")
    lms("cert", "verify", path).refused("is not a paper of ours")
    lms("cert", "verify", "missing.pdf").refused("There is no file missing.pdf")
    lms("cert", "verify", tmp_path).refused("is not one of our codes")
