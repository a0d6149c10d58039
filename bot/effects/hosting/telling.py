"""Everybody who registered for an evening is told something, each in their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from bot.db import deliveries
from bot.db.manners import manners
from bot.db.models import Registration
from bot.effects.work import Work
from bot.messages import unasked
from bot.quiet import urgent
from dialogs.model import Manner, Say

Notice = Callable[[Registration, Manner], Say]
"""What one of them is told."""


async def tell_all(
    work: Work, rows: Iterable[Registration], cause: str, notice: Notice, late: dt.datetime | None = None, starts: dt.datetime | None = None
) -> int:
    """Tell all of them that are on Telegram because of `cause`; how many they are.

    Quiet hours are kept, unless what it is about `starts` before there is time to act on it.
    """
    soon = starts is not None and urgent(starts, work.now)
    there = {row.chat_id: row for row in rows if row.chat_id is not None}
    spoken = await manners(work.session, there, {chat: row.locale for chat, row in there.items()})
    for chat, row in there.items():
        message = unasked(notice(row, spoken[chat]))
        await deliveries.tell(work.session, chat, cause, message, work.now, late=late, urgent=soon)
    return len(there)


def moment_of(now: dt.datetime) -> int:
    """What makes a cause differ from the same one at another time."""
    return int(now.timestamp() * 1000)
