"""Transcripts: conversations as data, and how one is played.

- name: "what is tested"
  now: "2026-11-22T12:00"      # optional
  evenings:                    # optional: rows of the table Evening that are there before; published unless they say otherwise
    - {title: "Yhdistysilta", place: "hattula", venue: "Kunnantalo", starts_at: "2026-12-10T17:30", ends_at: "2026-12-10T20:00"}
  turns:
    - user: "mikä on olka"     # typed; or tap: 2 for the second choice, tap: "Ehdot" for a button; or taps: its data; or sends: media
      by: "Bo"                 # optional: somebody else than the one person; "koordinaattori" is a coordinator
      after: 60                # optional: minutes that pass before it
      says: ["sairaala"]       # each must occur in the reply, case ignored
      never: ["112"]           # none may occur
      file: "*.ics"            # optional: a file of such a name came
      topic: "olka"            # optional, with facet, answered, locale, place
    - after: 1440              # nothing is said: time passes, and what has come unasked since is looked at
      says: ["huomenna"]

"{evening1}" in what is typed or said stands for the id of the first of the evenings.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from bot.db.models import Evening
from dialogs.model import Reply, State, Turn, Unread
from knowledge.calendar import local
from tests.fakes import Sent
from tests.stages import COORDINATOR, Stage, emptied, state

FOLDER = Path(__file__).parent / "transcripts"


class Exchange(BaseModel):
    """One turn and what must come of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str | None = None
    tap: int | str | None = None
    """The number of a choice, or the label of a button: the last one that came with it."""
    taps: str | None = None
    """A button by its data: of an older message, or of no message at all."""
    sends: Unread | None = None
    """Something that is no text."""
    by: str = "Aino"
    """Who it is; each has a chat of their own."""
    after: int = 0
    """Minutes that pass before it."""
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    file: str | None = None
    topic: str | None = None
    facet: str | None = None
    answered: bool | None = None
    locale: str | None = None
    place: str | None = None
    choices: int | None = None

    @property
    def acts(self) -> bool:
        """Whether something is done, and not only waited."""
        return any(done is not None for done in (self.user, self.tap, self.taps, self.sends))

    def filled(self, evenings: list[int]) -> Exchange:
        """With the ids of the evenings in their places."""
        text = self.model_dump_json()
        for number, key in enumerate(evenings, 1):
            text = text.replace(f"{{evening{number}}}", str(key))
        return Exchange.model_validate_json(text)


class Transcript(BaseModel):
    """One conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    now: dt.datetime = dt.datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 (Finnish local time is set when it is played)
    evenings: tuple[dict[str, Any], ...] = ()
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
    files: tuple[str, ...] = ()
    """Names of the files that came."""
    reply: Reply | None = None
    """The reply itself, where it can be seen."""


async def play(transcript: Transcript, stage: Stage) -> AsyncIterator[tuple[Exchange, Seen]]:
    """Play it. What is said unasked between two turns of a person is seen by an exchange in which they only wait."""
    stage.now = local(transcript.now)
    evenings, read = await _prepared(transcript, stage), Counter[int]()
    for exchange in (raw.filled(evenings) for raw in transcript.turns):
        chat, reply = stage.chat(exchange.by), None
        if exchange.after:
            stage.now += dt.timedelta(minutes=exchange.after)
            await stage.passed()
        if exchange.acts:
            read[chat] = len(stage.to(chat))
            reply = await stage.turn(chat, await _turn(exchange, stage, chat))
        arrived = stage.to(chat)[read[chat] :]
        read[chat] += len(arrived)
        text = "\n\n".join(sent.text for sent in arrived if sent.text)
        yield exchange, Seen(text, await state(stage, chat), tuple(sent.file[0] for sent in arrived if sent.file), reply)


async def _prepared(transcript: Transcript, stage: Stage) -> list[int]:
    """Nothing is there but the evenings of the transcript; their ids."""
    await emptied(stage.database)
    always = {"status": "published", "created_by": stage.chat(COORDINATOR), "created_at": stage.now}
    rows = [
        Evening(**(always | {key: _moment(value) if key.endswith("_at") else value for key, value in row.items()})) for row in transcript.evenings
    ]
    async with stage.database.transaction() as session:
        session.add_all(rows)
        await session.flush()
        return [row.id for row in rows]


def _moment(text: str) -> dt.datetime:
    return local(dt.datetime.fromisoformat(text))


async def _turn(exchange: Exchange, stage: Stage, chat: int) -> Turn:
    data = None
    if isinstance(exchange.tap, int):
        data = (await state(stage, chat)).offered[exchange.tap - 1]
    elif exchange.tap is not None:
        data = _labelled(exchange.tap, stage.to(chat))
    elif exchange.taps is not None:
        data = exchange.taps
    return Turn(text=exchange.user or "", data=data, unread=exchange.sends)


def _labelled(label: str, sent: list[Sent]) -> str:
    """Data of the last button that is called so."""
    under = [button for one in sent for button in one.buttons]
    assert label in dict(under), f"no button {label!r}, only {[name for name, _ in under]}"
    return dict(under)[label]


def misses(exchange: Exchange, seen: Seen) -> list[str]:
    """What is wrong with it, in words."""
    text = seen.text.casefold()
    wrong = [f"says not {part!r}" for part in exchange.says if part.casefold() not in text]
    wrong += [f"says {part!r}" for part in exchange.never if part.casefold() in text]
    if exchange.file and not fnmatch.filter(seen.files, exchange.file):
        wrong.append(f"no file {exchange.file!r} came, only {seen.files}")
    found: dict[str, Any] = {"locale": seen.state.locale, "place": seen.state.place, "choices": len(seen.state.offered)}
    if seen.reply is not None:
        found |= {"topic": seen.reply.topic, "facet": seen.reply.facet, "answered": seen.reply.answered}
    for key, value in found.items():
        wanted = getattr(exchange, key)
        if wanted is not None and wanted != value:
            wrong.append(f"{key} is {value!r}, not {wanted!r}")
    return wrong
