"""SIGKILL while updates are in flight: every question is answered, in order, and no effect happens twice."""

from __future__ import annotations

import asyncio
import itertools
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db.models import Chat, Outgoing, Received
from bot.db.session import Database, database_url
from dialogs.conversation import respond
from dialogs.mind import Mind
from dialogs.model import State, Turn
from tests.conftest import NOW
from tests.databases import ENGINES, new_database
from tests.fakes import FakeTelegram
from tests.server import Forked, Program, running, serving

KILLS = 20
AT_ONCE = 12
"""Questions that are asked before each kill, by as many people."""
PEOPLE = 30
QUESTIONS = ("mikä on olka", "mikä on kumppanuustalo", "mikä on ptv", "mikä on lähellä.fi", "mikä on stea", "mikä on järjestökartta")
QUICK = {"messages_per_second": 1_000, "messages_per_second_to_one": 1_000}
"""No budget, so that as much as possible is in flight."""
UNHURRIED = 120.0
"""Seconds in which everything must be answered after the last kill."""


@pytest.fixture(params=ENGINES)
async def database(request: pytest.FixtureRequest, server: str, tmp_path: Path) -> AsyncIterator[str]:
    yield await asyncio.to_thread(new_database, request.param, server, tmp_path)


def marks(mind: Mind) -> dict[str, str]:
    """How the answer to each question begins."""
    answers = {text: respond(State(greeted=True), Turn(text=text), NOW, mind).says[0].parts[0].text[:60] for text in QUESTIONS}
    assert len(set(answers.values())) == len(QUESTIONS)
    return answers


def answered(telegram: FakeTelegram, chat: int, begins: dict[str, str]) -> list[str]:
    """The questions whose answers came into the chat, in order; an answer that came twice counts once."""
    found = [text for sent in telegram.to(chat) for text, begin in begins.items() if sent.text.startswith(begin)]
    return [text for text, _ in itertools.groupby(found)]


async def test_a_kill_loses_nothing_and_doubles_nothing(mind: Mind, database: str, tmp_path: Path) -> None:
    telegram, begins, rng = FakeTelegram(), marks(mind), random.Random(5)
    asked: dict[int, list[str]] = {person: [] for person in range(1, PEOPLE + 1)}
    in_flight = 0
    async with serving(telegram) as api, running(program := Forked(telegram, api, database, tmp_path, **QUICK)):
        for _ in range(KILLS):
            await program.start()
            for person in rng.sample(sorted(asked), AT_ONCE):
                asked[person].append(QUESTIONS[len(asked[person]) % len(QUESTIONS)])
                telegram.says(person, asked[person][-1])
            await asyncio.sleep(rng.uniform(0.0, 0.4))
            await program.kill()
            in_flight += sum(answered(telegram, person, begins) != texts for person, texts in asked.items())
        await program.start()
        async with asyncio.timeout(UNHURRIED):
            while any(answered(telegram, person, begins) != texts for person, texts in asked.items()):
                await asyncio.sleep(0.2)
        assert await program.kill(signal.SIGTERM) == 0
    questions = sum(map(len, asked.values()))
    doubled = sum(len(telegram.to(person)) for person in asked) - questions - PEOPLE  # each of them is welcomed once
    print(f"\n{KILLS} kills, {questions} questions, {in_flight} of them unanswered at a kill, {doubled} replies came twice")
    assert in_flight >= KILLS, "the kills came too late to prove anything"
    assert await _turns(database) == {person: len(texts) for person, texts in asked.items() if texts}


async def _turns(url: str) -> dict[int, int]:
    """How many turns each chat had; nothing may wait any more."""
    database = Database(database_url(url))
    async with database.transaction() as session:
        for table, column in ((Received, Received.done_at), (Outgoing, Outgoing.done_at)):
            assert await session.scalar(select(func.count()).select_from(table).where(column.is_(None))) == 0
        turns = {chat.id: chat.turns for chat in await session.scalars(select(Chat))}
    await database.close()
    return turns


async def test_a_second_process_changes_nothing_and_takes_over(database: str, tmp_path: Path) -> None:
    telegram = FakeTelegram()
    async with serving(telegram) as api, running(*(pair := [Program(telegram, api, database, tmp_path, **QUICK) for _ in range(2)])):
        first, second = pair
        await first.start()
        await second.start(wait=False)
        await asyncio.sleep(8)
        telegram.says(1, "/kieli")
        await _until(lambda: len(telegram.to(1)) == 1, 10)
        await asyncio.sleep(1)  # until the answer is marked as sent: one killed before that sends it again
        await first.kill()
        telegram.says(1, "/paikka")
        await _until(lambda: len(telegram.to(1)) == 2, 10)
        await asyncio.sleep(1)
        assert [sent.text[:4] for sent in telegram.to(1)] == ["Mill", "Miss"]
        assert await second.kill(signal.SIGTERM) == 0


async def _until(holds: object, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # type: ignore[operator]
            await asyncio.sleep(0.02)
