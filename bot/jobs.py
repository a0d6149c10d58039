"""What is done by itself, every few minutes and after every start. Each may be done any number of times: what is done once stays done."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import deliveries, evenings, forgetting, registrations, reminders
from bot.db.manners import manner
from bot.db.models import Evening
from bot.db.session import Database
from bot.effects.hosting.reminding import remind_of_tasks
from bot.messages import unasked
from bot.quiet import awake, urgent
from dialogs import keeping
from dialogs.evenings import reminding
from dialogs.mind import Mind
from knowledge.calendar import local

LOG = logging.getLogger(__name__)
Job = Callable[[AsyncSession, Mind, dt.datetime], Awaitable[None]]
"""Does what is due at a time, in one transaction."""


async def run(database: Database, mind: Mind, now: dt.datetime) -> None:
    """Do what is due, each job in a transaction of its own; `now` in Finnish local time. Raises what one of them raised, after all were tried."""
    failed: Exception | None = None
    for job in JOBS:
        try:
            async with database.transaction() as session:
                await job(session, mind, now)
        except Exception as error:  # one of them that fails must not stop the others
            LOG.error("the job %s failed: %s", job.__name__, type(error).__name__)
            failed = error
    if failed is not None:
        raise failed


async def remind(session: AsyncSession, mind: Mind, now: dt.datetime) -> None:
    """Tell those who come, a week and a day before; what was missed is made up for where it is still of use.

    In the quiet hours only what cannot wait is told.
    """
    for row in await reminders.coming(session, now, now + reminding.WEEK):
        if awake(now) == now or urgent(row.starts_at, now):
            await _remind(session, mind, row, now)


async def _remind(session: AsyncSession, mind: Mind, row: Evening, now: dt.datetime) -> None:
    found = reminding.due(row.starts_at, now)
    if found is None:
        return
    mark, since = found
    cause = f"remind-{mark}-{row.id}-{local(row.starts_at):%Y%m%d}"  # an evening that was moved to another day is reminded of anew
    people, evening = await reminders.unreminded(session, row.id, cause, since), await evenings.pictured(session, row)
    for registration, remembered in people:
        seat = await registrations.seat(session, registration, evening)
        spoken = manner(remembered, seat.locale)
        message = unasked(reminding.reminder(mind, replace(seat, locale=spoken.locale), now, selko=spoken.selko))
        await deliveries.tell(session, cast(int, registration.chat_id), cause, message, now, late=row.starts_at, urgent=True)


async def forget_needs(session: AsyncSession, _: Mind, now: dt.datetime) -> None:
    """Diets and accessibility needs are deleted the day after."""
    await forgetting.forget(session, forgetting.NEEDS, now - keeping.NEEDS)


async def forget_who(session: AsyncSession, _: Mind, now: dt.datetime) -> None:
    """Registrations lose their names."""
    await forgetting.forget(session, forgetting.WHO, now - keeping.NAMES)


async def forget_interests(session: AsyncSession, _: Mind, now: dt.datetime) -> None:
    """Nobody waits for an evening for ever."""
    await forgetting.forget_interests(session, now - keeping.INTERESTS)


JOBS: tuple[Job, ...] = (remind, remind_of_tasks, forget_needs, forget_who, forget_interests)
"""All of them."""
