"""Many people who are told something at once, and what has become of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, insert, select

from bot.db import broadcasts
from bot.db.models import Broadcast, Delivery, Quiet, Subscription
from bot.db.session import Database
from tests.conftest import NOW
from tests.fakes import FakeTelegram


async def announced(database: Database, telegram: FakeTelegram, people: Sequence[int], author: int, text: str) -> str:
    """An announcement that all of `people` have subscribed to is due; the program begins it by itself. Returns its deliveries' cause."""
    for person in (author, *people):
        telegram.message(person)
    wishes = [{"chat_id": person, "kind": "topic", "value": "general"} for person in people]
    always = [{"chat_id": person, "begins": None, "ends": None, "digest": None} for person in people]
    draft = Broadcast(status="scheduled", author=author, texts={"fi": text}, due_at=NOW.replace(year=2025), created_at=NOW.replace(year=2025))
    async with database.transaction() as session:
        await session.execute(insert(Subscription), wishes)
        await session.execute(insert(Quiet), always)
        session.add(draft)
        await session.flush()
        return broadcasts.cause(draft)


async def ended(database: Database, patience: float) -> None:
    """Wait until no announcement is scheduled or under way."""
    under_way = select(func.count()).select_from(Broadcast).where(Broadcast.status.in_(("scheduled", "sending")))
    async with asyncio.timeout(patience):
        while True:
            async with database.transaction() as session:
                if not await session.scalar(under_way):
                    return
            await asyncio.sleep(0.2)


async def fates(database: Database, cause: str) -> Counter[str]:
    """How many deliveries of `cause` have each status."""
    counted = select(Delivery.status, func.count()).where(Delivery.cause == cause).group_by(Delivery.status)
    async with database.transaction() as session:
        return Counter({status: int(count) for status, count in await session.execute(counted)})


def got(telegram: FakeTelegram, cause: str) -> Counter[int]:
    """How often each person was told it."""
    return Counter(sent.chat for sent in telegram.sent if sent.text.startswith(cause))
