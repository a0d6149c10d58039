"""What a turn is made of: data only. The same shapes serve every front end and the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs.effects import Effect
from knowledge.parts import Locale

PartKind = Literal["newer", "text", "note", "source"]
Unread = Literal["media", "edited"]
"""What a person may send that is not read: a picture, a voice, a place on the map …; a message changed afterwards."""


Value = str | int | None
"""What a slot holds: a text, a number, a time as ISO text, the key of a place; None when it was left out."""


class Open(BaseModel):
    """A guided dialogue that is going on. The open question is derived: the first slot that is not filled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    """The form in knowledge/data/dialogs/."""
    about: dict[str, Value] = {}
    """What it is about, known from the beginning: the evening's id, title …"""
    filled: dict[str, Value] = {}
    """Slots that have been answered."""
    asks: str | None = None
    """A slot that is to be asked next whatever is filled: one that is corrected, or of the card."""
    offers: tuple[str, ...] = ()
    """Suggestions for the open slot that came from the database; the last one is what was typed."""
    left: bool = False
    """Whether it waits to be gone on with; until then nothing that is typed is taken for an answer."""

    @property
    def key(self) -> str:
        """Form and subject, so that a button of another one is recognised: "register-12"."""
        return f"{self.form}-{self.about['id']}" if "id" in self.about else self.form


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
    open: Open | None = None
    """The guided dialogue that is going on."""
    done: str | None = None
    """Key of the dialogue confirmed last, so that a second tap is told so."""
    offered: tuple[str, ...] = ()
    """Data of the numbered choices shown last, in order."""
    labels: tuple[str, ...] = ()
    """What stood on them, for those who type it."""
    crisis: bool = False
    """Whether help was named last; then small talk pushes no menu."""
    greeted: bool = False
    """Whether the welcome has been said."""
    misses: int = 0
    """Questions in a row that were not answered."""
    last_at: dt.datetime | None = None
    """When the last turn was."""


@dataclass(frozen=True)
class Manner:
    """How somebody is spoken to."""

    locale: Locale
    selko: bool = False
    """Whether Easy Finnish is wanted."""


@dataclass(frozen=True)
class Turn:
    """What a person did: typed a text, or tapped a choice."""

    text: str = ""
    """As typed."""
    data: str | None = None
    """A tapped choice's data; then `text` is not read."""
    picture: Picture | None = None
    """A picture or a file that was sent, with `text` written under it."""
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
    """Plain text; it may hold line breaks."""


@dataclass(frozen=True)
class File:
    """A file to be sent."""

    name: str
    """Its name with ending; the ending tells what it is."""
    content: bytes
    """All of it; at most a few hundred kilobytes, since it waits in the database."""


@dataclass(frozen=True)
class Picture:
    """A picture or a file that Telegram has already."""

    kind: Literal["photo", "document"]
    """How it is shown."""
    id: str
    """Telegram's id of it."""


@dataclass(frozen=True)
class Say:
    """One message: paragraphs, then choices."""

    parts: tuple[Part, ...]
    """In the order they are read."""
    choices: tuple[Choice, ...] = ()
    """Next steps; numbered through all messages of a turn."""
    controls: tuple[Choice, ...] = ()
    """Ways around in a dialogue (back, skip, cancel): buttons without a number, typed by their words."""
    file: File | None = None
    """A file that comes with it."""
    picture: Picture | None = None
    """A picture or file of Telegram's under which it stands."""

    @classmethod
    def of(cls, text: str, choices: tuple[Choice, ...] = ()) -> Say:
        """A message of one paragraph."""
        return cls((Part("text", text),), choices)


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
    effect: Effect | None = None
    """What the shell must do or look up, in the same transaction. Then not this is said, but what comes of it (see `told`);
    where the effect is refused, the turn is undone (see `refused`)."""
