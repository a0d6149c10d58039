"""What announcing asks of the shell, and what comes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from dialogs.announcing.model import Broadcast, Tongue, Wishes
from dialogs.effects import Effect, Outcome
from dialogs.model import Picture

Kind = Literal["topic", "place", "network"]
Page = Literal["", "topics", "places", "networks", "quiet", "digest"]
"""What of the subscriptions is shown; "" is the overview."""
View = Literal["page", "texts", "audience", "topics", "places", "networks", "roles", "presses", "channels", "preview", "confirm", "ready", "report"]
"""What of an announcement is shown."""


@dataclass(frozen=True)
class ShowWishes(Effect):
    """Look up what somebody subscribed to."""

    page: Page = ""


@dataclass(frozen=True)
class Toggle(Effect):
    """Subscribe to something, or stop that."""

    kind: Kind
    value: str
    page: Page


@dataclass(frozen=True)
class Subscribe(Effect):
    """Subscribe to all of this, on top of what is there already."""

    topics: tuple[str, ...]
    places: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()


@dataclass(frozen=True)
class StopAll(Effect):
    """Get no announcements any more."""


@dataclass(frozen=True)
class SetQuiet(Effect):
    """Choose other quiet hours, or none."""

    hours: tuple[int, int] | None


@dataclass(frozen=True)
class SetDigest(Effect):
    """Choose the hour of a daily digest, or each announcement by itself."""

    hour: int | None


@dataclass(frozen=True)
class WishesShown(Outcome):
    """What somebody subscribed to."""

    wishes: Wishes
    page: Page = ""
    note: str | None = None
    """A phrase that is said first."""


@dataclass(frozen=True)
class Stopped(Outcome):
    """No announcements any more."""

    before: bool
    """Whether there were any subscriptions."""


Dimension = Literal["topics", "places", "networks", "roles"]
"""What an audience is chosen by."""


@dataclass(frozen=True)
class ListBroadcasts(Effect):
    """Look up drafts, what is scheduled, and what was sent last."""


@dataclass(frozen=True)
class Draft(Effect):
    """Begin an announcement; or a correction of one."""

    text: str
    corrects: int | None = None


@dataclass(frozen=True)
class ShowBroadcast(Effect):
    """Look up one announcement."""

    id: int
    view: View = "page"


@dataclass(frozen=True)
class Write(Effect):
    """Change a text; None takes it out. What was sent already is changed wherever it arrived."""

    id: int
    tongue: Tongue
    text: str | None


@dataclass(frozen=True)
class Aim(Effect):
    """Put a value into the audience, or take it out."""

    id: int
    dimension: Dimension
    value: str


@dataclass(frozen=True)
class AddPress(Effect):
    """Put a button under it; an empty label takes all buttons away."""

    id: int
    label: str
    to: str


@dataclass(frozen=True)
class SetPicture(Effect):
    """Put it under a picture or file; None takes that away."""

    id: int
    picture: Picture | None


@dataclass(frozen=True)
class PostTo(Effect):
    """Post it in a channel or group too, or not."""

    id: int
    channel: int


@dataclass(frozen=True)
class Send(Effect):
    """Send it now, or at a time; or ask a second coordinator where one is needed. The number of people it was confirmed for goes along."""

    id: int
    due: dt.datetime | None = None


@dataclass(frozen=True)
class Approve(Effect):
    """As a second coordinator: yes, or no."""

    id: int
    yes: bool


@dataclass(frozen=True)
class Withdraw(Effect):
    """Throw a draft away, take a scheduled one back, recall what was sent."""

    id: int


@dataclass(frozen=True)
class CountPress(Effect):
    """A button under an announcement was tapped."""

    id: int
    number: int


@dataclass(frozen=True)
class Broadcasts(Outcome):
    """Drafts, scheduled ones, and those sent last."""

    found: tuple[Broadcast, ...]


@dataclass(frozen=True)
class BroadcastShown(Outcome):
    """One announcement."""

    broadcast: Broadcast
    view: View = "page"
    note: str | None = None
    """A phrase that is said first."""
    channels: tuple[tuple[int, str], ...] = ()
    """Channels and groups where it can be posted."""
    evenings: tuple[tuple[int, str], ...] = ()
    """Coming evenings that a button may lead to."""


@dataclass(frozen=True)
class TooLong(Outcome):
    """It would be longer than Telegram takes."""

    broadcast: Broadcast
    over: dict[Tongue, int]


@dataclass(frozen=True)
class Pressed(Outcome):
    """Where the button leads."""

    to: str
