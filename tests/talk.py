"""Transcripts: conversations as data, and how one is played.

- name: "what is tested"
  now: "2026-11-22T12:00"      # optional
  turns:
    - user: "mikä on olka"     # typed; or tap: 2 for the second choice; or taps: its data; or sends: media
      says: ["sairaala"]       # each must occur in the reply, case ignored
      never: ["112"]           # none may occur
      topic: "olka"            # optional, with facet, answered, locale, place
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from bot.render import render
from dialogs.conversation import refused, respond
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn, Unread
from knowledge.calendar import local
from tests.whole import Whole

VOICE = {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}
FOLDER = Path(__file__).parent / "transcripts"


class Exchange(BaseModel):
    """One turn and what must come of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str | None = None
    tap: int | None = None
    taps: str | None = None
    """A button by its data: of an older message, or of no message at all."""
    sends: Unread | None = None
    """Something that is no text."""
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


@dataclass(frozen=True)
class Seen:
    """What came of an exchange, as far as one can see it from where it is played."""

    text: str
    """All that was said."""
    state: State
    """What is remembered afterwards."""
    reply: Reply | None = None
    """The reply itself, where it can be seen."""


def play(transcript: Transcript, mind: Mind) -> Iterator[tuple[Exchange, Seen]]:
    """Play it on the core alone; the state goes through JSON between turns, as it does in a database."""
    stored, now = State().model_dump_json(), local(transcript.now)
    for exchange in transcript.turns:
        now += dt.timedelta(minutes=exchange.after)
        state = State.model_validate_json(stored)
        data = state.offered[exchange.tap - 1] if exchange.tap else exchange.taps
        turn = Turn(text=exchange.user or "", data=data, unread=exchange.sends)
        reply = respond(state, turn, now, mind)
        if reply.effect:
            reply = refused(state, "invitation", now, mind)  # nobody holds an invitation in a transcript
        stored = reply.state.model_dump_json()
        yield exchange, Seen(render(reply), reply.state, reply)


async def play_whole(transcript: Transcript, one: Whole, *, rebuilt: bool) -> AsyncIterator[tuple[Exchange, Seen]]:
    """Play it on the whole application, which is built anew after every turn where that is wanted."""
    one.now = local(transcript.now)
    for exchange in transcript.turns:
        one.now += dt.timedelta(minutes=exchange.after)
        if exchange.tap:
            one.telegram.taps(one.chat, (await one.state()).offered[exchange.tap - 1])
        elif exchange.taps:
            one.telegram.taps(one.chat, exchange.taps)
        elif exchange.sends == "edited":
            one.telegram.update(edited_message=one.telegram.message(one.chat, "muutettu", edit_date=1_790_000_001))
        elif exchange.sends:
            one.telegram.update(message=one.telegram.message(one.chat, **VOICE))
        else:
            one.telegram.says(one.chat, exchange.user or "")
        text = "\n\n".join(sent.text for sent in await one.arrived())
        yield exchange, Seen(text, await one.state())
        if rebuilt:
            await one.rebuild()


def misses(exchange: Exchange, seen: Seen) -> list[str]:
    """What is wrong with it, in words."""
    text = seen.text.casefold()
    wrong = [f"says not {part!r}" for part in exchange.says if part.casefold() not in text]
    wrong += [f"says {part!r}" for part in exchange.never if part.casefold() in text]
    found: dict[str, Any] = {"locale": seen.state.locale, "place": seen.state.place, "choices": len(seen.state.offered)}
    if seen.reply is not None:
        found |= {"topic": seen.reply.topic, "facet": seen.reply.facet, "answered": seen.reply.answered}
    for key, value in found.items():
        wanted = getattr(exchange, key)
        if wanted is not None and wanted != value:
            wrong.append(f"{key} is {value!r}, not {wanted!r}")
    return wrong
