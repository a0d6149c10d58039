"""What coordinators' choices ask the shell for, and what comes of it: evenings seen and changed. What concerns people is in guests.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Evening
from dialogs.hosting.model import Board, Wanted
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
    field: str
    """What was changed."""
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
