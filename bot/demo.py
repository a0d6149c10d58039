"""The whole bot on a database of its own, without Telegram: what the terminal talks to."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass, replace
from pathlib import Path

from bot import jobs
from bot.asked import Asked
from bot.db import examples, queries
from bot.db.migrate import migrate
from bot.db.session import Database, database_url
from bot.effects import House, Work
from bot.messages import Message
from bot.quiet import awake
from bot.remembering import remembered
from bot.session import Clock
from dialogs.mind import Mind
from dialogs.model import File, Reply, State, Turn
from knowledge.calendar import local

PERSON, COORDINATOR = 1, 2
"""Who can be played."""
OPERATOR, CONTACT = "Esimerkki ry (esimerkki)", "esimerkki@example.org"
"""Who runs the demo, called an example, where nobody is set."""
HOUSE = House(admins=frozenset({COORDINATOR}))


@dataclass(frozen=True)
class Unasked:
    """What is said to a person without being asked."""

    text: str
    file: File | None
    later: dt.datetime | None
    """When Telegram would bring it, where that is later: it is night."""


def run_by(mind: Mind) -> Mind:
    """`mind` with somebody who runs it: an example, where nobody is set, so that people can register."""
    return mind if mind.accountable else replace(mind, operator=OPERATOR, contact=CONTACT)


class Demo:
    """One person's talk. Several may go on at once, in as many terminals."""

    def __init__(self, mind: Mind, var: Path, person: int, clock: Clock) -> None:
        self.mind = mind
        self.folder = var / "demo"
        self.path = var / "demo.db"
        self.locale = State().locale
        self.hello = "demo-hello-coordinator" if person == COORDINATOR else "demo-hello"
        self._database = Database(database_url(f"sqlite:///{self.path}"))
        self._person = person
        self._clock = clock

    async def start(self, *, anew: bool) -> None:
        """Make the database ready; `anew` forgets what was talked about, so that the same lines get the same replies."""
        await migrate(self._database)
        async with self._database.transaction() as session:
            await examples.plant(session, COORDINATOR, self._clock())
            chat = await queries.chat(session, self._person, State().model_dump_json())
            if anew:
                chat.state = State().model_dump_json()
        await self._pass()

    async def close(self) -> None:
        """End."""
        await self._database.close()

    async def greet(self) -> Reply:
        """The first words: a welcome, or the coordinator's menu."""
        return await self.take(Turn(data="hosting:" if self._person == COORDINATOR else "welcome:"))

    async def take(self, turn: Turn) -> Reply:
        """What the bot says to `turn`; all that it leads to has happened."""
        asked = Asked(0, self._person, self._person, "", turn)
        async with self._database.transaction() as session:
            reply = await remembered(Work(session, self.mind, HOUSE, asked, self._clock()), State())
        self.locale = reply.state.locale
        await self._pass()
        return reply

    async def arrived(self) -> list[Unasked]:
        """What has come unasked since the last look, also what would wait for the morning. Numbers now choose from what came last."""
        now = self._clock()
        async with self._database.transaction() as session:
            return [_plain(message, due, now) for message, due in await examples.arriving(session, self._person, awake(now), now)]

    async def _pass(self) -> None:
        """Do what is due by now."""
        await jobs.run(self._database, self.mind, self._clock())


def _plain(message: Message, due: dt.datetime, now: dt.datetime) -> Unasked:
    file = File(message.file.name, message.file.content) if message.file else None
    return Unasked(html.unescape(re.sub(r"<[^>]+>", "", message.html)), file, local(due) if due > now else None)
