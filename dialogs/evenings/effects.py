"""What people want of evenings, as the shell is asked for it, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Entry, Evening, Seat
from dialogs.model import File, Open

Why = Literal["closed", "cancelled", "started", "past"]
"""Why nobody can register, or change what is registered."""


@dataclass(frozen=True)
class Find(Effect):
    """Look up what is coming."""

    place: str | None
    """The municipality that it is for; None for all of them."""
    places: tuple[str, ...]
    """Where to look."""
    skip: int = 0
    """How many of the soonest were shown already."""


@dataclass(frozen=True)
class Found(Outcome):
    """What is coming, soonest first."""

    evenings: tuple[Evening, ...]
    """At most as many as are shown at once."""
    asked: Find
    """What was asked for."""
    more: bool
    """Whether there are later ones."""


@dataclass(frozen=True)
class Show(Effect):
    """Look up one evening, and whether this person has registered for it."""

    evening: int
    """Its id."""


@dataclass(frozen=True)
class Shown(Outcome):
    """One evening."""

    evening: Evening
    """As it is now."""
    seat: Seat | None
    """What this person has registered."""


@dataclass(frozen=True)
class Prepare(Effect):
    """Look up what registering begins with."""

    evening: int
    """Its id."""
    queue: bool = False
    """Whether the waiting list is wanted when there is no room."""


@dataclass(frozen=True)
class Ready(Outcome):
    """Registering can begin."""

    evening: Evening
    """As it is now."""
    queue: bool
    """Whether the waiting list is wanted."""
    last: Seat | None
    """What this person registered last, for another evening."""


@dataclass(frozen=True)
class LookUp(Effect):
    """Look up which association may be meant."""

    typed: str
    """What was typed."""


@dataclass(frozen=True)
class Alike(Outcome):
    """Known associations with such a name."""

    typed: str
    """As it was typed; as it is known, where it is known."""
    names: tuple[str, ...]
    """Those that resemble it, nearest first; none where it is known itself."""


@dataclass(frozen=True)
class Register(Effect):
    """Register people for an evening."""

    evening: int
    """Its id."""
    entry: Entry
    """Who, from where, how many."""
    queue: bool
    """Whether they take a place on the waiting list when there is no room."""
    opened: Open
    """The dialogue that was confirmed; it is opened again when there is no room."""


@dataclass(frozen=True)
class Registered(Outcome):
    """They have seats, or wait for them."""

    seat: Seat
    """What they have."""
    new: bool
    """False when they had registered before; then nothing has changed."""
    file: File
    """The evening for their calendar."""


@dataclass(frozen=True)
class NoRoom(Outcome):
    """There are fewer seats left than people."""

    evening: Evening
    """As it is now."""
    opened: Open
    """The dialogue, to be opened again."""


@dataclass(frozen=True)
class TooMany(Outcome):
    """More people than may be registered at once."""

    most: int
    """How many may."""
    opened: Open
    """The dialogue, to be opened again."""


@dataclass(frozen=True)
class Shut(Outcome):
    """It is too late for what was wanted."""

    evening: Evening
    """As it is now."""
    why: Why
    """What has happened to it."""
