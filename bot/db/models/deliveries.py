"""What is said unasked."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, numbered


class Delivery(Base):
    """One message that somebody gets unasked: a promotion, a change, a reminder, a summary. Written with its cause, in one transaction."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("cause", "chat_id"), Index("ix_deliveries_waiting", "status", "due_at"))

    id: Mapped[int] = numbered()
    """In the order of writing."""
    chat_id: Mapped[int]
    """To whom."""
    cause: Mapped[str]
    """Why, so that nobody is told twice: "remind-day-12", "promoted-345", "changed-12-1790000000"."""
    message: Mapped[str | None]
    """The message as JSON, as in the outbox; None once it is sent or given up."""
    due_at: Mapped[dt.datetime]
    """Not before this; quiet hours are reckoned in when it is written."""
    late_at: Mapped[dt.datetime | None]
    """Too late from then on, e.g. a reminder when the evening has begun; None when it is never too late."""
    created_at: Mapped[dt.datetime]
    """When it was written."""
    status: Mapped[str] = mapped_column(server_default="waiting")
    """waiting, flying (given to Telegram, answer not yet known), sent, blocked, failed, late, unknown (was flying when the process died)."""
    done_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    """When it was sent, or given up."""
    message_id: Mapped[int | None]
    """Telegram's id of it."""
