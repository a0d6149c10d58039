"""The whole application on the fake Telegram: what a person sends goes in at the top, what arrives in their chat comes out."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from bot import inbox, jobs
from bot.app import Shop, build
from bot.budget import Rates
from bot.db.models import Chat, Outgoing, Received
from bot.db.session import Database, database_url
from bot.effects import House
from bot.inbox import InboxBot
from dialogs.mind import Mind
from dialogs.model import State
from tests.conftest import NOW
from tests.fakes import TOKEN, FakeTelegram, InProcess, Sent

UNHURRIED = Rates(1_000, 1_000)
NUMBERS = itertools.count(1)
"""Chats and updates are numbered through all tests, since databases are shared."""


class Whole:
    """One application, one fake Telegram, one database, and a clock that stands still unless it is moved."""

    def __init__(self, mind: Mind, url: str, rates: Rates = UNHURRIED, *, resend: bool = False) -> None:
        self.telegram = FakeTelegram(first_update=next(NUMBERS) * 1_000)
        self.chat, self.coordinator = next(NUMBERS), next(NUMBERS)
        self.now = NOW
        self._mind, self._url, self._rates, self._resend = mind, url, rates, resend

    async def open(self) -> None:
        """Start, with what a former run left behind."""
        self.database = Database(database_url(self._url))
        bot = InboxBot(self.database, self._mind, TOKEN, request=InProcess(self.telegram), get_updates_request=InProcess(self.telegram))
        self.shop: Shop = build(
            bot, self.database, self._mind, self._rates, lambda: self.now, House(frozenset({self.coordinator})), resend=self._resend
        )
        await self.shop.app.initialize()
        await self.shop.app.start()
        await self.shop.outbox.start()
        await self.shop.deliveries.start()
        for update in await inbox.left_over(self.database, self.shop.app.bot):
            await self.shop.app.update_queue.put(update)

    async def close(self) -> None:
        """Stop it in good order."""
        await self.shop.app.stop()
        await self.shop.deliveries.stop()
        await self.shop.outbox.stop()
        await self.shop.app.shutdown()
        await self.database.close()

    async def rebuild(self) -> None:
        """Forget everything that is not in the database."""
        await self.close()
        await self.open()

    async def fetch(self) -> None:
        """Ask Telegram for updates, and hand them on; the next call confirms them."""
        known = getattr(self, "_offset", 0)
        updates = await self.shop.app.bot.get_updates(offset=known)
        for update in updates:
            self._offset = update.update_id + 1
            await self.shop.app.update_queue.put(update)

    async def settle(self) -> None:
        """Wait until everything is answered and sent."""
        await self.shop.app.update_queue.join()
        await self.shop.outbox.empty()
        await self.shop.deliveries.empty()

    async def passed(self) -> None:
        """The clock was moved: what is to be done by then is done, and what is due arrives."""
        await jobs.run(self.database, self._mind, self.now)
        await self.settle()

    def stranger(self) -> int:
        """The chat of somebody else."""
        return next(NUMBERS)

    async def arrived(self) -> list[Sent]:
        """What came into the chat because of the updates that wait."""
        before = len(self.telegram.to(self.chat))
        await self.fetch()
        await self.settle()
        return self.telegram.to(self.chat)[before:]

    async def ask(self, text: str, **more: object) -> str:
        """What the bot says to `text`."""
        self.telegram.says(self.chat, text, **more)
        return "\n\n".join(sent.text for sent in await self.arrived())

    async def state(self) -> State:
        """What is remembered of the chat."""
        async with self.database.transaction() as session:
            chat = await session.get(Chat, self.chat)
            assert chat is not None
            return State.model_validate_json(chat.state)

    async def waiting(self, table: type[Received] | type[Outgoing]) -> int:
        """How many rows still hold something somebody wrote, or wait to be sent."""
        column = table.payload if table is Received else table.message
        async with self.database.transaction() as session:
            return await session.scalar(select(func.count()).select_from(table).where(column.is_not(None))) or 0

    async def turns(self) -> int:
        """How many turns the chat has had."""
        async with self.database.transaction() as session:
            chat = await session.get(Chat, self.chat)
            return chat.turns if chat else 0


@asynccontextmanager
async def whole(mind: Mind, url: str, rates: Rates = UNHURRIED, *, resend: bool = False) -> AsyncIterator[Whole]:
    """A running application."""
    one = Whole(mind, url, rates, resend=resend)
    await one.open()
    try:
        yield one
    finally:
        await one.close()


def later(now: dt.datetime, minutes: int) -> dt.datetime:
    """`minutes` after `now`."""
    return now + dt.timedelta(minutes=minutes)
