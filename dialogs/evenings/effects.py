"""What people want of evenings, as the shell is asked for it, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Entry, Evening, Interest, Seat
from dialogs.model import File, Open, Value

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


@dataclass(frozen=True)
class FindMine(Effect):
    """Look up this person's registrations and interests."""


@dataclass(frozen=True)
class Mine(Outcome):
    """What they have registered for that is still to come, and what they want to be told of."""

    seats: tuple[Seat, ...]
    """Registrations, soonest first."""
    interests: tuple[Interest, ...]
    """What they want to be told of."""


@dataclass(frozen=True)
class ShowSeat(Effect):
    """Look up one registration of this person."""

    seat: int
    """Its id."""
    then: str = ""
    """What they want to do with it: "" to see it, "change", "cancel", "keep", or the name of a slot."""


@dataclass(frozen=True)
class SeatShown(Outcome):
    """One registration."""

    seat: Seat
    """As it is now."""
    then: str = ""
    """What they want to do with it."""
    file: File | None = None
    """The evening for their calendar, when they have just got their seats."""


@dataclass(frozen=True)
class Change(Effect):
    """Change one thing of a registration."""

    seat: int
    """Its id."""
    slot: str
    """Which thing: people, catering, access, wish or reminders."""
    value: Value
    """What it becomes; None for nothing."""


@dataclass(frozen=True)
class Changed(Outcome):
    """It is changed."""

    seat: Seat
    """As it is now."""
    slot: str
    """What was changed."""


@dataclass(frozen=True)
class NotMore(Outcome):
    """A registration cannot grow that much: there are no seats, or it is more than is allowed."""

    seat: Seat
    """As it was and is."""
    most: int
    """How many people it could be now."""


@dataclass(frozen=True)
class Leave(Effect):
    """Cancel a registration."""

    seat: int
    """Its id."""


@dataclass(frozen=True)
class Left(Outcome):
    """It is cancelled."""

    seat: Seat
    """As it was."""


@dataclass(frozen=True)
class Follow(Effect):
    """Tell this person when an evening is published."""

    place: str
    """Where; "" for anywhere."""
    theme: str
    """What about; "" for anything."""


@dataclass(frozen=True)
class Followed(Outcome):
    """They will be told."""

    place: str
    """Where; "" for anywhere."""
    theme: str
    """What about; "" for anything."""


@dataclass(frozen=True)
class Unfollow(Effect):
    """Tell them no more."""

    interest: int
    """Its id."""
