"""Conversations as data, played on the core."""

from __future__ import annotations

import pytest

from bot.render import render
from dialogs.mind import Mind
from tests.talk import Transcript, misses, play, transcripts

ALL = [pytest.param(transcript, id=name) for name, transcript in transcripts()]


@pytest.mark.parametrize("transcript", ALL)
def test_transcript(transcript: Transcript, mind: Mind) -> None:
    for exchange, reply in play(transcript, mind):
        wrong = misses(exchange, reply)
        assert not wrong, f"{exchange.user!r}: {'; '.join(wrong)}\n{render(reply)}"
