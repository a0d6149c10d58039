"""Evenings looked up for those who hold them, and their checklists."""

from __future__ import annotations

from typing import Any

from bot.db import evenings, hosting
from bot.db.models import Evening
from bot.effects.work import RefusedError, Work
from dialogs.effects import Effect
from dialogs.hosting import effects
from dialogs.hosting.model import Board
from knowledge.calendar import local


async def held(work: Work, evening_id: int, *, also_cancelled: bool = False) -> Evening:
    """An evening, for a coordinator; nobody else changes it before this turn ends. Raises RefusedError."""
    await work.as_coordinator()
    row = await hosting.row(work.session, evening_id)
    if row is None:
        raise RefusedError("hosting-gone")
    if row.status == "cancelled" and not also_cancelled:
        raise RefusedError("hosting-cancelled")
    return row


async def board(work: Work, row: Evening) -> Board:
    """All of one evening."""
    await work.session.flush()
    evening = await evenings.pictured(work.session, row)
    return Board(
        evening=evening,
        link=work.house.evening(row.id),
        plan=dict(row.plan or {}),
        tasks=await hosting.tasks(work.session, row.id),
        guests=await hosting.guests(work.session, row.id),
        interested=len(await evenings.interested(work.session, evening)),
        summary_sent=local(row.summary_sent_at) if row.summary_sent_at else None,
    )


async def _look_around(work: Work, asked: effects.LookAround) -> effects.Around:
    await work.as_coordinator()
    session, now = work.session, work.now
    return effects.Around(
        asked.view,
        await hosting.drafts(session),
        await hosting.coming(session, now),
        await hosting.past(session, now),
        await hosting.wanted(session),
    )


async def _see(work: Work, asked: effects.See) -> effects.Seen:
    row = await held(work, asked.evening, also_cancelled=True)
    if row.status == "cancelled" and asked.screen != "evening":
        raise RefusedError("hosting-cancelled")
    return effects.Seen(asked.screen, await board(work, row))


async def _tick(work: Work, asked: effects.Tick) -> effects.Seen:
    row = await held(work, asked.evening)
    if not await hosting.tick(work.session, row.id, asked.task, work.now):
        raise RefusedError("hosting-gone")
    return effects.Seen("tasks", await board(work, row))


EFFECTS: dict[type[Effect], Any] = {effects.LookAround: _look_around, effects.See: _see, effects.Tick: _tick}
"""By kind."""
