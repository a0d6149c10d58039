"""Many people who are told something at once, and what has become of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select

from bot.db import deliveries
from bot.db.models import Delivery
from bot.db.session import Database
from bot.messages import unasked
from dialogs.model import Say
from tests.conftest import NOW
from tests.fakes import FakeTelegram


async def tell_all(database: Database, telegram: FakeTelegram, people: Sequence[int], cause: str) -> None:
    """Each of `people` is told something, due long ago; the text is the cause."""
    message = unasked(Say.of(cause))
    for person in people:
        telegram.message(person)
    async with database.transaction() as session:
        await deliveries.tell_all(session, dict.fromkeys(people, message), cause, NOW.replace(year=2025))


async def fates(database: Database, cause: str) -> Counter[str]:
    """How many deliveries of `cause` have each status."""
    counted = select(Delivery.status, func.count()).where(Delivery.cause == cause).group_by(Delivery.status)
    async with database.transaction() as session:
        return Counter(dict((await session.execute(counted)).tuples().all()))


async def settled(database: Database, cause: str, patience: float) -> Counter[str]:
    """The same, once none waits or flies any more."""
    async with asyncio.timeout(patience):
        while (found := await fates(database, cause))["waiting"] + found["flying"]:
            await asyncio.sleep(0.2)
    return found


def got(telegram: FakeTelegram, cause: str) -> Counter[int]:
    """How often each person was told it."""
    return Counter(sent.chat for sent in telegram.sent if sent.text == cause)
