"""Brings what is due from the table of deliveries to the outbox, a few at a time: the outbox holds little, however much waits."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.db import deliveries
from bot.db.session import AWAY, Database
from bot.outbox import Outbox
from bot.parcels import Ledger, Unasked
from bot.session import Clock

LOG = logging.getLogger(__name__)
MOST = 96
"""Deliveries in the outbox at the most."""
EVERY = 1.0
"""Seconds after which is looked for what has become due, even when nothing new was written."""


class Deliveries:
    """Runs where the outbox runs, one at a time against a database."""

    def __init__(self, database: Database, outbox: Outbox, clock: Clock, *, resend: bool) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._ledger = Ledger(database, clock, resend=resend)
        self._filling = asyncio.Lock()
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Settle what was flying when the last process ended, and begin."""
        async with self._database.transaction() as session:
            doubtful = await deliveries.land(session, self._clock(), again=self._ledger.resend)
        if doubtful:
            LOG.warning(
                "%d deliveries may have arrived before the last stop; %s", doubtful, "sent again" if self._ledger.resend else "not sent again"
            )
        self._worker = asyncio.create_task(self._work(), name="deliveries")

    async def stop(self) -> None:
        """Bring no more."""
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker

    async def empty(self) -> None:
        """Wait until all that is due is sent or given up."""
        while await self._fill() or self._ledger.held:
            await asyncio.sleep(0.002)

    async def _work(self) -> None:
        while True:
            self._database.told.clear()
            found = 0
            try:
                found = await self._fill()
            except AWAY as error:
                LOG.warning("what is due could not be read, trying again: %s", type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await (self._room() if found else self._database.told.wait())

    async def _room(self) -> None:
        """Wait until half of it is empty, so that not every single one is fetched by itself."""
        while len(self._ledger.held) > MOST // 2:
            self._ledger.room.clear()
            await self._ledger.room.wait()

    async def _fill(self) -> int:
        """Bring as many as there is room for; how many there were."""
        async with self._filling:
            async with self._database.transaction() as session:
                held = self._ledger.held
                found = await deliveries.due(session, self._clock(), MOST - len(held), tuple(held))
            self._outbox.carry([Unasked(number, chat, self._ledger) for number, chat in found])
            return len(found)
