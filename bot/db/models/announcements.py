"""Tables of announcements: who wants them, and what was announced."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, numbered


class Subscription(Base):
    """One thing that somebody wants to be told about."""

    __tablename__ = "subscriptions"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Who."""
    kind: Mapped[str] = mapped_column(primary_key=True)
    """One of: topic, place, network."""
    value: Mapped[str] = mapped_column(primary_key=True)
    """Which, by its key."""


class Quiet(Base):
    """When somebody wants to be told; whoever has no row has the usual quiet hours and no digest."""

    __tablename__ = "quiet"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Who."""
    begins: Mapped[int | None] = mapped_column(SmallInteger)
    """The full hour from which nothing is said; None for never."""
    ends: Mapped[int | None] = mapped_column(SmallInteger)
    """The full hour from which it is said again."""
    digest: Mapped[int | None] = mapped_column(SmallInteger)
    """The hour at which all of a day is said at once; None for each by itself."""


class Broadcast(Base):
    """One announcement, from its draft to its report."""

    __tablename__ = "broadcasts"

    id: Mapped[int] = numbered()
    """Stands in buttons."""
    status: Mapped[str] = mapped_column(server_default="draft", index=True)
    """One of: draft, waiting (for a second coordinator), scheduled, sending, sent, cancelled, recalled."""
    author: Mapped[int]
    """The chat of the coordinator who wrote it; progress and report go there."""
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    """By language: fi, selko, sv, en."""
    audience: Mapped[dict[str, list[str]]] = mapped_column(JSON, server_default="{}")
    """Topics, places, networks, roles."""
    presses: Mapped[list[list[str]]] = mapped_column(JSON, server_default="[]")
    """Buttons: label, and what it opens."""
    picture: Mapped[str | None]
    """Telegram's id of a picture or file."""
    picture_kind: Mapped[str | None]
    """One of: photo, document."""
    channels: Mapped[list[int]] = mapped_column(JSON, server_default="[]")
    """Channels and groups where it is posted too."""
    corrects: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"))
    """The announcement that it corrects: it goes to exactly those who got that."""
    approved_by: Mapped[int | None]
    """The second coordinator, where one is needed."""
    due_at: Mapped[dt.datetime | None]
    """When it goes out; None: when somebody says so."""
    created_at: Mapped[dt.datetime]
    """When it was begun."""
    started_at: Mapped[dt.datetime | None]
    """When its messages were written."""
    ended_at: Mapped[dt.datetime | None]
    """When the last of them was sent or given up."""
    taps: Mapped[int] = mapped_column(server_default=text("0"))
    """How often its buttons were tapped."""


class Channel(Base):
    """A channel or group where the bot is an administrator, and so may post."""

    __tablename__ = "channels"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Telegram's; negative."""
    title: Mapped[str]
    """What it is called there."""
    since: Mapped[dt.datetime]
    """Since when the bot is its administrator."""
