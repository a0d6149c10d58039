"""What is said unasked: written here in the transaction of its cause, sent by the outbox."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Delivery
from bot.db.queries import insert_new


async def tell(
    session: AsyncSession, chat_id: int, cause: str, message: str, now: dt.datetime, due: dt.datetime | None = None, late: dt.datetime | None = None
) -> None:
    """Say `message` (JSON of a Message) to `chat_id` because of `cause`, once; at once, or from `due` on, never after `late`."""
    row = {"chat_id": chat_id, "cause": cause, "message": message, "created_at": now, "due_at": due or now, "late_at": late}
    await session.execute(insert_new(session, Delivery), row)
