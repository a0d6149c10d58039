"""SIGKILL while an announcement is in flight: nobody gets it twice, and whoever did not get it is counted as unknown."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from bot.db.session import Database, database_url
from bot.lanes import FLYING
from tests.crowds import announced, ended, fates, got
from tests.databases import ENGINES, new_database
from tests.fakes import FakeTelegram
from tests.server import Forked, running, serving

KILLS = 20
PEOPLE = 1_000
AUTHOR = 5_000
TEXT = "Haku on auki."
PATIENCE = 120.0
"""Seconds in which all must be settled after the last kill."""


@pytest.mark.parametrize(("engine", "resend"), [*((engine, False) for engine in ENGINES), (ENGINES[0], True)])
async def test_kills_double_nothing_and_lose_nothing_without_counting_it(engine: str, resend: bool, server: str, tmp_path: Path) -> None:
    url = await asyncio.to_thread(new_database, engine, server, tmp_path)
    database, telegram, rng = Database(database_url(url)), FakeTelegram(), random.Random(6)
    people = list(range(1, PEOPLE + 1))
    cause = await announced(database, telegram, people, AUTHOR, TEXT)
    quick = {"messages_per_second": 60, "messages_per_second_to_one": 1_000, "resend_unknown": resend}
    async with serving(telegram, pause=0.05) as api, running(program := Forked(telegram, api, url, tmp_path, **quick)):
        for _ in range(KILLS):
            await program.start()
            await asyncio.sleep(rng.uniform(0.0, 0.6))
            await program.kill()
        interrupted = (await fates(database, cause))["waiting"] > 0
        await program.start()
        await ended(database, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while not (report := [sent.text for sent in telegram.to(AUTHOR) if sent.text.startswith("Perillä")]):
                await asyncio.sleep(0.2)
        assert await program.kill(signal.SIGTERM) == 0
    fate = await fates(database, cause)
    await database.close()
    times = got(telegram, TEXT)
    print(f"\n{engine}, {'sent again' if resend else 'not sent again'}: {dict(fate)}, {sum(n > 1 for n in times.values())} came twice")
    assert interrupted, "the kills came too late to prove anything"
    assert fate["sent"] + fate["unknown"] == PEOPLE
    assert fate["unknown"] <= KILLS * FLYING
    assert report[0].startswith(f"Perillä {fate['sent']}/{PEOPLE}.")
    assert (f"Epävarmoja: {fate['unknown']}." in report[0]) == (fate["unknown"] > 0)
    if resend:
        assert set(times) == set(people)
        assert fate["unknown"] == 0
    else:
        assert max(times.values()) == 1
        assert len(times) >= fate["sent"]
