"""What is done by itself, every few minutes and after every start. Each may be done any number of times: what is done once stays done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.session import Database
from bot.effects.hosting.reminding import remind_of_tasks
from dialogs.mind import Mind

Job = Callable[[AsyncSession, Mind, dt.datetime], Awaitable[None]]
"""Does what is due at a time, in one transaction."""
JOBS: tuple[Job, ...] = (remind_of_tasks,)
"""All of them."""


async def run(database: Database, mind: Mind, now: dt.datetime) -> None:
    """Do what is due, each job in a transaction of its own; `now` in Finnish local time."""
    for job in JOBS:
        async with database.transaction() as session:
            await job(session, mind, now)
