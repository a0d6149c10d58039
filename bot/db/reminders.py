"""Who is to be reminded."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Chat, Delivery, Evening, Registration


async def coming(session: AsyncSession, now: dt.datetime, until: dt.datetime) -> list[Evening]:
    """Published evenings that begin between two times."""
    begins = select(Evening).where(Evening.status == "published", Evening.starts_at > now, Evening.starts_at <= until)
    return list(await session.scalars(begins.order_by(Evening.starts_at)))


async def unreminded(session: AsyncSession, evening_id: int, cause: str, before: dt.datetime) -> list[tuple[Registration, str | None]]:
    """Those with a seat who registered before a time, want reminders, and were not told because of `cause`; with the chat's state as JSON."""
    told = select(Delivery.chat_id).where(Delivery.cause == cause)
    wanted = select(Registration, Chat.state).outerjoin(Chat, Chat.id == Registration.chat_id)
    wanted = wanted.where(Registration.evening_id == evening_id, Registration.status == "seated", Registration.reminders)
    wanted = wanted.where(Registration.created_at < before, Registration.chat_id.is_not(None), Registration.chat_id.not_in(told))
    return [(row, state) for row, state in await session.execute(wanted.order_by(Registration.id))]
