"""What coordinators' choices ask the shell for, and what comes of it. All of it is for coordinators only, except rating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Evening, Seat
from dialogs.hosting.model import Board, Guest, Wanted
from dialogs.model import File, Value

Paper = Literal["poster", "csv", "xlsx"]
"""What can be made of an evening as a file."""
Reason = Literal["below-seated", "closes-late", "closes-past"]
"""Why an evening stays as it is."""


@dataclass(frozen=True)
class LookAround(Effect):
    """Look at all evenings, and at who waits for one."""

    view: str
    """What it is shown for; see VIEWS in menu.py."""


@dataclass(frozen=True)
class Around(Outcome):
    """All evenings of this installation."""

    view: str
    drafts: tuple[Evening, ...]
    coming: tuple[Evening, ...]
    """Published and not over, soonest first."""
    past: tuple[Evening, ...]
    """Over, or cancelled; the last ones first."""
    wanted: Wanted


@dataclass(frozen=True)
class See(Effect):
    """Look at one evening."""

    screen: str
    """What it is shown for; see SCREENS in rooms of this package."""
    evening: int


@dataclass(frozen=True)
class Seen(Outcome):
    """One evening."""

    screen: str
    board: Board
    note: str = ""
    """The phrase that is said first, of what has just been done."""


@dataclass(frozen=True)
class Create(Effect):
    """Keep a new evening."""

    values: Mapping[str, Value]
    """Answers by their slots in knowledge/data/dialogs/plan.yaml."""
    publish: bool


@dataclass(frozen=True)
class Publish(Effect):
    """Let people see a draft and register."""

    evening: int


@dataclass(frozen=True)
class Published(Outcome):
    """People see it and can register."""

    board: Board
    told: int
    """How many people who had waited for it were told."""
    poster: File


@dataclass(frozen=True)
class Change(Effect):
    """Change an evening."""

    evening: int
    values: Mapping[str, Value]
    """New values by their names; "plan-<heading>" is a planning note. None takes the value away."""


@dataclass(frozen=True)
class Changed(Outcome):
    """It is changed."""

    board: Board
    told: int = 0
    """How many of the registered were told."""
    alone: int = 0
    """How many registrations the bot could not write to."""
    promoted: int = 0
    """How many registrations got seats from the waiting list."""
    deadline: bool = False
    """Whether the deadline moved along with the day."""


@dataclass(frozen=True)
class Unchanged(Outcome):
    """It stays as it is."""

    board: Board
    reason: Reason
    field: str
    """What was to be changed."""


@dataclass(frozen=True)
class CallOff(Effect):
    """Cancel an evening; its registrations are cancelled too."""

    evening: int


@dataclass(frozen=True)
class CalledOff(Outcome):
    """It is cancelled."""

    board: Board
    told: int
    """How many of the registered were told."""
    alone: int
    """How many registrations the bot could not write to."""


@dataclass(frozen=True)
class Tick(Effect):
    """A line of the checklist is done, or not done after all."""

    evening: int
    task: int


@dataclass(frozen=True)
class Make(Effect):
    """Make a file of an evening."""

    evening: int
    paper: Paper


@dataclass(frozen=True)
class Made(Outcome):
    """The file."""

    board: Board
    paper: Paper
    file: File


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
