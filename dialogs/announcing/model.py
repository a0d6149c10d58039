"""Announcements and who wants them, as the core sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tongue = Literal["fi", "selko", "sv", "en"]
TONGUES: tuple[Tongue, ...] = ("fi", "selko", "sv", "en")
"""Languages of an announcement; only Finnish must be there."""
BroadcastStatus = Literal["draft", "waiting", "scheduled", "sending", "sent", "cancelled", "recalled"]
QUIET = (21, 8)
"""Hours between which nothing is said unasked, where a person has not chosen others."""


@dataclass(frozen=True)
class Wishes:
    """What one person wants to be told."""

    topics: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    """Municipalities; none means all."""
    networks: frozenset[str] = frozenset()
    quiet: tuple[int, int] | None = QUIET
    """Full hours from and to which nothing is said; None for never."""
    digest: int | None = None
    """The hour at which all of a day is said at once; None for each by itself."""

    @property
    def any(self) -> bool:
        """Whether anything is wanted."""
        return bool(self.topics or self.networks)


@dataclass(frozen=True)
class Audience:
    """Whom an announcement is for: one of the topics, and one of the places, and so on; what is left empty excludes nobody."""

    topics: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    def reaches(self, wishes: Wishes, roles: frozenset[str] = frozenset()) -> bool:
        """Whether somebody with these wishes and roles is one of them. Nobody gets what they have not asked for; a role is asking, too."""
        asked = bool(self.roles & roles) if self.roles else wishes.any
        about = not self.topics or bool(self.topics & wishes.topics)
        within = not self.networks or bool(self.networks & wishes.networks)
        near = not self.places or not wishes.places or bool(self.places & wishes.places)
        return asked and about and within and near


@dataclass(frozen=True)
class Press:
    """A button under an announcement."""

    label: str
    to: str
    """Data of a choice ("evening:12", "answer:kerta-avustus/when"), or an https address."""


@dataclass(frozen=True)
class Counts:
    """What became of an announcement's messages."""

    total: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    late: int = 0
    digest: int = 0
    """Kept for a daily digest."""
    recalled: int = 0
    """Deleted again."""
    kept: int = 0
    """Not to be deleted any more: older than Telegram allows, or refused."""
    taps: int = 0

    @property
    def done(self) -> int:
        """Messages whose end is known."""
        return self.sent + self.blocked + self.failed + self.unknown + self.late + self.digest


@dataclass(frozen=True)
class Broadcast:
    """One announcement. Times are Finnish local time."""

    id: int
    status: BroadcastStatus
    texts: Mapping[str, str]
    """By language; "fi" is always there."""
    audience: Audience = Audience()
    presses: tuple[Press, ...] = ()
    picture: str | None = None
    """Telegram's id of a picture or file."""
    picture_kind: Literal["photo", "document"] | None = None
    due: dt.datetime | None = None
    """When it goes out; None: when somebody says so."""
    author: int = 0
    channels: tuple[int, ...] = ()
    """Channels and groups where it is posted too."""
    corrects: int | None = None
    """The announcement that it corrects."""
    recipients: int = 0
    """How many people it reaches now."""
    counts: Counts = field(default_factory=Counts)
    seconds: float | None = None
    """How long it took from the first message to the last; None while it goes on."""

    def text(self, locale: str, *, selko: bool) -> tuple[str, bool]:
        """The text for a person, and whether it is in their language."""
        if locale == "fi":
            return (self.texts.get("selko") if selko else None) or self.texts["fi"], True
        return (self.texts[locale], True) if locale in self.texts else (self.texts["fi"], False)
