"""Windows of time: is it open now, and if not, when was it last? `now` is always an argument, in Finnish local time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal
from zoneinfo import ZoneInfo

from knowledge.parts import Window

FINLAND = ZoneInfo("Europe/Helsinki")
Phase = Literal["open", "coming", "ended"]


def local(moment: dt.datetime) -> dt.datetime:
    """`moment` in Finnish local time; one without a zone is taken to be in it already."""
    return moment.replace(tzinfo=FINLAND) if moment.tzinfo is None else moment.astimezone(FINLAND)


def phase(window: Window, now: dt.datetime) -> Phase:
    """Where `now` stands towards `window`."""
    if local(now) < local(window.opens):
        return "coming"
    return "open" if local(now) <= local(window.closes) else "ended"


def telling(windows: Iterable[Window], now: dt.datetime) -> Window | None:
    """The one window worth telling: the open one, else the next to come, else the last that ended; only confirmed ones."""
    sure = [window for window in windows if window.status == "confirmed"]
    current = [w for w in sure if phase(w, now) == "open"]
    coming = sorted((w for w in sure if phase(w, now) == "coming"), key=lambda w: w.opens)
    ended = sorted((w for w in sure if phase(w, now) == "ended"), key=lambda w: w.closes, reverse=True)
    return next(iter([*current, *coming, *ended]), None)
