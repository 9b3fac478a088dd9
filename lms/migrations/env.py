"""How migrations run: on the connection they are handed, in one transaction."""

from alembic import context
from sqlalchemy import text

from lms.models import Base

connection = context.config.attributes["connection"]
is_sqlite = connection.dialect.name == "sqlite"
if is_sqlite:
    # SQLite changes a column by making the table anew, which rows that point to it would forbid.
    connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=is_sqlite,
    compare_type=True,
)
try:
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite and (astray := connection.execute(text("PRAGMA foreign_key_check")).all()):
            raise RuntimeError(f"the upgrade would leave rows that point to nothing: {astray[:5]}")
    if connection.in_transaction():
        connection.commit()
finally:
    if is_sqlite:
        connection.rollback()
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")
