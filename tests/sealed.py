"""A school with certificates of every fate, printed and sealed as a board would keep them."""

from dataclasses import dataclass
from pathlib import Path

from lms.domain.certificate import Facts, ReasonClass
from lms.formats import bundle
from lms.jobs import outbox, sealing_archive
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import certificates, issuing
from tests.log_kept import holder, publish, with_key
from tests.school import School


@dataclass
class Sealed:
    """A bundle and the papers of four people, by their fate."""

    files: dict[str, bytes]
    papers: dict[str, bytes]
    transcript: bytes
    codes: dict[str, str]
    facts: Facts
    key: str

    def written(self, folder: Path) -> Path:
        """The bundle in a folder."""
        bundle.write(self.files, folder / "bundle")
        return folder / "bundle"


def sealed(school: School) -> Sealed:
    """Ana's stands, Ben's was revoked, Cara's was replaced and her newer one stands."""
    rows = {}
    with_key(school)
    for name in ("Ana Ruiz", "Ben Okoye", "Cara Lind"):
        person, rows[name] = holder(school, name)
    with school.database.writing() as session:
        row = session.get_one(Certificate, rows["Ben Okoye"].id)
        issuing.revoke(session, school.now, row, ReasonClass.ISSUED_IN_ERROR, None)
        session.commit()
    with school.database.writing() as session:
        old = session.get_one(Certificate, rows["Cara Lind"].id)
        who = session.get_one(Person, person.id)
        newer = issuing.reissue(session, school.now, old, who, "Cara Lindh", school.office, who)
        session.commit()
    rows["Cara Lindh"] = newer
    publish(school)
    workshop = outbox.Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    outbox.run_due(workshop)
    with school.database.reading() as session:
        papers = {
            name: certificates.paper(session, row, certificates.CERTIFICATE) or b""
            for name, row in rows.items()
        }
        transcript = certificates.paper(session, rows["Ana Ruiz"], certificates.TRANSCRIPT) or b""
        made = sealing_archive.files_of(session, school.settings, school.now)
    codes = {name: row.code for name, row in rows.items()}
    facts = certificates.facts_of(rows["Ana Ruiz"])
    return Sealed(made, papers, transcript, codes, facts, made["log/key"].decode().splitlines()[0])
