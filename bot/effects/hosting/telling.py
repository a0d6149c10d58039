"""Everybody who registered for an evening is told something, each in their language."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import cast

from bot.db import deliveries, hosting
from bot.db.models import Registration
from bot.effects.work import Work
from bot.messages import unasked
from bot.quiet import urgent
from dialogs.hosting.notices import Manner
from dialogs.model import Say
from knowledge.parts import Locale

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
    states = await hosting.states(work.session, there)
    for chat, row in there.items():
        message = unasked(notice(row, manner(states.get(chat), cast(Locale, row.locale))))
        await deliveries.tell(work.session, chat, cause, message, work.now, late=late, urgent=soon)
    return len(there)


def manner(state: str | None, registered: Locale = "fi") -> Manner:
    """How somebody is spoken to now; the language they registered in, where nothing else is known of them."""
    remembered = json.loads(state or "{}")
    return Manner(remembered.get("locale", registered), bool(remembered.get("selko")))


def moment_of(now: dt.datetime) -> int:
    """What makes a cause differ from the same one at another time."""
    return int(now.timestamp() * 1000)
