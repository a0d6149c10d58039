"""Transcripts: conversations as data, and how one is played.

- name: "what is tested"
  now: "2026-11-22T12:00"      # optional
  turns:
    - user: "mikä on olka"     # typed; or tap: 2 for the second choice
      says: ["sairaala"]       # each must occur in the reply, case ignored
      never: ["112"]           # none may occur
      topic: "olka"            # optional, with facet, answered, locale, place
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from bot.render import render
from dialogs.conversation import respond
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from knowledge.calendar import local

FOLDER = Path(__file__).parent / "transcripts"


class Exchange(BaseModel):
    """One turn and what must come of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str | None = None
    tap: int | None = None
    after: int = 0
    """Minutes that pass before it."""
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    topic: str | None = None
    facet: str | None = None
    answered: bool | None = None
    locale: str | None = None
    place: str | None = None
    choices: int | None = None


class Transcript(BaseModel):
    """One conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    now: dt.datetime = dt.datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 (Finnish local time is set when it is played)
    turns: tuple[Exchange, ...]


def transcripts() -> Iterator[tuple[str, Transcript]]:
    """All of them as (file and name, transcript)."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            transcript = Transcript.model_validate(raw)
            yield f"{path.stem}: {transcript.name}", transcript


def play(transcript: Transcript, mind: Mind) -> Iterator[tuple[Exchange, Reply]]:
    """Play it on the core alone; the state goes through JSON between turns, as it will in a database."""
    stored, now = State().model_dump_json(), local(transcript.now)
    for exchange in transcript.turns:
        now += dt.timedelta(minutes=exchange.after)
        state = State.model_validate_json(stored)
        data = state.offered[exchange.tap - 1] if exchange.tap else None
        reply = respond(state, Turn(text=exchange.user or "", data=data), now, mind)
        stored = reply.state.model_dump_json()
        yield exchange, reply


def misses(exchange: Exchange, reply: Reply) -> list[str]:
    """What is wrong with the reply, in words."""
    text = render(reply).casefold()
    wrong = [f"says not {part!r}" for part in exchange.says if part.casefold() not in text]
    wrong += [f"says {part!r}" for part in exchange.never if part.casefold() in text]
    seen: dict[str, Any] = {
        "topic": reply.topic,
        "facet": reply.facet,
        "answered": reply.answered,
        "locale": reply.state.locale,
        "place": reply.state.place,
        "choices": len(reply.state.offered),
    }
    for key, value in seen.items():
        wanted = getattr(exchange, key)
        if wanted is not None and wanted != value:
            wrong.append(f"{key} is {value!r}, not {wanted!r}")
    return wrong
