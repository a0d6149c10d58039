"""Quiet hours: nobody is told anything unasked in the night, unless it could not wait."""

from __future__ import annotations

import datetime as dt

from dialogs.announcing import timing
from dialogs.announcing.model import QUIET
from knowledge.calendar import local

NOON = dt.time(12)
"""What begins before this, on the day on which the quiet hours end, is told at once: later would be too late to act on."""


def awake(when: dt.datetime) -> dt.datetime:
    """`when`, or the end of the usual quiet hours in which it lies."""
    return when if (due := timing.awake(QUIET, local(when))) == when else due


def urgent(starts: dt.datetime, now: dt.datetime) -> bool:
    """Whether news of something that begins at `starts` cannot wait for the end of the quiet hours."""
    return local(starts) < local(dt.datetime.combine(awake(now).astimezone(local(now).tzinfo).date(), NOON))
