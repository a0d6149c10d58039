"""How Alembic reaches the database: over the connection it is given (see bot/db/migrate.py)."""

from __future__ import annotations

from typing import Literal

from alembic import context

from bot.db.models import Base, Moment


def _render(_: str, found: object, __: object) -> str | Literal[False]:
    """A migration must not change when the models do, so it names only SQLAlchemy's own types."""
    return "sa.DateTime(timezone=True)" if isinstance(found, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
