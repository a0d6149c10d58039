"""Conversations as data, played three times: on the core, on the whole application, and on one that is built anew after every turn."""

from __future__ import annotations

import pytest

from dialogs.mind import Mind
from tests.talk import Exchange, Seen, Transcript, misses, play, play_whole, transcripts
from tests.whole import whole

ALL = [pytest.param(transcript, id=name) for name, transcript in transcripts()]


@pytest.mark.parametrize("transcript", ALL)
def test_core(transcript: Transcript, mind: Mind) -> None:
    for exchange, seen in play(transcript, mind):
        judge(exchange, seen)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("transcript", ALL)
async def test_whole(transcript: Transcript, mind: Mind, databases: dict[str, str], engine: str) -> None:
    async with whole(mind, databases[engine]) as one:
        async for exchange, seen in play_whole(transcript, one, rebuilt=engine == "postgresql"):
            judge(exchange, seen)
        assert await one.turns() == len(transcript.turns)


def judge(exchange: Exchange, seen: Seen) -> None:
    wrong = misses(exchange, seen)
    assert not wrong, f"{exchange.user!r}: {'; '.join(wrong)}\n{seen.text}"
