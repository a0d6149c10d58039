"""One database, two engines: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "foreign_keys=ON", "secure_delete=ON")
"""WAL lets readers go on while one writes; FULL survives a power cut; what is deleted is overwritten, since it may be personal."""
POOL = 10
"""Connections to PostgreSQL of one process."""


def database_url(text: str) -> URL:
    """`text` with the asynchronous driver filled in: sqlite:///file, postgresql://user:password@host/name. Raises ValueError."""
    url = make_url(text)
    name = url.get_backend_name()
    if name not in DRIVERS:
        raise ValueError(f"{name} is not supported; use sqlite:///file or postgresql://user:password@host/name")
    return url.set(drivername=DRIVERS[name])


class Database:
    """Transactions on one database. Close it when done."""

    def __init__(self, url: URL) -> None:
        """Connect lazily to `url`, as `database_url` gives it; a SQLite file's folder is made."""
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(url, self.is_sqlite)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: committed at the end, rolled back when anything is raised.

        SQLite has one writer at a time. Within this process they queue here, first come first served, which is fair and quick;
        its own waiting sleeps for growing times.
        """
        queue: AbstractAsyncContextManager[Any] = self._turn if self.is_sqlite else nullcontext()
        async with queue, self._sessions.begin() as session:
            yield session

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _engine(url: URL, is_sqlite: bool) -> AsyncEngine:
    if not is_sqlite:
        return create_async_engine(url, pool_size=POOL, max_overflow=0, pool_pre_ping=True)
    engine = create_async_engine(url)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself, so that BEGIN IMMEDIATE can
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
