"""Coordinators are reminded of what should be done for their evenings by now. A job runs this; running it twice tells nothing twice."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import deliveries, evenings, hosting
from bot.db.manners import manner
from bot.db.models import Evening
from bot.messages import unasked
from dialogs.hosting import notices
from dialogs.mind import Mind


async def remind_of_tasks(session: AsyncSession, mind: Mind, now: dt.datetime) -> None:
    """Tell whoever began an evening which lines of its checklist are due: once whenever another line has come due."""
    for row in await hosting.with_due_tasks(session, now):
        await _remind(session, mind, row, now)


async def _remind(session: AsyncSession, mind: Mind, row: Evening, now: dt.datetime) -> None:
    remembered = await hosting.state_of(session, row.created_by)
    if remembered is None:
        return
    due = [line for line in await hosting.tasks(session, row.id) if line.due <= now]
    latest = int(max(line.due for line in due).timestamp())
    say = notices.tasks(mind, manner(remembered).locale, await evenings.pictured(session, row), tuple(line for line in due if not line.done))
    await deliveries.tell(session, row.created_by, f"tasks-{row.id}-{latest}", unasked(say), now)
