"""A crowd at the door: 200 people confirm at once, each of them twice, over four connections. Seats are never given twice, nor left empty."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.budget import Rates
from bot.db.models import Delivery, Outgoing, Registration
from bot.db.session import Database, database_url
from bot.effects import House
from bot.outbox import Outbox
from bot.turns import Turns
from dialogs.mind import Mind
from tests.conftest import NOW
from tests.databases import ENGINES, new_database
from tests.evenings import filled, held, present, tap

SEATS, PEOPLE, CONNECTIONS, LEAVE = 50, 200, 4, 15
AT_ONCE = 5
"""Turns that each of the four takes at once; more would only wait for one of its connections."""
Door = tuple[Turns, Database]


@pytest.fixture(params=ENGINES)
async def doors(request: pytest.FixtureRequest, server: str, tmp_path: Path, mind: Mind) -> AsyncIterator[list[Door]]:
    """Four of the bot on one database, as four processes would be: nothing in memory is shared."""
    url = await asyncio.to_thread(new_database, request.param, server, tmp_path)
    databases = [Database(database_url(url)) for _ in range(CONNECTIONS)]
    bot: Any = None  # nothing is sent: what would be said waits in the table
    yield [(Turns(database, mind, Outbox(bot, database, Rates(1, 1)), lambda: NOW, House()), database) for database in databases]
    for database in databases:
        await database.close()


@pytest.mark.parametrize("most", [1, 3])
async def test_two_hundred_race_for_fifty_seats(doors: list[Door], most: int) -> None:
    rng = random.Random(most)
    groups = {chat: rng.randint(1, most) for chat in range(1, PEOPLE + 1)}
    _, first = doors[0]
    async with first.transaction() as session:
        evening = await held(session, capacity=SEATS)
        for chat, people in groups.items():
            await present(session, chat, filled(evening, people))
    chats = list(groups)
    rng.shuffle(chats)
    confirm = f"form:register-{evening}/confirm"
    await crowd(doors, [(chat, confirm) for chat in chats * 2])

    rows = await registrations(first)
    assert sorted(row.chat_id or 0 for row in rows) == sorted(groups), "everybody once"
    assert [row.status for row in rows] == expected([row.people for row in rows])
    seated = sum(row.people for row in rows if row.status == "seated")
    assert seated == SEATS if most == 1 else SEATS - most < seated <= SEATS
    waiting = [row for row in rows if row.status == "waiting"]
    told = await positions(first)
    assert [told[row.chat_id or 0] for row in waiting] == list(range(1, len(waiting) + 1))
    await some_leave(doors, rows, rng)


async def some_leave(doors: list[Door], rows: list[Registration], rng: random.Random) -> None:
    """People who have seats cancel at once: those who wait get them in order, each told once, and nobody who fits is left waiting."""
    _, first = doors[0]
    leaving = rng.sample([row for row in rows if row.status == "seated"], LEAVE)
    await crowd(doors, [(row.chat_id or 0, f"leave:{row.id}/yes") for row in leaving * 2])
    after = await registrations(first)
    free = SEATS - sum(row.people for row in after if row.status == "seated")
    assert free >= 0
    assert all(row.people > free for row in after if row.status == "waiting")
    promoted = {row.chat_id for row in after if row.status == "seated"} - {row.chat_id for row in rows if row.status == "seated"}
    async with first.transaction() as session:
        assert sorted(await session.scalars(select(Delivery.chat_id))) == sorted(promoted)
    print(f"\n{len(rows)} groups, {SEATS - free} seats taken after {len(leaving)} cancelled and {len(promoted)} were promoted")


async def crowd(doors: list[Door], taps: list[tuple[int, str]]) -> None:
    """All these people tap (chat, data), as many at once as each door lets in."""
    rooms = [asyncio.Semaphore(AT_ONCE) for _ in doors]

    async def come(chat: int, data: str, number: int) -> None:
        async with rooms[number]:
            await tap(*doors[number], chat, data)

    await asyncio.gather(*(come(chat, data, number) for (chat, data), number in zip(taps, itertools.cycle(range(len(doors))), strict=False)))


def expected(groups: list[int]) -> list[str]:
    """Who gets seats when they come one after another."""
    free, found = SEATS, []
    for people in groups:
        found.append("seated" if people <= free else "waiting")
        free -= people if people <= free else 0
    return found


async def registrations(database: Database) -> list[Registration]:
    """All of them, in the order they came."""
    async with database.transaction() as session:
        return list(await session.scalars(select(Registration).order_by(Registration.id)))


async def positions(database: Database) -> dict[int, int]:
    """Chat → the place on the waiting list that it was told first."""
    told: dict[int, int] = {}
    async with database.transaction() as session:
        for row in await session.scalars(select(Outgoing).order_by(Outgoing.id)):
            found = re.search(r"sijalla (\d+)", json.loads(row.message or "{}").get("html", ""))
            if found:
                told.setdefault(row.chat_id, int(found[1]))
    return told
