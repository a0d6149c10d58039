"""One database, two engines: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.util import greenlet_spawn

LOG = logging.getLogger(__name__)
T = TypeVar("T")
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "foreign_keys=ON", "secure_delete=ON")
"""WAL lets readers go on while one writes; FULL survives a power cut; what is deleted is overwritten, since it may be personal
(in the log file only by `overwrite_log`)."""
BEGIN = "BEGIN IMMEDIATE"
"""Takes SQLite's one right to write at once, so that no transaction fails half-way because another was quicker."""
AWAY = (SQLAlchemyError, OSError)
"""What is raised when the database does not answer."""
TOLD = "told"
"""Mark of a session that wrote something which is to be said unasked."""
PATIENCE = (0.2, 1.0, 3.0, 10.0)
"""Seconds before each new try when the database does not answer."""
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
        self.told = asyncio.Event()
        """Set when a transaction has written something that is to be said unasked."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: committed at the end, rolled back when anything is raised.

        SQLite has one writer at a time. Within this process they queue here, first come first served, which is fair and quick;
        its own waiting sleeps for growing times.
        """
        queue: AbstractAsyncContextManager[Any] = self._turn if self.is_sqlite else nullcontext()
        async with queue, self._sessions.begin() as session:
            yield session
        if session.info.pop(TOLD, False):
            self.told.set()

    async def patiently(self, change: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """What `change` returns, in a transaction of its own; done again when the database does not answer.

        Raises one of AWAY when it stays away.
        """
        for pause in PATIENCE:
            try:
                async with self.transaction() as session:
                    return await change(session)
            except AWAY as error:
                LOG.warning("the database did not answer (%s), trying again", type(error).__name__)
                await asyncio.sleep(pause)
        async with self.transaction() as session:
            return await change(session)

    async def overwrite_log(self) -> None:
        """Bring SQLite's log file into the database and cut it off: until then it holds what was deleted."""
        if self.is_sqlite:
            async with self._turn:
                connection = await self.engine.raw_connection()
                try:
                    await cast(InLoop, connection.driver_connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    await greenlet_spawn(connection.close)  # gives it back, which asks the database something

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _engine(url: URL, is_sqlite: bool) -> AsyncEngine:
    if not is_sqlite:
        return create_async_engine(url, pool_size=POOL, max_overflow=0, hide_parameters=True)  # a connection gone stale: the turn is tried again
    engine = create_async_engine(url, hide_parameters=True, connect_args={"async_creator_fn": _connect})
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


class InLoop(aiosqlite.Connection):
    """A connection that leaves the event loop's thread only for what may wait: for the lock, and for the disk.

    Everything else takes microseconds; a thread for each step took longer than the step, three hops a statement.
    """

    async def _execute(self, fn: Callable[..., T], *arguments: Any, **named: Any) -> T:  # noqa: ANN401 (as it is there)
        waits = self._connection is None or fn in (self._connection.commit, self._connection.close) or arguments[:1] == (BEGIN,)
        return cast(T, await super()._execute(fn, *arguments, **named)) if waits else fn(*arguments, **named)  # type: ignore[no-untyped-call]


def _connect(path: str, **named: Any) -> InLoop:  # noqa: ANN401
    named["check_same_thread"] = False  # two threads take turns with it, never at the same time
    connection = InLoop(lambda: sqlite3.connect(path, **named), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy does with the connections it makes itself
    return connection


def _prepare(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself, so that BEGIN IMMEDIATE can
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(BEGIN)
