"""A reply that was typed, and what became of it."""

from sqlalchemy import select

from lms.models.role_plays import Reply
from tests.school import School

WORDS = " ".join(["我听到这一周有多难"] * 160)  # more than a page of SQLite holds


def replies(school: School) -> list[str]:
    with school.database.reading() as session:
        return list(session.scalars(select(Reply.text)))
