"""Quiet hours: nobody is told anything unasked between 21 and 8, unless it could not wait."""

from __future__ import annotations

import datetime as dt

from knowledge.calendar import local

FROM, UNTIL = dt.time(21), dt.time(8)
"""The quiet hours, in Finland."""
NOON = dt.time(12)
"""What begins before this, on the day on which the quiet hours end, is told at once: later would be too late to act on."""


def awake(when: dt.datetime) -> dt.datetime:
    """`when`, or the end of the quiet hours in which it lies."""
    there = local(when)
    if FROM > there.time() >= UNTIL:
        return when
    day = there.date() + dt.timedelta(days=there.time() >= FROM)
    return local(dt.datetime.combine(day, UNTIL))


def urgent(starts: dt.datetime, now: dt.datetime) -> bool:
    """Whether news of something that begins at `starts` cannot wait for the end of the quiet hours."""
    return local(starts) < local(dt.datetime.combine(awake(now).astimezone(local(now).tzinfo).date(), NOON))
