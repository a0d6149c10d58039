"""The tables. Times are kept in UTC; ids are Telegram's where they come from Telegram."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, DateTime, Integer, MetaData, SmallInteger, Text, TypeDecorator, false, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[dt.datetime]):
    """A time with its zone on the way in, UTC on the way out; SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """To UTC. Raises ValueError for a time without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """In UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or dt.UTC)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {dt.datetime: Moment(), int: BigInteger(), str: Text()}  # noqa: RUF012 (SQLAlchemy reads it so)


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

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
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
