"""Printing result sheets, outside of any transaction."""

from sqlalchemy.orm import Session

from lms.config import Settings
from lms.content.places import content_root
from lms.formats import papers, results
from lms.formats.results import Sheet
from lms.formats.seals import CHECK_AT
from lms.models.batches import Batch
from lms.models.boards import Board
from lms.models.database import Database
from lms.records import batches, result_sheets


def print_one(settings: Settings, database: Database, subject: str) -> None:
    """Print the sheet of a subject and keep it; one that was deleted meanwhile is left alone."""
    with database.reading() as reading:
        sheet = _sheet(reading, settings, subject)
    if sheet is None:
        return
    pdf = papers.result_pdf(sheet, content_root() / "templates")
    with database.writing() as session:
        result_sheets.keep(session, subject, papers.RESULT_TEMPLATE, pdf)
        session.commit()


def _sheet(session: Session, settings: Settings, subject: str) -> Sheet | None:
    row = result_sheets.find(session, subject)
    if row is None or row.pdf is not None:
        return None
    if row.facts:
        return results.unpacked(row.facts)
    batch = session.get_one(Batch, int(subject.partition(":")[2]))
    return results.batch_sheet(
        batches.answers_of(batch),
        batches.notes_of(batch),
        batch.at,
        {
            "board": session.get_one(Board, batch.board_id).name,
            "provider": settings.provider.name,
            "ref": batch.ref,
        },
        f"{settings.base_url}{CHECK_AT}",
    )
