"""One turn, one transaction: the update is done, the state is changed, effects have happened, replies are written. Or nothing is."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.asked import Asked
from bot.db import queries
from bot.db.models import Outgoing
from bot.db.session import Database
from bot.effects import House, Work
from bot.messages import Message, messages
from bot.outbox import Outbox
from bot.remembering import remembered
from bot.session import Clock
from dialogs.mind import Mind
from dialogs.model import State
from knowledge.parts import LOCALES


class Turns:
    """Takes turns, whoever's they are; the caller sees to it that one chat has one turn at a time."""

    def __init__(self, database: Database, mind: Mind, outbox: Outbox, clock: Clock, house: House) -> None:
        self.mind = mind
        self.house = house
        self._database = database
        self._outbox = outbox
        self._clock = clock

    async def take(self, asked: Asked) -> None:
        """Answer. An update that is done already is passed over. Raises one of AWAY when the database stays away."""
        self._outbox.put(await self._database.patiently(lambda session: self._take(session, asked)))

    async def _take(self, session: AsyncSession, asked: Asked) -> list[Outgoing]:
        now = self._clock()
        if not await queries.finish(session, asked.update_id, now):
            return []
        reply = await remembered(Work(session, self.mind, self.house, asked, now), _stranger(asked.language))
        said = messages(reply, asked.answers, asked.thread)
        return await queries.queue(session, asked.chat_id, [one.model_dump_json() for one in said], asked.update_id, now)

    async def pass_over(self, update_id: int) -> None:
        """Mark an update as done that needs no answer."""
        await self._database.patiently(lambda session: queries.finish(session, update_id, self._clock()))

    async def apologise(self, asked: Asked) -> None:
        """Mark an update as done that could not be answered, and say so."""
        now, text = self._clock(), self.mind.phrase("trouble", _stranger(asked.language).locale)
        async with self._database.transaction() as session:
            if not await queries.finish(session, asked.update_id, now):
                return
            sorry = Message(html=text, answers=asked.answers, thread=asked.thread).model_dump_json()
            rows = await queries.queue(session, asked.chat_id, [sorry], asked.update_id, now)
        self._outbox.put(rows)

    async def presence(self, update_id: int, chat_id: int, *, here: bool, posts: str | None = None) -> None:
        """The bot was let into a chat, or thrown out of it; `posts` is the title of a channel or group where it may post."""
        now = self._clock()

        async def change(session: AsyncSession) -> None:
            if await queries.finish(session, update_id, now):
                await (queries.back(session, chat_id) if here else queries.leave(session, chat_id, now))
                await queries.may_post(session, chat_id, posts, now)

        await self._database.patiently(change)


def _stranger(language: str) -> State:
    """The state of somebody new, in the language of their Telegram where we speak it."""
    return State(locale=next((locale for locale in LOCALES if locale == language), "fi"))
