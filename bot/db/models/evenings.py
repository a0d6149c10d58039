"""Tables of association evenings: planned, registered for, wished for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, numbered

ACTIVE = "status IN ('seated', 'waiting')"
"""Registrations that count."""


class Evening(Base):
    """One association evening, from its first plan to its summary."""

    __tablename__ = "evenings"

    id: Mapped[int] = numbered()
    """Stands in links (start=ilta-12) and buttons."""
    status: Mapped[str] = mapped_column(server_default="draft")
    """One of: draft, published, cancelled."""
    example: Mapped[bool] = mapped_column(server_default=false())
    """Whether it is an example, and is called one."""
    title: Mapped[str]
    """What it is called."""
    place: Mapped[str]
    """The municipality, by its key."""
    venue: Mapped[str]
    """House and room, as people should read it."""
    starts_at: Mapped[dt.datetime]
    """When it begins."""
    ends_at: Mapped[dt.datetime]
    """When it ends."""
    theme: Mapped[str | None]
    """One of the eight themes by its key (see knowledge/data/phrases/themes.yaml), or an own one as text."""
    programme: Mapped[str | None]
    """What happens there."""
    capacity: Mapped[int | None] = mapped_column(Integer)
    """Seats; None when there is no limit."""
    group_most: Mapped[int | None] = mapped_column(Integer)
    """People that may be registered at once; None when there is no limit of its own."""
    closes_at: Mapped[dt.datetime | None]
    """Until when one can register; None means until it begins."""
    catering: Mapped[str | None]
    """What is served; None when nothing was said, and then nobody is asked about diets."""
    summary: Mapped[str | None]
    """What came out of it, written afterwards."""
    summary_sent_at: Mapped[dt.datetime | None]
    """When the summary was sent to those who came."""
    plan: Mapped[dict[str, str]] = mapped_column(JSON, server_default="{}")
    """Coordinators' notes by the model's headings: who plans, what to tell, what to ask, workshop, speakers, timetable."""
    created_by: Mapped[int]
    """Telegram's id of the coordinator who began it."""
    created_at: Mapped[dt.datetime]
    """When."""
    published_at: Mapped[dt.datetime | None]
    """When it was published."""


class Registration(Base):
    """People who come, or wait for a seat."""

    __tablename__ = "registrations"
    __table_args__ = (
        Index("uq_registrations_active", "evening_id", "chat_id", unique=True, sqlite_where=text(ACTIVE), postgresql_where=text(ACTIVE)),
        UniqueConstraint("code"),
    )

    id: Mapped[int] = numbered()
    """In the order of registering: whoever waits is served in this order."""
    evening_id: Mapped[int] = mapped_column(ForeignKey("evenings.id"), index=True)
    """The evening."""
    chat_id: Mapped[int | None]
    """Who registered; None for guests without Telegram, and once it is anonymised."""
    status: Mapped[str]
    """One of: seated, waiting, cancelled."""
    name: Mapped[str | None]
    """Their name; None once it is anonymised."""
    association: Mapped[str | None]
    """Their association."""
    people: Mapped[int] = mapped_column(Integer)
    """How many come; they get their seats together or not at all."""
    code: Mapped[str]
    """What they show at the door."""
    catering: Mapped[str | None]
    """Diets, as written; deleted the day after."""
    access: Mapped[str | None]
    """Accessibility needs, as written; deleted the day after."""
    wish: Mapped[str | None]
    """A question or wish for the evening."""
    locale: Mapped[str] = mapped_column(server_default="fi")
    """The language they registered in."""
    reminders: Mapped[bool] = mapped_column(server_default=true())
    """Whether they want to be reminded."""
    created_at: Mapped[dt.datetime]
    """When they registered, and consented."""
    cancelled_at: Mapped[dt.datetime | None]
    """When they cancelled, or the evening was."""
    arrived_at: Mapped[dt.datetime | None]
    """When they came, as noted at the door."""
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    """1 to 5, given afterwards."""
    comment: Mapped[str | None]
    """A word beside it."""


class Association(Base):
    """Names of associations that people gave, with consent, so that others can choose them."""

    __tablename__ = "associations"

    folded: Mapped[str] = mapped_column(primary_key=True)
    """The name in small letters, for comparing."""
    name: Mapped[str]
    """As it was first written."""
    place: Mapped[str | None]
    """Where it registered last."""


class Interest(Base):
    """Somebody wants to be told when an evening is published for a place or about a theme."""

    __tablename__ = "interests"
    __table_args__ = (UniqueConstraint("chat_id", "place", "theme"),)

    id: Mapped[int] = numbered()
    """In the order of asking."""
    chat_id: Mapped[int] = mapped_column(index=True)
    """Who."""
    place: Mapped[str] = mapped_column(server_default="")
    """A municipality by its key; "" for any."""
    theme: Mapped[str] = mapped_column(server_default="")
    """A theme by its key; "" for any."""
    created_at: Mapped[dt.datetime]
    """When."""


class Task(Base):
    """One line of the checklist that counts back from the day."""

    __tablename__ = "tasks"
    __table_args__ = (UniqueConstraint("evening_id", "key"),)

    id: Mapped[int] = numbered()
    """Stands in buttons."""
    evening_id: Mapped[int] = mapped_column(ForeignKey("evenings.id"))
    """The evening."""
    key: Mapped[str]
    """Which line, by its key in knowledge/data/checklist.yaml."""
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    """When it should be done."""
    done_at: Mapped[dt.datetime | None]
    """When it was."""
