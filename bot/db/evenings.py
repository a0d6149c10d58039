"""Evenings in the database, and who wants to be told of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import models
from bot.db.queries import insert_new
from dialogs.evenings.model import Evening, Interest
from knowledge.calendar import local


async def evening(session: AsyncSession, evening_id: int, *, lock: bool = False) -> Evening | None:
    """One evening; None when there is none. With `lock` nobody else changes its seats before this transaction ends."""
    asked = select(models.Evening).where(models.Evening.id == evening_id)
    row = await session.scalar(asked.with_for_update().execution_options(populate_existing=True) if lock else asked)
    return None if row is None else await pictured(session, row)


async def coming(session: AsyncSession, places: Collection[str], now: dt.datetime, skip: int, most: int) -> list[Evening]:
    """Published evenings that have not begun, in these places, soonest first."""
    asked = select(models.Evening).where(models.Evening.status == "published", models.Evening.starts_at > now, models.Evening.place.in_(places))
    rows = await session.scalars(asked.order_by(models.Evening.starts_at, models.Evening.id).offset(skip).limit(most))
    return [await pictured(session, row) for row in rows.all()]


async def interested(session: AsyncSession, published: Evening) -> list[int]:
    """The chats that want to be told of this evening."""
    here = models.Interest.place.in_({"", published.place}), models.Interest.theme.in_({"", published.theme or ""})
    return list(await session.scalars(select(models.Interest.chat_id).where(*here).distinct().order_by(models.Interest.chat_id)))


async def interests(session: AsyncSession, chat_id: int) -> list[Interest]:
    """What a chat wants to be told of."""
    rows = await session.scalars(select(models.Interest).where(models.Interest.chat_id == chat_id).order_by(models.Interest.id))
    return [Interest(row.id, row.place, row.theme) for row in rows]


async def follow(session: AsyncSession, chat_id: int, place: str, theme: str, now: dt.datetime) -> None:
    """Keep what a chat wants to be told of."""
    row = {"chat_id": chat_id, "place": place, "theme": theme, "created_at": now}
    await session.execute(insert_new(session, models.Interest), row)


async def unfollow(session: AsyncSession, chat_id: int, interest_id: int) -> None:
    """Forget one of them."""
    await session.execute(delete(models.Interest).where(models.Interest.id == interest_id, models.Interest.chat_id == chat_id))


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
