"""SIGKILL while registrations are confirmed: whoever was told a code has a registration with that code, and nobody has two."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db.models import Chat, Received, Registration
from bot.db.session import Database, database_url
from bot.session import finnish_now
from tests.databases import ENGINES, new_database
from tests.evenings import filled, held, present
from tests.fakes import FakeTelegram
from tests.server import Forked, running, serving

KILLS = 20
AT_ONCE = 8
"""People who confirm before each kill; every second of them twice."""
SEATS = 60
SETTINGS = {
    "messages_per_second": 1_000,
    "messages_per_second_to_one": 1_000,
    "operator": "Hämeen Esimerkki ry",
    "operator_contact": "esimerkki@example.org",
}
"""No budget, so that as much as possible is in flight; and somebody who answers for the data, without whom nobody can register."""
UNHURRIED = 60.0
"""Seconds in which everybody must be told after the last kill."""


@pytest.fixture(params=ENGINES)
async def database(request: pytest.FixtureRequest, server: str, tmp_path: Path) -> AsyncIterator[str]:
    yield await asyncio.to_thread(new_database, request.param, server, tmp_path)


def codes(telegram: FakeTelegram, chat: int) -> set[str]:
    """The codes that a person was told."""
    return {found[1] for sent in telegram.to(chat) if (found := re.search(r"Ilmoittautumiskoodi: (\w+)", sent.text))}


async def ready_to_confirm(url: str) -> list[int]:
    """An evening, and people who have told everything and have only to say yes; their chats."""
    database, chats = Database(database_url(url)), list(range(1, KILLS * AT_ONCE + 1))
    async with database.transaction() as session:
        evening = await held(session, capacity=SEATS, starts_at=finnish_now() + dt.timedelta(days=30))
        for chat in chats:
            await present(session, chat, filled(evening, 1))
    await database.close()
    return chats


@pytest.mark.usefixtures("mind")  # fitted once, not by a program that has a minute to start
async def test_a_kill_loses_no_registration_and_doubles_none(database: str, tmp_path: Path) -> None:
    telegram, rng, unseen = FakeTelegram(), random.Random(7), 0
    chats = await ready_to_confirm(database)
    async with serving(telegram) as api, running(program := Forked(telegram, api, database, tmp_path, **SETTINGS)):
        for round_ in range(KILLS):
            await program.start()
            for chat in chats[round_ * AT_ONCE : (round_ + 1) * AT_ONCE]:
                for _ in range(1 + chat % 2):
                    telegram.says(chat, "1")
            await asyncio.sleep(rng.uniform(0.0, 0.3))
            await program.kill()
            unseen += sum(not codes(telegram, chat) for chat in chats[: (round_ + 1) * AT_ONCE])
            await check(database, telegram, chats)
        await program.start()
        async with asyncio.timeout(UNHURRIED):
            while not all(codes(telegram, chat) for chat in chats) or await unanswered(database):
                await asyncio.sleep(0.2)
        assert await program.kill(signal.SIGTERM) == 0
    rows = await check(database, telegram, chats)
    print(f"\n{KILLS} kills, {len(rows)} registrations, {unseen} confirmations unseen at a kill")
    assert unseen >= KILLS, "the kills came too late to prove anything"
    assert sorted(row.chat_id or 0 for row in rows) == chats
    assert [row.status for row in rows] == [*["seated"] * SEATS, *["waiting"] * len(chats)][: len(chats)]


async def check(url: str, telegram: FakeTelegram, chats: list[int]) -> list[Registration]:
    """Everybody who was told a code has it, and one only. The registrations, in the order they came."""
    database = Database(database_url(url))
    async with database.transaction() as session:
        rows = list(await session.scalars(select(Registration).order_by(Registration.id)))
    await database.close()
    have = {row.chat_id: row.code for row in rows}
    assert len(have) == len(rows), "somebody is registered twice"
    assert all(codes(telegram, chat) <= {have.get(chat)} for chat in chats), "somebody was told a code that is not there"
    return rows


async def unanswered(url: str) -> int:
    """Updates that wait for their turn."""
    database = Database(database_url(url))
    async with database.transaction() as session:
        waiting = await session.scalar(select(func.count()).select_from(Received).where(Received.done_at.is_(None)))
        assert await session.scalar(select(func.count()).select_from(Chat))
    await database.close()
    return waiting or 0
