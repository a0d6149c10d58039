"""What the shell is asked for about those who come, and what comes of it. All of it is for coordinators only, except rating."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Seat
from dialogs.hosting.model import Board, Guest


@dataclass(frozen=True)
class Write(Effect):
    """Write to everybody registered."""

    evening: int
    text: str


@dataclass(frozen=True)
class Written(Outcome):
    """It is on its way."""

    board: Board
    told: int


@dataclass(frozen=True)
class AddGuest(Effect):
    """Register people who are not on Telegram."""

    evening: int
    name: str
    association: str
    people: int
    here: bool
    """Whether they stand at the door."""


@dataclass(frozen=True)
class Added(Outcome):
    """They have seats, or wait for them."""

    board: Board
    seat: Seat
    here: bool


@dataclass(frozen=True)
class TooMany(Outcome):
    """More people than may be registered at once."""

    board: Board
    most: int


@dataclass(frozen=True)
class CheckIn(Effect):
    """Somebody stands at the door: note that they came where it is clear who they are."""

    evening: int
    said: str = ""
    """Their code, or a name."""
    guest: int | None = None
    """Their registration, where it was chosen."""


@dataclass(frozen=True)
class AtDoor(Outcome):
    """Who it is, or may be."""

    board: Board
    said: str
    guest: Guest | None = None
    """Who it is; then they have been noted unless they wait for seats."""
    again: bool = False
    """Whether they had been noted before."""
    near: tuple[Guest, ...] = ()
    """Who it may be."""


@dataclass(frozen=True)
class Summarise(Effect):
    """Keep what came out of an evening."""

    evening: int
    text: str
    next: str | None
    """When the next one is, as ISO text."""


@dataclass(frozen=True)
class SendSummary(Effect):
    """Send it to those who came."""

    evening: int


@dataclass(frozen=True)
class Rate(Effect):
    """Somebody who came says how it was."""

    registration: int
    stars: int


@dataclass(frozen=True)
class Rated(Outcome):
    """It is kept."""

    registration: int
    title: str


@dataclass(frozen=True)
class Comment(Effect):
    """A word beside it."""

    registration: int
    text: str
