"""Everybody who registered for an evening is told something, each in their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import cast

from bot.db import deliveries
from bot.db.models import Registration
from bot.effects.work import Work
from bot.messages import unasked
from bot.quiet import urgent
from dialogs.model import Say
from knowledge.parts import Locale

Notice = Callable[[Registration, Locale], Say]
"""What one of them is told."""


async def tell_all(
    work: Work, rows: Iterable[Registration], cause: str, notice: Notice, late: dt.datetime | None = None, starts: dt.datetime | None = None
) -> int:
    """Tell all of them that are on Telegram because of `cause`; how many they are.

    Quiet hours are kept, unless what it is about `starts` before there is time to act on it.
    """
    soon = starts is not None and urgent(starts, work.now)
    there = [row for row in rows if row.chat_id is not None]
    for row in there:
        message = unasked(notice(row, cast(Locale, row.locale)))
        await deliveries.tell(work.session, cast(int, row.chat_id), cause, message, work.now, late=late, urgent=soon)
    return len(there)


def moment_of(now: dt.datetime) -> int:
    """What makes a cause differ from the same one at another time."""
    return int(now.timestamp() * 1000)
