"""Evenings and registrations in the database."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import models
from dialogs.evenings.model import Evening
from knowledge.calendar import local


async def evening(session: AsyncSession, evening_id: int, *, lock: bool = False) -> Evening | None:
    """One evening; None when there is none. With `lock` nobody else changes its seats before this transaction ends."""
    asked = select(models.Evening).where(models.Evening.id == evening_id)
    row = await session.scalar(asked.with_for_update() if lock else asked)
    return None if row is None else await pictured(session, row)


async def pictured(session: AsyncSession, row: models.Evening) -> Evening:
    """A row as the core sees it, with its people counted."""
    counted = select(models.Registration.status, func.sum(models.Registration.people)).where(models.Registration.evening_id == row.id)
    people = {status: int(count) for status, count in await session.execute(counted.group_by(models.Registration.status))}
    return Evening(
        id=row.id,
        status=row.status,  # type: ignore[arg-type]
        title=row.title,
        place=row.place,
        venue=row.venue,
        starts=local(row.starts_at),
        ends=local(row.ends_at),
        theme=row.theme,
        programme=row.programme,
        capacity=row.capacity,
        group_most=row.group_most,
        closes=local(row.closes_at) if row.closes_at else None,
        catering=row.catering,
        summary=row.summary,
        example=row.example,
        seated=people.get("seated", 0),
        waiting=people.get("waiting", 0),
    )
