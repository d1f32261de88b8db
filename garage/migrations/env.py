"""What Alembic runs: every migration on the connection that garage.upkeep.schema hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from garage.db import SealedText, UtcDateTime


def write_plain_type(kind: str, thing: Any, autogen_context: object) -> str | Literal[False]:
    """Migrations name plain column types: they must read the same when the program has moved on."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, SealedText):
        return "sa.Text()"
    return False


def run(connection: sa.Connection, metadata: sa.MetaData) -> None:
    """Migrate inside the transaction that is already open."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        render_item=write_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"], context.config.attributes["metadata"])
