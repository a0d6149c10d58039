"""What a turn is made of: data only. The same shapes serve every front end and the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.parts import Locale

PartKind = Literal["newer", "text", "note", "source"]
Unread = Literal["media", "edited"]
"""What a person may send that is not read: a picture, a voice, a place on the map …; a message changed afterwards."""


class State(BaseModel):
    """What is remembered of one person between turns. Goes through JSON unchanged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    locale: Locale = "fi"
    """Language of the last reply."""
    locale_chosen: bool = False
    """True when the person chose it: then it is not detected any more."""
    selko: bool = False
    """Whether Easy Finnish is wanted."""
    place: str | None = None
    """Their municipality, by its key."""
    topic: str | None = None
    """What was talked about last."""
    facet: str | None = None
    """And what was asked about it."""
    quiet: int = 0
    """Turns since it was talked about."""
    heard: str | None = None
    """The answer said last, with its language and place, so that it is not said twice running as if it were new."""
    pending: str | None = None
    """The answer ("topic/facet") that waits for a place to be named."""
    asked_back: bool = False
    """Whether a place has already been asked for twice."""
    offered: tuple[str, ...] = ()
    """Data of the numbered choices shown last, in order."""
    crisis: bool = False
    """Whether help was named last; then small talk pushes no menu."""
    greeted: bool = False
    """Whether the welcome has been said."""
    misses: int = 0
    """Questions in a row that were not answered."""
    last_at: dt.datetime | None = None
    """When the last turn was."""


@dataclass(frozen=True)
class Turn:
    """What a person did: typed a text, or tapped a choice."""

    text: str = ""
    """As typed."""
    data: str | None = None
    """A tapped choice's data; then `text` is not read."""
    unread: Unread | None = None
    """What came that is neither; then nothing else is read."""


@dataclass(frozen=True)
class Choice:
    """A next step: a button, and a numbered line for those who type."""

    label: str
    """Two to four words."""
    data: str
    """What comes back when it is chosen, e.g. "answer:kerta-avustus/when"; at most 64 bytes of ASCII."""


@dataclass(frozen=True)
class Part:
    """One paragraph and what it is, so that a front end can style it."""

    kind: PartKind
    """newer: a later fact, first. text: the answer. note: what limits it. source: where it is from."""
    text: str
    """Plain text."""


@dataclass(frozen=True)
class Say:
    """One message: paragraphs, then choices."""

    parts: tuple[Part, ...]
    """In the order they are read."""
    choices: tuple[Choice, ...] = ()
    """Next steps; numbered through all messages of a turn."""

    @classmethod
    def of(cls, text: str, choices: tuple[Choice, ...] = ()) -> Say:
        """A message of one paragraph."""
        return cls((Part("text", text),), choices)


@dataclass(frozen=True)
class Effect:
    """Something that must happen once, and may be refused."""

    name: Literal["become-admin"]
    """Which effect; the shell has a function for each."""
    value: str
    """What it needs, e.g. the code of an invitation."""


@dataclass(frozen=True)
class Reply:
    """What a turn leads to."""

    state: State
    """To be remembered."""
    says: tuple[Say, ...]
    """To be said."""
    answered: bool = True
    """False when the bot declined or asked back."""
    topic: str | None = None
    """The topic that was answered, or the kind of talk."""
    facet: str | None = None
    """The facet that was answered."""
    score: float = 0.0
    """How well the message fitted it, about 0 to 1."""
    effects: tuple[Effect, ...] = ()
    """What must happen besides talking, in the same transaction; one that refuses undoes the turn (see `refused`)."""
