"""Evenings and people who are about to confirm, put straight into a database."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import queries
from bot.db.models import Chat, Delivery, Evening, Received, Registration
from bot.db.session import Database
from bot.effects import House, Work
from bot.incoming import Asked
from bot.turns import Turns
from dialogs.mind import Mind
from dialogs.model import Open, State, Turn
from tests.conftest import NOW
from tests.whole import NUMBERS, Whole

UPDATES = itertools.count(10_000_000)


async def held(session: AsyncSession, **fields: object) -> int:
    """A published evening in five days, with whatever `fields` say otherwise; its id."""
    starts = fields.pop("starts_at", NOW + dt.timedelta(days=5, hours=5, minutes=30))
    assert isinstance(starts, dt.datetime)
    usual = {"status": "published", "title": "Tilat yhteiseen käyttöön", "place": "hattula", "venue": "Kunnantalo", "theme": "premises"}
    times = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=2, minutes=30), "created_at": NOW}
    row = Evening(**{**usual, **times, "created_by": 1, "plan": {}, **fields})
    session.add(row)
    await session.flush()
    return row.id


def filled(evening: int, people: int, *, queue: bool = True, **more: str | None) -> State:
    """The state of somebody who sees the summary and has only to confirm it."""
    about = {"id": evening, "title": "Tilat yhteiseen käyttöön", "when": "pe 27.11.2026 klo 17.30", "queue": int(queue)}
    told = {"name": "Aino Aalto", "association": "Hattulan Esimerkki ry", "people": people, **more}
    opened = Open(form="register", about=about, filled=told)
    return State(greeted=True, open=opened, offered=(f"form:register-{evening}/confirm",))


async def present(session: AsyncSession, chat_id: int, state: State) -> None:
    """A chat with this state."""
    session.add(Chat(id=chat_id, state=state.model_dump_json(), last_update=0))
    await session.flush()


async def join(one: Whole, evening: int, people: int = 1, **more: str | None) -> tuple[int, str]:
    """A new person confirms; their chat, and what they are told."""
    chat = next(NUMBERS)
    async with one.database.transaction() as session:
        await present(session, chat, filled(evening, people, **more))
    return chat, await said(one, chat, f"form:register-{evening}/confirm")


async def said(one: Whole, chat: int, data: str) -> str:
    """What a person is told who taps a choice."""
    one.telegram.message(chat)
    before = len(one.telegram.to(chat))
    await tap(one.shop.turns, one.database, chat, data)
    await one.settle()
    return "\n".join(sent.text for sent in one.telegram.to(chat)[before:])


async def tap(turns: Turns, database: Database, chat_id: int, data: str, update_id: int | None = None) -> int:
    """A choice that is tapped in a chat; the update's id, with which it can come a second time."""
    update = next(UPDATES) if update_id is None else update_id
    async with database.transaction() as session:
        await queries.receive(session, {update: "{}"}, NOW)
        assert await session.get(Received, update) is not None
    await turns.take(Asked(update, chat_id, chat_id, "fi", Turn(data=data)))
    return update


async def opened(one: Whole, **fields: object) -> int:
    """The id of an evening that is held."""
    async with one.database.transaction() as session:
        return await held(session, **fields)


async def rows(one: Whole, evening: int) -> list[Registration]:
    """Registrations for an evening, in the order they came."""
    async with one.database.transaction() as session:
        return list(await session.scalars(select(Registration).where(Registration.evening_id == evening).order_by(Registration.id)))


async def status(one: Whole, evening: int) -> list[tuple[str, int]]:
    """Their states and sizes."""
    return [(row.status, row.people) for row in await rows(one, evening)]


async def told(one: Whole, chats: Collection[int]) -> list[tuple[int, str]]:
    """Which of these chats were told something unasked, and why."""
    async with one.database.transaction() as session:
        found = await session.execute(select(Delivery.chat_id, Delivery.cause).where(Delivery.chat_id.in_(chats)).order_by(Delivery.id))
        return [(chat, cause) for chat, cause in found]


def work(one: Whole, mind: Mind, session: object, chat: int = 1) -> Work:
    """A turn of somebody, for what is called from elsewhere."""
    return Work(session, mind, House(), Asked(0, chat, chat, "fi", Turn()), one.now)  # type: ignore[arg-type]
