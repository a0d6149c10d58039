"""One process at a time speaks with Telegram for one database; any other waits, and takes over when the first is gone.

The lock is the operating system's (SQLite: a lock on a file) or the server's (PostgreSQL: an advisory lock), so that a killed
process gives it up at once.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
from pathlib import Path
from typing import IO

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.session import Database

LOG = logging.getLogger(__name__)
LOCK = 5_114_002
"""PostgreSQL's advisory lock: any number that nobody else uses."""
EVERY = 2.0
"""Seconds between two tries to take the lead, and between two looks whether it is still ours."""


class Lead:
    """The right to speak with Telegram."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[bytes] | None = None
        self._connection: AsyncConnection | None = None

    async def take(self) -> None:
        """Wait until it is ours."""
        told = False
        while not await self._try():
            if not told:
                LOG.warning("another process is running on this database; waiting to take over from it")
                told = True
            await asyncio.sleep(EVERY)

    async def lost(self) -> None:
        """Wait until it is not ours any more: the connection to PostgreSQL broke. A file's lock is never lost."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                if self._connection is not None:
                    await self._connection.execute(text("SELECT 1"))
            except DBAPIError:
                return

    async def give_up(self) -> None:
        """Let another process have it."""
        if self._file is not None:
            self._file.close()
        if self._connection is not None:
            await self._connection.invalidate()  # the lock goes with the connection
            await self._connection.close()

    async def _try(self) -> bool:
        return self._try_file() if self._database.is_sqlite else await self._try_server()

    def _try_file(self) -> bool:
        path = self._database.url.database
        if not path or path == ":memory:":
            return True
        file = Path(f"{path}.lock").open("wb")  # noqa: SIM115 (open as long as the lead is ours)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    async def _try_server(self) -> bool:
        connection = await self._database.engine.connect()
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        if await connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
            self._connection = connection
            return True
        await connection.close()
        return False
