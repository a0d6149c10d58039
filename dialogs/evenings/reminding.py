"""Reminders of an evening: when, and in which words. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dialogs.evenings import lines
from dialogs.evenings.lines import choice
from dialogs.evenings.model import Evening, Seat
from dialogs.mind import Mind
from dialogs.model import Part, Say
from knowledge.calendar import local

Mark = Literal["week", "day"]
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
NEAR = dt.timedelta(days=2)
"""So near to the evening the reminder of a week before is of no use any more: the next one comes soon."""


def due(starts: dt.datetime, now: dt.datetime) -> tuple[Mark, dt.datetime] | None:
    """The reminder that is to be given by now, and since when; whoever registered after that needs none."""
    left = starts - now
    if dt.timedelta() < left <= DAY:
        return "day", starts - DAY
    return ("week", starts - WEEK) if NEAR < left <= WEEK else None


def reminder(mind: Mind, seat: Seat, now: dt.datetime, *, selko: bool = False) -> Say:
    """What somebody is reminded of, and what they can do about it."""
    evening, locale = seat.evening, seat.locale
    title = mind.phrase("evening-example-title", locale, title=evening.title) if evening.example else evening.title
    texts = [
        mind.phrase(f"remind-{_when(evening, now)}", locale, selko=selko, title=title),
        f"{lines.when(evening, locale)}\n{lines.place(mind, evening.place, locale)}, {evening.venue}",
        mind.phrase("remind-seat", locale, selko=selko, people=str(seat.people), code=seat.code),
        mind.phrase("remind-if-not", locale, selko=selko),
    ]
    choices = (
        choice(mind, locale, "choice-seat", f"seat:{seat.id}"),
        choice(mind, locale, "choice-leave", f"leave:{seat.id}"),
        choice(mind, locale, "choice-reminders-off", f"remind:{seat.id}/off"),
    )
    return Say(tuple(Part("text", text) for text in texts), choices)


def _when(evening: Evening, now: dt.datetime) -> str:
    days = (local(evening.starts).date() - local(now).date()).days
    return {0: "today", 1: "tomorrow"}.get(days, "coming")
