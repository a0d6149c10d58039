"""Association evenings and registrations as the core sees them: pictures of what is in the database, taken in the same transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from knowledge.parts import Locale

Status = Literal["draft", "published", "cancelled"]
SeatStatus = Literal["seated", "waiting", "cancelled"]


@dataclass(frozen=True)
class Evening:
    """One association evening. Times are Finnish local time."""

    id: int
    status: Status
    title: str
    place: str
    """The municipality, by its key."""
    venue: str
    """House and room."""
    starts: dt.datetime
    ends: dt.datetime
    theme: str | None = None
    """A theme by its key in knowledge/data/themes.yaml, or an own one as text."""
    programme: str | None = None
    capacity: int | None = None
    """Seats; None when there is no limit."""
    group_most: int | None = None
    """People that may be registered at once; None when there is no limit of its own."""
    closes: dt.datetime | None = None
    """Until when one can register; None: until it begins."""
    catering: str | None = None
    """What is served; None: nothing said."""
    summary: str | None = None
    example: bool = False
    """Whether it is an example, and must be called one."""
    seated: int = 0
    """People who have a seat."""
    waiting: int = 0
    """People who wait for one."""

    @property
    def free(self) -> int | None:
        """Seats left; None when there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seated)

    @property
    def largest_group(self) -> int | None:
        """How many may come as one group at all; None when there is no limit."""
        return min((limit for limit in (self.group_most, self.capacity) if limit is not None), default=None)

    def takes_registrations(self, now: dt.datetime) -> bool:
        """Whether one can register now."""
        return self.status == "published" and now < (self.closes or self.starts)


@dataclass(frozen=True)
class Seat:
    """One registration: people who come, or wait."""

    id: int
    evening: Evening
    status: SeatStatus
    name: str
    association: str
    people: int
    code: str
    """What they show at the door."""
    position: int = 0
    """Place on the waiting list, from 1; 0 when they do not wait."""
    catering: str | None = None
    access: str | None = None
    wish: str | None = None
    reminders: bool = True
    locale: Locale = "fi"


@dataclass(frozen=True)
class Entry:
    """What is registered: who, from where, how many, and what they need."""

    name: str
    """Who registers."""
    association: str
    """Where they come from."""
    people: int
    """How many come."""
    catering: str | None = None
    """Diets."""
    access: str | None = None
    """Accessibility needs."""
    wish: str | None = None
    """A question or wish for the evening."""
    locale: Locale = "fi"
    """The language they are written to in."""


@dataclass(frozen=True)
class Interest:
    """What somebody wants to be told of."""

    id: int
    """Stands in buttons."""
    place: str
    """A municipality by its key; "" for any."""
    theme: str
    """A theme by its key; "" for any."""
