"""Subscriptions."""

from __future__ import annotations

from typing import Any

from bot.db import subscriptions
from bot.effects.work import Work
from dialogs.announcing.effects import SetDigest, SetQuiet, ShowWishes, StopAll, Stopped, Subscribe, Toggle, WishesShown


async def _show(work: Work, effect: ShowWishes) -> WishesShown:
    return await _shown(work, effect)


async def _toggle(work: Work, effect: Toggle) -> WishesShown:
    if not await subscriptions.unsubscribe(work.session, work.asked.chat_id, effect.kind, effect.value):
        await subscriptions.subscribe(work.session, work.asked.chat_id, effect.kind, [effect.value])
    return await _shown(work, ShowWishes(effect.page))


async def _subscribe(work: Work, effect: Subscribe) -> WishesShown:
    for kind, values in (("topic", effect.topics), ("place", effect.places), ("network", effect.networks)):
        await subscriptions.subscribe(work.session, work.asked.chat_id, kind, values)
    return await _shown(work, ShowWishes(), "subscribed-by-link")


async def _set_quiet(work: Work, effect: SetQuiet) -> WishesShown:
    await subscriptions.set_quiet(work.session, work.asked.chat_id, effect.hours)
    return await _shown(work, ShowWishes())


async def _set_digest(work: Work, effect: SetDigest) -> WishesShown:
    await subscriptions.set_digest(work.session, work.asked.chat_id, effect.hour)
    return await _shown(work, ShowWishes())


async def _stop_all(work: Work, _: StopAll) -> Stopped:
    return Stopped(await subscriptions.unsubscribe(work.session, work.asked.chat_id))


async def _shown(work: Work, effect: ShowWishes, note: str | None = None) -> WishesShown:
    return WishesShown(await subscriptions.wishes(work.session, work.asked.chat_id), effect.page, note)


EFFECTS: dict[Any, Any] = {
    ShowWishes: _show,
    Toggle: _toggle,
    Subscribe: _subscribe,
    SetQuiet: _set_quiet,
    SetDigest: _set_digest,
    StopAll: _stop_all,
}
