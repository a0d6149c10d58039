"""Fifty people write at once to the program as it runs in earnest, over HTTP: nothing may be lost, and how long do they wait?"""

from __future__ import annotations

import asyncio
import itertools
import json
import signal
import tempfile
import time
from pathlib import Path

import psutil

from tests.databases import ENGINES, new_database, postgresql
from tests.fakes import FakeTelegram
from tests.server import ROOT, Program, running, serving

PEOPLE, PER_SECOND, SECONDS = 50, 30, 20
LIFTED = {"messages_per_second": 1_000, "messages_per_second_to_one": 1_000}
"""The sending budget is not what is measured here."""
PATIENCE = 30.0
"""Seconds after the last question in which everything must be answered."""


def questions() -> list[str]:
    """Questions of our own, one line each."""
    lines = (ROOT / "tests" / "questions" / "blind.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


async def crowd(telegram: FakeTelegram) -> dict[int, float]:
    """Ask; the time at which each update was handed to Telegram, by its id."""
    asked, texts = {}, itertools.cycle(questions())
    start = time.monotonic()
    for number in range(PER_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, start + number / PER_SECOND - time.monotonic()))
        person = 1 + number % PEOPLE
        asked[telegram.says(person, next(texts))] = time.monotonic()
    return asked


def waits(telegram: FakeTelegram, asked: dict[int, float]) -> list[float]:
    """Milliseconds from each question to the first message to that person after it, before the next one; lost ones are left out."""
    times: dict[int, list[float]] = {person: [sent.at for sent in telegram.to(person)] for person in range(1, PEOPLE + 1)}
    found = []
    for number, (_, at) in enumerate(sorted(asked.items())):
        found += [1_000 * (arrived - at) for arrived in times[1 + number % PEOPLE] if arrived > at][:1]
    return sorted(found)


async def measure(engine: str, url: str) -> None:
    """One run on one database, printed in one line."""
    telegram = FakeTelegram()
    with tempfile.TemporaryDirectory() as folder:
        async with serving(telegram) as api, running(program := Program(telegram, api, url, Path(folder), **LIFTED)):
            start = time.monotonic()
            await program.start()
            ready = time.monotonic() - start
            for person in range(1, PEOPLE + 1):  # everybody is welcomed before, so that a question has one answer
                telegram.says(person, "/start")
            await asyncio.sleep(3)
            asked = await crowd(telegram)
            until = time.monotonic() + PATIENCE
            while (lost := len(asked) + PEOPLE - len(telegram.sent)) > 0 and time.monotonic() < until:
                await asyncio.sleep(0.1)
            assert program.process is not None
            memory = psutil.Process(program.process.pid).memory_info().rss / 1e6
            await program.kill(signal.SIGTERM)
    taken = waits(telegram, asked)
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"crowd on {engine}: {len(asked)} questions, {max(0, lost)} lost, p50 {p50:.0f} ms, p99 {p99:.0f} ms, ready {ready:.1f} s, {memory:.0f} MB")


def main() -> None:
    """Both databases."""
    with postgresql() as server, tempfile.TemporaryDirectory() as folder:
        for engine in ENGINES:
            asyncio.run(measure(engine, new_database(engine, server, Path(folder))))


if __name__ == "__main__":
    main()
