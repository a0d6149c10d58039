"""The two kinds of messages that go out: replies (table outbox) and what is said unasked (table deliveries)."""

from __future__ import annotations

import asyncio
import datetime as dt

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import deliveries, queries
from bot.db.deliveries import Mark
from bot.db.models import Outgoing
from bot.db.session import Database
from bot.lanes import Parcel
from bot.messages import Message
from bot.session import Clock


class Answer(Parcel):
    """A reply. After a crash, or where nobody knows whether it arrived, it goes again: rather twice than never."""

    def __init__(self, row: Outgoing, database: Database) -> None:
        super().__init__(row.id, row.chat_id)
        self._message = row.message or ""
        self._database = database

    async def message(self) -> str | None:
        """It was read when it was written."""
        return self._message

    async def mark(self, message_id: int | None) -> None:
        """Patiently: what is not marked as sent would be sent again by the next run."""
        await self._database.patiently(lambda session: queries.sent(session, self.id, message_id, dt.datetime.now(dt.UTC)))

    async def doubted(self) -> bool:
        """Again."""
        return True

    async def back(self) -> None:
        """It never was marked."""

    def left(self) -> None:
        """Nobody waits for that."""


class Ledger:
    """Writes down what becomes of deliveries: all that came up meanwhile in one transaction, since the disk takes as long for one as for fifty."""

    def __init__(self, database: Database, clock: Clock, *, resend: bool) -> None:
        self.resend = resend
        """Whether what may have arrived is sent again."""
        self.held: set[int] = set()
        """Deliveries that are in the outbox."""
        self.room = asyncio.Event()
        """Set when one has left it."""
        self._database = database
        self._clock = clock
        self._waiting: list[tuple[Mark, asyncio.Future[str | None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, mark: Mark) -> str | None:
        """Write `mark`; for one that flies, its message, None when it is not to be sent any more. Raises one of AWAY."""
        future: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((mark, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write(), name="ledger")
        return await future

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                messages = await self._database.patiently(lambda session, marks=[mark for mark, _ in batch]: self._all(session, marks))  # type: ignore[misc]
            except Exception as error:  # each of them hears of it
                for future in (future for _, future in batch if not future.done()):
                    future.set_exception(error)
            else:
                for mark, future in ((mark, future) for mark, future in batch if not future.done()):
                    future.set_result(messages.get(mark.id))

    async def _all(self, session: AsyncSession, marks: list[Mark]) -> dict[int, str]:
        now = self._clock()
        await deliveries.settle(session, [mark for mark in marks if mark.status != "flying"], now)
        flying = [mark.id for mark in marks if mark.status == "flying"]
        return await deliveries.fly(session, flying, now) if flying else {}


class Unasked(Parcel):
    """A delivery. It is marked as flying before Telegram is called, so that a crash leaves no doubt which ones may have arrived."""

    priority = 1

    def __init__(self, number: int, chat_id: int, ledger: Ledger) -> None:
        super().__init__(number, chat_id)
        self._ledger = ledger
        self._offers: tuple[str, ...] = ()
        self._doubted = False
        ledger.held.add(number)

    async def message(self) -> str | None:
        """Read only now, from a row that is still to be sent."""
        if self._doubted:  # that could not be written down when it happened
            await self.doubted()
            return None
        message = await self._ledger.write(Mark(self.id, "flying"))
        if message is not None:
            self._offers = Message.model_validate_json(message).offers
        return message

    async def mark(self, message_id: int | None) -> None:
        """Sent, or refused; its choices can be chosen by number from now on."""
        status, offers = ("failed", ()) if message_id is None else ("sent", self._offers)
        await self._ledger.write(Mark(self.id, status, message_id, self.chat_id, offers))

    async def doubted(self) -> bool:
        """By default it is not sent again: nobody gets it twice, and it is counted."""
        self._doubted = not self._ledger.resend
        await self._ledger.write(Mark(self.id, "unknown" if self._doubted else "waiting"))
        return not self._doubted

    async def back(self) -> None:
        """So that a crash meanwhile does not call it doubtful."""
        await self._ledger.write(Mark(self.id, "waiting"))

    def left(self) -> None:
        """There is room for another one."""
        self._ledger.held.discard(self.id)
        self._ledger.room.set()
