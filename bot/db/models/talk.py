"""Tables of the conversation: chats, what comes in and what is answered; roles."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import SmallInteger, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, numbered


class Chat(Base):
    """One chat with the bot: a person, or a group."""

    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Telegram's; negative for a group."""
    state: Mapped[str]
    """The conversation's State as JSON: locale, place, last topic and facet, open questions."""
    last_update: Mapped[int]
    """Id of the last update that was answered."""
    turns: Mapped[int] = mapped_column(server_default=text("0"))
    """How many were answered, each counted once."""
    gone: Mapped[bool] = mapped_column(server_default=false())
    """Whether the bot was blocked or removed; until it is written to again, nothing is sent there."""


class Received(Base):
    """One update from Telegram, from before Telegram is told that we have it until 48 hours later."""

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Telegram's; what comes a second time is recognised by it."""
    payload: Mapped[str | None]
    """The update as JSON; None once it is answered."""
    received_at: Mapped[dt.datetime]
    """When it came."""
    done_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    """When it was answered, or found to need no answer."""


class Outgoing(Base):
    """One message that is to be sent. Written with what causes it, in one transaction."""

    __tablename__ = "outbox"

    id: Mapped[int] = numbered()
    """In the order of writing."""
    chat_id: Mapped[int]
    """Where to."""
    priority: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """0 for a reply; larger numbers wait for smaller ones."""
    message: Mapped[str | None]
    """The message as JSON; None once it is sent."""
    update_id: Mapped[int | None]
    """The update that it answers."""
    created_at: Mapped[dt.datetime]
    """When it was written."""
    done_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    """When it was sent, or given up."""
    message_id: Mapped[int | None]
    """Telegram's id of it; None when it was given up."""


class Invitation(Base):
    """A one-time link that gives a role."""

    __tablename__ = "invitations"

    digest: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of the code in the link; the code itself is kept nowhere."""
    role: Mapped[str]
    """The role it gives."""
    expires_at: Mapped[dt.datetime]
    """Until when it can be used."""
    used_at: Mapped[dt.datetime | None]
    """When it was used."""


class Role(Base):
    """What a person may do besides asking."""

    __tablename__ = "roles"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Telegram's id of the person."""
    role: Mapped[str] = mapped_column(primary_key=True)
    """One of: admin."""
    since: Mapped[dt.datetime]
    """When it was given."""
