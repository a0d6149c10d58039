"""An evening as those who hold it see it: a picture of everything that is known of it, taken in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.evenings.model import Evening, SeatStatus

NOTES = ("planners", "tell", "ask", "workshop", "speakers", "timetable")
"""Headings of the planning notes, as the model of the association evening has them (Innokylä 2020)."""
NEXT = "next"
"""Key of the plan under which the next evening's date stands, as ISO text."""


@dataclass(frozen=True)
class Line:
    """One line of the checklist."""

    id: int
    """Stands in its button."""
    key: str
    """Which line of knowledge/data/checklist.yaml."""
    due: dt.datetime
    """When it should be done."""
    done: bool
    """Whether it is."""


@dataclass(frozen=True)
class Guest:
    """One registration that counts: people who come, or wait."""

    id: int
    """Stands in buttons."""
    status: SeatStatus
    """Whether they have seats."""
    name: str
    """Who registered; "" once it is anonymised."""
    association: str
    """Their association."""
    people: int
    """How many."""
    code: str
    """What they show at the door."""
    at: dt.datetime
    """When they registered."""
    reachable: bool
    """Whether the bot can write to them: they registered on Telegram themselves."""
    catering: str | None = None
    """Diets."""
    access: str | None = None
    """Accessibility needs."""
    wish: str | None = None
    """A question or wish."""
    arrived: dt.datetime | None = None
    """When they came."""
    rating: int | None = None
    """1 to 5."""
    comment: str | None = None
    """A word beside it."""


@dataclass(frozen=True)
class Board:
    """All of one evening."""

    evening: Evening
    link: str
    """Opens the evening in the bot."""
    plan: Mapping[str, str] = field(default_factory=dict)
    """Planning notes by their heading."""
    tasks: tuple[Line, ...] = ()
    """The checklist, in the order of its days."""
    guests: tuple[Guest, ...] = ()
    """Registrations that count, in their order."""
    interested: int = 0
    """People who want to be told of an evening in this place or about this theme."""
    summary_sent: dt.datetime | None = None
    """When the summary went out."""

    @property
    def seated(self) -> tuple[Guest, ...]:
        """Who has seats."""
        return tuple(guest for guest in self.guests if guest.status == "seated")

    @property
    def waiting(self) -> tuple[Guest, ...]:
        """Who waits for seats."""
        return tuple(guest for guest in self.guests if guest.status == "waiting")

    @property
    def arrived(self) -> tuple[Guest, ...]:
        """Who came."""
        return tuple(guest for guest in self.guests if guest.arrived)

    @property
    def came(self) -> tuple[Guest, ...]:
        """Who gets the summary: those who came; where nobody was noted at the door, all who had seats."""
        return self.arrived or self.seated


@dataclass(frozen=True)
class Wanted:
    """How many people want to be told of an evening."""

    people: int = 0
    """In all."""
    anything: int = 0
    """Those who want to be told of every evening, wherever and whatever about."""
    places: Mapping[str, int] = field(default_factory=dict)
    """By municipality, most wanted first."""
    themes: Mapping[str, int] = field(default_factory=dict)
    """By theme."""


def reachable(guests: tuple[Guest, ...]) -> int:
    """How many of them the bot can write to."""
    return sum(guest.reachable for guest in guests)


def people(guests: tuple[Guest, ...]) -> int:
    """How many people they are together."""
    return sum(guest.people for guest in guests)
