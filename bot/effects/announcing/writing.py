"""Announcements as coordinators work on them. Everything here is for coordinators, except that anybody may tap a button."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.db import broadcasts, models
from bot.effects.announcing import sending
from bot.effects.work import RefusedError, Work
from dialogs.announcing.delivering import over
from dialogs.announcing.effects import (
    AddPress,
    Aim,
    Approve,
    Broadcasts,
    BroadcastShown,
    CountPress,
    Draft,
    ListBroadcasts,
    PostTo,
    Pressed,
    Send,
    SetPicture,
    ShowBroadcast,
    TooLong,
    View,
    Withdraw,
    Write,
)

EDITABLE = ("draft", "waiting", "scheduled")
"""Statuses in which everything can still be changed."""
PRESSES = 4
"""Buttons under an announcement at the most."""


async def _list(work: Work, _: ListBroadcasts) -> Broadcasts:
    await work.as_coordinator()
    rows = await broadcasts.newest(work.session)
    return Broadcasts(tuple(broadcasts.bare(one) for one in rows))


async def _draft(work: Work, effect: Draft) -> BroadcastShown | TooLong:
    await work.as_coordinator()
    one = models.Broadcast(texts={"fi": effect.text}, author=work.asked.chat_id, corrects=effect.corrects, created_at=work.now)
    work.session.add(one)
    await work.session.flush()
    await work.session.refresh(one)
    return await _shown(work, one)


async def _show(work: Work, effect: ShowBroadcast) -> BroadcastShown | TooLong:
    await work.as_coordinator()
    return await _shown(work, await _one(work, effect.id), effect.view)


async def _write(work: Work, effect: Write) -> BroadcastShown | TooLong:
    """A text is changed; where it was sent already, everywhere it arrived."""
    await work.as_coordinator()
    one = await _one(work, effect.id)
    if one.status not in (*EDITABLE, "sent") or (effect.text is None and effect.tongue == "fi"):
        raise RefusedError("broadcast-over")
    if one.status in EDITABLE:
        _again_a_draft(one)
    others = {tongue: text for tongue, text in one.texts.items() if tongue != effect.tongue}
    before, one.texts = one.texts, {**others, **({effect.tongue: effect.text} if effect.text else {})}
    told = await _shown(work, one)
    if isinstance(told, TooLong) and one.status != "draft":
        one.texts = before
        return told
    if one.status == "sent":
        await sending.edit(work, one)
    return told


async def _aim(work: Work, effect: Aim) -> BroadcastShown | TooLong:
    one = await _editable(work, effect.id)
    have = set(one.audience.get(effect.dimension, []))
    one.audience = {**one.audience, effect.dimension: sorted(have ^ {effect.value})}
    return await _shown(work, one, effect.dimension)


async def _add_press(work: Work, effect: AddPress) -> BroadcastShown | TooLong:
    one = await _editable(work, effect.id)
    if len(one.presses) >= PRESSES and effect.label:
        raise RefusedError("presses-full")
    one.presses = [*one.presses, [effect.label, effect.to]] if effect.label else []
    return await _shown(work, one)


async def _set_picture(work: Work, effect: SetPicture) -> BroadcastShown | TooLong:
    one = await _editable(work, effect.id)
    one.picture, one.picture_kind = (effect.picture.id, effect.picture.kind) if effect.picture else (None, None)
    return await _shown(work, one)


async def _post_to(work: Work, effect: PostTo) -> BroadcastShown | TooLong:
    one = await _editable(work, effect.id)
    one.channels = sorted(set(one.channels) ^ {effect.channel})
    return await _shown(work, one, "channels")


async def _send(work: Work, effect: Send) -> BroadcastShown | TooLong:
    """Now, or at its time; a second coordinator is asked first where the setting says so."""
    one = await _editable(work, effect.id)
    told = await _shown(work, one)
    if isinstance(told, TooLong):
        return told
    if not told.broadcast.recipients and not one.channels:
        raise RefusedError("nobody")
    one.due_at = effect.due
    if work.house.approval and one.approved_by is None:
        await sending.ask_for_approval(work, one)
        return await _shown(work, one, note="announce-asked")
    await sending.schedule(work, one)
    return await _shown(work, one, note="announce-scheduled" if one.status == "scheduled" else "announce-started")


async def _approve(work: Work, effect: Approve) -> BroadcastShown | TooLong:
    person = await work.as_coordinator()
    one = await _one(work, effect.id)
    if one.status != "waiting":
        raise RefusedError("broadcast-over")
    if person == one.author:
        raise RefusedError("own-approval")
    if effect.yes:
        one.approved_by = person
        await sending.schedule(work, one)
    else:
        one.status = "draft"
    await sending.tell_author(work, one, "approved" if effect.yes else "not-approved")
    return await _shown(work, one)


async def _withdraw(work: Work, effect: Withdraw) -> BroadcastShown | TooLong:
    """A draft is thrown away, a scheduled one taken back, a sent one deleted wherever Telegram still lets us."""
    await work.as_coordinator()
    one = await _one(work, effect.id)
    if one.status in EDITABLE:
        one.status = "cancelled"
        return await _shown(work, one, note="announce-dropped")
    if one.status not in ("sent", "sending"):
        raise RefusedError("broadcast-over")
    await sending.recall(work, one)
    return await _shown(work, one, note="announce-recalling")


async def _count_press(work: Work, effect: CountPress) -> Pressed:
    one = await _one(work, effect.id)
    if not 0 <= effect.number < len(one.presses):
        raise RefusedError("broadcast-over")
    one.taps += 1
    return Pressed(one.presses[effect.number][1])


async def _one(work: Work, number: int) -> models.Broadcast:
    one = await broadcasts.row(work.session, number)
    if one is None:
        raise RefusedError("broadcast-over")
    return one


async def _editable(work: Work, number: int) -> models.Broadcast:
    """One that is not on its way yet, for a coordinator, to be changed."""
    await work.as_coordinator()
    one = await _one(work, number)
    if one.status not in EDITABLE:
        raise RefusedError("broadcast-over")
    _again_a_draft(one)
    return one


def _again_a_draft(one: models.Broadcast) -> None:
    """What is changed must be sent, and approved, anew."""
    one.status, one.approved_by = "draft", None


async def _shown(work: Work, one: models.Broadcast, view: View = "page", note: str | None = None) -> BroadcastShown | TooLong:
    await work.session.flush()
    seen = await broadcasts.pictured(work.session, one, work.house.admins)
    if too_long := over(work.mind, seen):
        return TooLong(seen, too_long)
    if view == "ready":  # where it is copied to nothing can be tapped but a web address
        seen = replace(seen, presses=tuple(replace(press, to=sending.link_to(work.house, press.to)) for press in seen.presses))
    channels = tuple((row.chat_id, row.title) for row in await broadcasts.channels(work.session)) if view == "channels" else ()
    evenings = tuple(await broadcasts.coming_evenings(work.session, work.now)) if view == "presses" else ()
    return BroadcastShown(seen, view, note, channels, evenings)


EFFECTS: dict[Any, Any] = {
    ListBroadcasts: _list,
    Draft: _draft,
    ShowBroadcast: _show,
    Write: _write,
    Aim: _aim,
    AddPress: _add_press,
    SetPicture: _set_picture,
    PostTo: _post_to,
    Send: _send,
    Approve: _approve,
    Withdraw: _withdraw,
    CountPress: _count_press,
}
