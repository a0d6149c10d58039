"""Association evenings for those who come: looked up, and wished for. Registering is in seats.py."""

from __future__ import annotations

from typing import Any

from bot.db import deliveries, evenings, registrations
from bot.db.manners import manners
from bot.effects import seats
from bot.effects.work import Work
from bot.messages import unasked
from dialogs.effects import Done, Effect
from dialogs.evenings import effects, notices, own
from dialogs.evenings.model import Evening

PAGE = 5
"""Evenings that are shown at once."""


async def tell_interested(work: Work, evening: Evening) -> int:
    """Tell those who wished for it that an evening is published, once; how many they are."""
    chats = await evenings.interested(work.session, evening)
    for chat, spoken in (await manners(work.session, chats)).items():
        message = unasked(notices.published(work.mind, spoken.locale, evening, selko=spoken.selko))
        await deliveries.tell(work.session, chat, f"published-{evening.id}", message, work.now, late=evening.starts)
    return len(chats)


async def _find(work: Work, asked: effects.Find) -> effects.Found:
    found = await evenings.coming(work.session, asked.places, work.now, asked.skip, PAGE + 1)
    return effects.Found(tuple(found[:PAGE]), asked, len(found) > PAGE)


async def _show(work: Work, asked: effects.Show) -> effects.Shown:
    evening = await seats.known(work, asked.evening)
    row = await registrations.active(work.session, evening.id, work.asked.chat_id)
    return effects.Shown(evening, await registrations.seat(work.session, row) if row else None)


async def _mine(work: Work, _: own.FindMine) -> own.Mine:
    seats.alone(work)
    rows = await registrations.mine(work.session, work.asked.chat_id, work.now)
    wished = await evenings.interests(work.session, work.asked.chat_id)
    return own.Mine(tuple([await registrations.seat(work.session, row) for row in rows]), tuple(wished))


async def _follow(work: Work, asked: own.Follow) -> own.Followed:
    seats.alone(work)
    await evenings.follow(work.session, work.asked.chat_id, asked.place, asked.theme, work.now)
    return own.Followed(asked.place, asked.theme)


async def _unfollow(work: Work, asked: own.Unfollow) -> Done:
    await evenings.unfollow(work.session, work.asked.chat_id, asked.interest)
    return Done("interest-stopped")


EFFECTS: dict[type[Effect], Any] = {
    effects.Find: _find,
    effects.Show: _show,
    own.FindMine: _mine,
    own.Follow: _follow,
    own.Unfollow: _unfollow,
    **seats.EFFECTS,
}
