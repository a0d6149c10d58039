"""What people want of their own registrations and wishes, as the shell is asked for it, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Interest, Seat
from dialogs.model import File, Value


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
