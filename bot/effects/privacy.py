"""What is stored about a person: shown, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.db import personal, registrations
from bot.effects import seats
from bot.effects.work import Work
from dialogs.privacy import Erased, EraseStored, SeeStored, Stored

if TYPE_CHECKING:
    from dialogs.effects import Effect


async def _look_up(work: Work, _: SeeStored) -> Stored:
    group, chat_id = work.in_group, work.asked.chat_id
    tables = await personal.of_group(work.session, chat_id) if group else await personal.of_person(work.session, chat_id)
    return Stored(tables, group, not group and await work.is_coordinator())


async def _erase(work: Work, _: EraseStored) -> Erased:
    if work.in_group:
        return Erased(0, group=True, coordinator=False)
    cancelled = await _cancelled(work)
    await personal.erase(work.session, work.asked.chat_id)
    return Erased(cancelled, group=False, coordinator=await work.is_coordinator())


async def _cancelled(work: Work) -> int:
    """Give the seats of coming evenings back, to those who wait; how many registrations that were."""
    count = 0
    for row in await registrations.mine(work.session, work.asked.chat_id, work.now):
        own = await registrations.own(work.session, row.id, work.asked.chat_id)
        if own is None or (await registrations.seat(work.session, own)).evening.starts <= work.now:
            continue
        await registrations.cancel(work.session, own, work.now)
        await seats.promote(work, own.evening_id)
        count += 1
    return count


EFFECTS: dict[type[Effect], Any] = {SeeStored: _look_up, EraseStored: _erase}
