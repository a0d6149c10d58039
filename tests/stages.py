"""Where a transcript is played: on the core with a database and nothing else, or on the whole application."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import delete

from bot import jobs
from bot.db import deliveries, queries
from bot.db.deliveries import Mark
from bot.db.models import Base, Chat
from bot.db.session import Database, database_url
from bot.effects import House, Work, reply_to
from bot.effects.announcing import going
from bot.incoming import Asked
from bot.messages import Message
from bot.render import render
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from tests.fakes import Sent, plain
from tests.whole import Whole

VOICE = {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}
COORDINATOR = "koordinaattori"
"""Who is a coordinator in every transcript."""


class Core:
    """Everything but Telegram: effects happen in a database in memory, and what is said unasked arrives at once when it is due."""

    def __init__(self, mind: Mind, database: Database) -> None:
        self.now: dt.datetime
        self.database = database
        self._mind = mind
        self._ids = {COORDINATOR: 1}
        self._sent: list[Sent] = []
        self._updates = itertools.count(1)

    def chat(self, who: str) -> int:
        """Their chat."""
        return self._ids.setdefault(who, len(self._ids) + 1)

    def to(self, chat: int) -> list[Sent]:
        """What arrived in `chat`."""
        return [sent for sent in self._sent if sent.chat == chat]

    async def turn(self, chat: int, turn: Turn) -> Reply:
        """One turn; the state goes through JSON, and the effects happen with it or not at all."""
        async with self.database.transaction() as session:
            row = await queries.chat(session, chat, State().model_dump_json())
            asked = Asked(next(self._updates), chat, chat, "fi", turn)
            work = Work(session, self._mind, House(frozenset({self.chat(COORDINATOR)})), asked, self.now)
            reply = await reply_to(work, State.model_validate_json(row.state))
            row.state = reply.state.model_dump_json()
            row.turns += 1
        for number, say in enumerate(reply.says):
            file = (say.file.name, say.file.content) if say.file else None
            under = [(choice.label, choice.data) for choice in (*say.choices, *say.controls)]
            self._sent.append(Sent(chat, 0, render(reply) if number == 0 else "", under, None, file))
        await self.settle()
        return reply

    async def passed(self) -> None:
        """Time has passed: what is to be done by then is done."""
        await jobs.run(self.database, self._mind, self.now)
        await going.look(self.database, self._mind, House(frozenset({self.chat(COORDINATOR)})), self.now)
        await self.settle()

    async def settle(self) -> None:
        """What is due arrives."""
        async with self.database.transaction() as session:
            chats = dict(await deliveries.due(session, self.now, 1_000))
            messages = {key: Message.model_validate_json(text) for key, text in (await deliveries.fly(session, chats, self.now)).items()}
            for key, message in sorted(messages.items()):
                self._sent = [sent for sent in self._sent if (sent.chat, sent.message_id) != (chats[key], message.changes or message.erases)]
                if message.erases:
                    continue
                under = [(button.label, button.data) for line in message.buttons for button in line]
                file = (message.file.name, message.file.content) if message.file else None
                self._sent.append(Sent(chats[key], key, plain(message.html) if message.html else "", under, None, file))
            await deliveries.settle(session, [Mark(key, "sent", key, chats[key], one.offers) for key, one in messages.items()], self.now)


class Full:
    """The whole application on the fake Telegram; built anew after every turn where that is wanted."""

    def __init__(self, one: Whole, *, rebuilt: bool) -> None:
        self.database = one.database
        self._one, self._rebuilt = one, rebuilt
        self._ids = {COORDINATOR: one.coordinator}

    @property
    def now(self) -> dt.datetime:
        """The clock's time."""
        return self._one.now

    @now.setter
    def now(self, time: dt.datetime) -> None:
        self._one.now = time

    def chat(self, who: str) -> int:
        """Their chat; everybody has said something to the bot before."""
        found = self._ids.setdefault(who, self._one.chat if not (self._ids.keys() - {COORDINATOR}) else self._one.stranger())
        self._one.telegram.message(found)
        return found

    def to(self, chat: int) -> list[Sent]:
        """What arrived in `chat`."""
        return self._one.telegram.to(chat)

    async def turn(self, chat: int, turn: Turn) -> None:
        """One turn, from the update to what arrives."""
        telegram = self._one.telegram
        if turn.data is not None:
            telegram.taps(chat, turn.data)
        elif turn.unread == "edited":
            telegram.update(edited_message=telegram.message(chat, "muutettu", edit_date=1_790_000_001))
        elif turn.unread:
            telegram.update(message=telegram.message(chat, **VOICE))
        else:
            telegram.says(chat, turn.text)
        await self._one.fetch()
        await self._one.settle()
        await self._anew()

    async def passed(self) -> None:
        """Time has passed: what is to be done by then is done."""
        await self._one.passed()
        await self._anew()

    async def _anew(self) -> None:
        if self._rebuilt:
            await self._one.rebuild()
            self.database = self._one.database


Stage = Core | Full


@asynccontextmanager
async def core(mind: Mind) -> AsyncIterator[Core]:
    """A core with an empty database."""
    database = Database(database_url("sqlite://"))
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    try:
        yield Core(mind, database)
    finally:
        await database.close()


async def emptied(database: Database) -> None:
    """Delete every row of every table."""
    async with database.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            await session.execute(delete(table))


async def state(stage: Stage, chat: int) -> State:
    """What is remembered of a chat."""
    async with stage.database.transaction() as session:
        row = await session.get(Chat, chat)
        return State.model_validate_json(row.state) if row else State()


async def turns(stage: Stage, chat: int) -> int:
    """How many turns a chat has had."""
    async with stage.database.transaction() as session:
        row = await session.get(Chat, chat)
        return row.turns if row else 0
