"""Printing certificates and transcripts, outside of any transaction."""

from collections.abc import Callable
from datetime import datetime

from lms.config import Settings
from lms.formats import attached, looks, pades, papers
from lms.jobs import credential_work
from lms.models.certificates import Certificate
from lms.models.database import Database
from lms.records import certificates

_PRESSES = {
    certificates.CERTIFICATE: papers.certificate_pdf,
    certificates.TRANSCRIPT: papers.transcript_pdf,
}


def print_one(
    settings: Settings,
    database: Database,
    clock: Callable[[], datetime],
    certificate_id: int,
    kind: str,
) -> None:
    """Print a paper of a certificate with what machines read inside it, and keep the bytes.

    Raises NoKey when nothing can be signed, NoLook when the look cannot be read.
    """
    inside = [
        attached.credential(credential_work.ensure(settings, database, clock, certificate_id))
    ]
    with database.reading() as reading:
        row = reading.get_one(Certificate, certificate_id)
        facts = certificates.facts_of(row)
        if record := credential_work.record_of(reading, row):
            inside.append(attached.record(record))
    to_sign = pades.is_on(settings.data)
    look = looks.look_of(settings.data)
    bare = _PRESSES[kind](facts, look.place, inside, to_sign=to_sign)
    pdf = pades.sign(settings.data, settings.pdf_key_password, bare) if to_sign else bare
    with database.writing() as session:
        certificates.keep_paper(session, clock(), certificate_id, kind, look.template, pdf, bare)
        session.commit()
