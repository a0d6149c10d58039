"""Announcements in the database: drafts, whom they reach, their messages, what became of those."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import models
from bot.db.deliveries import ANNOUNCED, UNDONE
from bot.db.subscriptions import all_wishes
from dialogs.announcing.model import Audience, Broadcast, Counts, Press, Wishes
from knowledge.calendar import local

LISTED = 8
"""Announcements in the coordinators' list."""
ENDED = ("sent", "blocked", "failed", "unknown", "late", "digest")
"""What can become of a message; one in somebody's digest has been dealt with."""


def cause(one: models.Broadcast) -> str:
    """The cause of its deliveries, apart from those that change or delete what arrived."""
    return f"{ANNOUNCED}{one.id}"


def progress(one: models.Broadcast) -> str:
    """The cause of the message that shows how far it is; those of its changes go on with "-" and more."""
    return f"progress-{one.id}"


async def row(session: AsyncSession, number: int) -> models.Broadcast | None:
    """One announcement's row, locked until the transaction ends."""
    return await session.scalar(select(models.Broadcast).where(models.Broadcast.id == number).with_for_update())


async def newest(session: AsyncSession) -> Sequence[models.Broadcast]:
    """The last ones, those under way first."""
    shown = select(models.Broadcast).where(models.Broadcast.status != "cancelled").order_by(models.Broadcast.id.desc()).limit(LISTED)
    return list(await session.scalars(shown))


def bare(one: models.Broadcast) -> Broadcast:
    """A row as the core sees it, with nothing counted."""
    return Broadcast(
        id=one.id,
        status=one.status,  # type: ignore[arg-type]
        texts=one.texts,
        audience=audience(one),
        presses=tuple(Press(label, to) for label, to in one.presses),
        picture=one.picture,
        picture_kind=one.picture_kind,  # type: ignore[arg-type]
        due=local(one.due_at) if one.due_at else None,
        author=one.author,
        channels=tuple(one.channels),
        corrects=one.corrects,
        seconds=(one.ended_at - one.started_at).total_seconds() if one.started_at and one.ended_at else None,
    )


async def pictured(session: AsyncSession, one: models.Broadcast, admins: frozenset[int]) -> Broadcast:
    """The same, with its recipients and messages counted."""
    counts = await counted(session, one)
    return replace(bare(one), counts=counts, recipients=counts.total or len(await recipients(session, one, admins)))


def audience(one: models.Broadcast) -> Audience:
    """Whom it is for."""
    return Audience(**{dimension: frozenset(values) for dimension, values in one.audience.items()})


async def recipients(session: AsyncSession, one: models.Broadcast, admins: frozenset[int]) -> dict[int, Wishes]:
    """Everybody it reaches, by chat, with what they want; chats that blocked the bot are left out."""
    wishes = await all_wishes(session)
    if one.corrects is not None:
        got = select(models.Delivery.chat_id).where(
            models.Delivery.cause == f"{ANNOUNCED}{one.corrects}", models.Delivery.status.in_(("sent", "unknown"))
        )
        reached = {chat: wishes.get(chat, Wishes()) for chat in await session.scalars(got)}
    else:
        aimed, people = audience(one), await coordinators(session, admins)
        roles = {chat: frozenset({"admin"} if chat in people else ()) for chat in wishes.keys() | people}
        reached = {chat: wishes.get(chat, Wishes()) for chat in roles if aimed.reaches(wishes.get(chat, Wishes()), roles[chat])}
    gone = set(await session.scalars(select(models.Chat.id).where(models.Chat.gone)))
    return {chat: wanted for chat, wanted in sorted(reached.items()) if chat not in gone}


async def coordinators(session: AsyncSession, admins: frozenset[int]) -> frozenset[int]:
    """All coordinators: by setting, and by invitation."""
    return admins | frozenset(await session.scalars(select(models.Role.person_id).where(models.Role.role == "admin")))


async def counted(session: AsyncSession, one: models.Broadcast) -> Counts:
    """What became of its messages so far."""
    grouped = select(models.Delivery.status, func.count()).where(models.Delivery.cause == cause(one))
    found: Counter[str] = Counter()
    for status, count in await session.execute(grouped.group_by(models.Delivery.status)):
        found["digest" if status == "digested" else status] += int(count)
    erased = select(func.count()).where(models.Delivery.cause == f"recall-{one.id}", models.Delivery.status == "sent")
    recalled = await session.scalar(erased) or 0 if one.status == "recalled" else 0
    return Counts(recalled=recalled, kept=found["sent"] - recalled, total=found.total(), taps=one.taps, **{status: found[status] for status in ENDED})


async def due(session: AsyncSession, now: dt.datetime) -> Sequence[models.Broadcast]:
    """Scheduled ones whose time has come."""
    waiting = select(models.Broadcast).where(models.Broadcast.status == "scheduled", models.Broadcast.due_at <= now)
    return list(await session.scalars(waiting.with_for_update()))


async def under_way(session: AsyncSession) -> Sequence[models.Broadcast]:
    """Those whose messages go out just now."""
    return list(await session.scalars(select(models.Broadcast).where(models.Broadcast.status == "sending").with_for_update()))


async def channels(session: AsyncSession) -> Sequence[models.Channel]:
    """Channels and groups where the bot may post."""
    return list(await session.scalars(select(models.Channel).order_by(models.Channel.title)))


async def coming_evenings(session: AsyncSession, now: dt.datetime) -> list[tuple[int, str]]:
    """Evenings that one can register for: id and title."""
    coming = select(models.Evening.id, models.Evening.title).where(models.Evening.status == "published", models.Evening.starts_at > now)
    return [(number, title) for number, title in await session.execute(coming.order_by(models.Evening.starts_at).limit(LISTED))]


async def arrived(session: AsyncSession, one: models.Broadcast) -> Sequence[models.Delivery]:
    """Its messages that are known to have arrived."""
    there = select(models.Delivery).where(models.Delivery.cause == cause(one))
    return list(await session.scalars(there.where(models.Delivery.status == "sent", models.Delivery.message_id.is_not(None))))


async def last_at(session: AsyncSession, one: models.Broadcast) -> dt.datetime | None:
    """When the last of its messages was sent or given up."""
    return await session.scalar(select(func.max(models.Delivery.done_at)).where(models.Delivery.cause == cause(one)))


async def bar(session: AsyncSession, one: models.Broadcast) -> int | None:
    """Telegram's id of the message that shows how far it is; None when it has not arrived, or a change of it still waits."""
    first, own = progress(one), models.Delivery.chat_id == one.author
    changes = models.Delivery.cause.startswith(f"{first}-")
    waiting = select(models.Delivery.id).where(own, or_(models.Delivery.cause == first, changes), models.Delivery.status.in_(UNDONE))
    if (await session.scalars(waiting.limit(1))).first() is not None:
        return None
    return await session.scalar(select(models.Delivery.message_id).where(own, models.Delivery.cause == first))


async def digests(session: AsyncSession, now: dt.datetime) -> dict[int, list[models.Delivery]]:
    """What waits for a digest whose hour has come, by chat."""
    waiting = select(models.Delivery).where(models.Delivery.status == "digest", models.Delivery.due_at <= now).order_by(models.Delivery.id)
    found: dict[int, list[models.Delivery]] = defaultdict(list)
    for one in await session.scalars(waiting):
        found[one.chat_id].append(one)
    return found


async def text_of(session: AsyncSession, delivery: models.Delivery, locale: str) -> str:
    """The announcement of `delivery` in `locale`, else in Finnish."""
    one = await session.get_one(models.Broadcast, int(delivery.cause.removeprefix(ANNOUNCED)))
    return one.texts.get(locale, one.texts["fi"])
