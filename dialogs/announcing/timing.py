"""When somebody is told: outside their quiet hours, or with the day's digest. Times are Finnish local time."""

from __future__ import annotations

import datetime as dt

from dialogs.announcing.model import Wishes


def due(wishes: Wishes, now: dt.datetime) -> dt.datetime:
    """When an announcement that is sent `now` may reach a person: at once, when they are awake, or at the hour of their digest."""
    if wishes.digest is not None:
        return _next(now, wishes.digest)
    return now if wishes.quiet is None else awake(wishes.quiet, now)


def awake(quiet: tuple[int, int], when: dt.datetime) -> dt.datetime:
    """`when`, or the end of the quiet hours in which it lies."""
    return _next(when, quiet[1]) if _is_quiet(quiet, when.hour) else when


def _is_quiet(hours: tuple[int, int], hour: int) -> bool:
    """Whether `hour` lies between the two full hours; the night lies between 21 and 8."""
    begins, ends = hours
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def _next(now: dt.datetime, hour: int) -> dt.datetime:
    """The next time it is `hour` o'clock."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if now <= today else today + dt.timedelta(days=1)
