"""An announcement to three thousand people over HTTP, with Telegram's limits, while others ask: how much of the budget is used, and who waits?"""

from __future__ import annotations

import asyncio
import itertools
import signal
import tempfile
import time
from pathlib import Path

from benchmarks.latency import questions
from bot.db.session import Database, database_url
from tests.crowds import announced, ended, fates
from tests.databases import ENGINES, new_database, postgresql
from tests.fakes import FakeTelegram, RefusedError
from tests.server import Program, running, serving

PEOPLE = 3_000
AUTHOR = 9_000
ASKING = 20
"""People who ask meanwhile."""
EVERY = 1.5
"""Seconds between two questions."""
PER_SECOND = 25
"""Messages a second that the program may send: its setting's default."""
TEXT = "Kumppanuusavustuksen haku on auki."
PATIENCE = 400.0


class Limited(FakeTelegram):
    """One that allows thirty messages in any second, and counts those it refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0

    def _arrived(self, *arguments: object) -> object:
        now = time.monotonic()
        if sum(sent.at > now - 1 for sent in self.sent[-40:]) >= 30:
            self.refused += 1
            raise RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)
        return super()._arrived(*arguments)  # type: ignore[arg-type]


async def ask(telegram: FakeTelegram, asked: dict[int, list[float]]) -> None:
    """Somebody asks, again and again."""
    for number, text in enumerate(itertools.cycle(questions())):
        person = 10_000 + number % ASKING
        asked.setdefault(person, []).append(time.monotonic())
        telegram.says(person, text)
        await asyncio.sleep(EVERY)


def waits(telegram: FakeTelegram, asked: dict[int, list[float]]) -> list[float]:
    """Milliseconds from each question to what came next to that person."""
    found = []
    for person, times in asked.items():
        arrived = [sent.at for sent in telegram.to(person)]
        found += [1_000 * min(at for at in arrived if at > begun) - 1_000 * begun for begun in times if any(at > begun for at in arrived)]
    return sorted(found)


async def measure(engine: str, url: str) -> None:
    """One run on one database, printed in one line."""
    telegram, database, asked = Limited(), Database(database_url(url)), dict[int, list[float]]()
    cause = await announced(database, telegram, range(1, PEOPLE + 1), AUTHOR, TEXT)
    with tempfile.TemporaryDirectory() as folder:
        async with serving(telegram) as api, running(program := Program(telegram, api, url, Path(folder))):
            await program.start()
            asking = asyncio.create_task(ask(telegram, asked))
            await ended(database, PATIENCE)
            asking.cancel()
            await asyncio.sleep(2)
            await program.kill(signal.SIGTERM)
    fate = await fates(database, cause)
    await database.close()
    own = [sent.at for sent in telegram.sent if sent.text.startswith(TEXT)]
    during = [sent for sent in telegram.sent if own[0] <= sent.at <= own[-1]]
    rate, taken = len(during) / (own[-1] - own[0]), waits(telegram, asked)
    used = f"{rate:.1f} messages/s of {PER_SECOND} ({100 * rate / PER_SECOND:.0f} %)"
    p50, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    print(f"announcement on {engine}: {dict(fate)}, {used}, {telegram.refused} refused as too many", end=", ")
    print(f"{len(taken)} questions meanwhile: p50 {p50:.0f} ms, p95 {p95:.0f} ms")


def main() -> None:
    """Both databases; two minutes each."""
    with postgresql() as server, tempfile.TemporaryDirectory() as folder:
        for engine in ENGINES:
            asyncio.run(measure(engine, new_database(engine, server, Path(folder))))


if __name__ == "__main__":
    main()
