"""Conversations as data, played three times: on the core, on the whole application, and on one that is built anew after every turn."""

from __future__ import annotations

import pytest

from dialogs.mind import Mind
from tests.stages import Full, Stage, core, turns
from tests.talk import Exchange, Seen, Transcript, misses, play, transcripts
from tests.whole import whole

ALL = [pytest.param(transcript, id=name) for name, transcript in transcripts()]


@pytest.mark.parametrize("transcript", ALL)
async def test_core(transcript: Transcript, mind: Mind) -> None:
    async with core(mind) as stage:
        await judged(transcript, stage)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("transcript", ALL)
async def test_whole(transcript: Transcript, mind: Mind, databases: dict[str, str], engine: str) -> None:
    async with whole(mind, databases[engine]) as one:
        await judged(transcript, Full(one, rebuilt=engine == "postgresql"))


async def judged(transcript: Transcript, stage: Stage) -> None:
    """Every exchange goes as it should, and every turn is counted once."""
    async for exchange, seen in play(transcript, stage):
        judge(exchange, seen)
    for who in {exchange.by for exchange in transcript.turns}:
        acted = sum(exchange.acts for exchange in transcript.turns if exchange.by == who)
        assert await turns(stage, stage.chat(who)) == acted


def judge(exchange: Exchange, seen: Seen) -> None:
    wrong = misses(exchange, seen)
    assert not wrong, f"{exchange.by}: {exchange.user or exchange.tap!r}: {'; '.join(wrong)}\n{seen.text}"
