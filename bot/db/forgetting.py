"""Personal data is deleted when its time is over (see dialogs/keeping.py). Numbers stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.models import Evening, Interest, Registration

NEEDS: Sequence[InstrumentedAttribute[str | None]] = (Registration.catering, Registration.access)
"""What was needed for coming."""
WHO: Sequence[InstrumentedAttribute[str | None] | InstrumentedAttribute[int | None]] = (
    Registration.name,
    Registration.association,
    Registration.chat_id,
    Registration.wish,
    Registration.comment,
)
"""What tells, or may tell, who it was."""


async def forget(
    session: AsyncSession, columns: Sequence[InstrumentedAttribute[str | None] | InstrumentedAttribute[int | None]], ended: dt.datetime
) -> None:
    """Empty columns of all registrations for evenings that ended before a time."""
    over = select(Evening.id).where(Evening.ends_at < ended)
    old = update(Registration).where(Registration.evening_id.in_(over), or_(*(column.is_not(None) for column in columns)))
    await session.execute(old.values({column.key: None for column in columns}))


async def forget_interests(session: AsyncSession, made: dt.datetime) -> None:
    """Forget what people wanted to be told of before a time."""
    await session.execute(delete(Interest).where(Interest.created_at < made))
