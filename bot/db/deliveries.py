"""What is said unasked: written here in the transaction of its cause, sent by the outbox."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Chat, Delivery
from bot.db.queries import insert_new
from bot.db.session import TOLD
from bot.quiet import awake

ANNOUNCED = "broadcast-"
"""Beginning of the cause of announcements."""
UNDONE = ("waiting", "flying")
"""What may still be given to Telegram by the process that has the lead."""


@dataclass(frozen=True)
class Mark:
    """What has become of a delivery."""

    id: int
    status: str
    """One of the statuses of Delivery."""
    message_id: int | None = None
    """Telegram's id of it, once it is sent."""
    chat_id: int = 0
    """Where it went."""
    offers: tuple[str, ...] = ()
    """Numbered choices that came with it."""


async def tell(  # noqa: PLR0913 (each is a column)
    session: AsyncSession,
    chat_id: int,
    cause: str,
    message: str,
    now: dt.datetime,
    due: dt.datetime | None = None,
    late: dt.datetime | None = None,
    *,
    urgent: bool = False,
) -> None:
    """Say `message` (JSON of a Message, see bot.messages.unasked) to `chat_id` because of `cause`, once; from `due` on, never after `late`.

    What falls into the quiet hours waits for their end, unless it is `urgent` (see bot.quiet.urgent).
    """
    await tell_all(session, {chat_id: message}, cause, now, due, late, urgent=urgent)


async def tell_all(
    session: AsyncSession,
    messages: Mapping[int, str],
    cause: str,
    now: dt.datetime,
    due: dt.datetime | None = None,
    late: dt.datetime | None = None,
    *,
    urgent: bool = False,
) -> None:
    """Say something to each chat of `messages`, as in `tell`; thousands are written in a moment."""
    when = due or now
    same = {"cause": cause, "created_at": now, "due_at": when if urgent else awake(when), "late_at": late}
    await write(session, [{"chat_id": chat, "message": message, **same} for chat, message in messages.items()])


async def write(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Write deliveries, by column; those whose cause the chat was told of already are passed over."""
    if rows:
        await (await session.connection()).execute(insert_new(session, Delivery), rows)
        session.info[TOLD] = True


async def withdraw(session: AsyncSession, cause: str, now: dt.datetime) -> None:
    """What is not true any more is not said to anybody, where it still waits: its turn, the end of quiet hours, or a digest."""
    waiting = update(Delivery).where(Delivery.cause == cause, Delivery.status.in_(("waiting", "digest")))
    await session.execute(waiting.values(status="late", message=None, done_at=now))


async def expire(session: AsyncSession, now: dt.datetime) -> None:
    """Give up what is too late, and what is due where nothing may be sent."""
    waiting = update(Delivery).where(Delivery.status == "waiting", Delivery.due_at <= now)
    given_up = {"done_at": now, "message": None}
    await session.execute(waiting.where(Delivery.late_at <= now).values(status="late", **given_up))
    gone = select(Chat.id).where(Chat.gone)
    await session.execute(waiting.where(Delivery.chat_id.in_(gone)).values(status="blocked", **given_up))


async def due(session: AsyncSession, now: dt.datetime, most: int, but: Collection[int] = ()) -> list[tuple[int, int]]:
    """(id, chat) of what is to be sent now, longest due first; without those in `but`."""
    await expire(session, now)
    ready = select(Delivery.id, Delivery.chat_id).where(Delivery.status == "waiting", Delivery.due_at <= now, Delivery.id.not_in(but))
    one_of_many = Delivery.cause.startswith(ANNOUNCED)  # what concerns one person is not held up by what concerns three thousand
    found = await session.execute(ready.order_by(one_of_many, Delivery.due_at, Delivery.id).limit(most))
    return [(number, chat) for number, chat in found]


async def fly(session: AsyncSession, ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """Mark as given to Telegram; the messages (JSON) of those that are still to be sent."""
    in_time = or_(Delivery.late_at.is_(None), Delivery.late_at > now)
    mark = update(Delivery).where(Delivery.id.in_(ids), Delivery.status.in_(UNDONE), in_time)
    flying = await session.execute(mark.values(status="flying").returning(Delivery.id, Delivery.message))
    return {number: message or "" for number, message in flying}


async def settle(session: AsyncSession, marks: Sequence[Mark], now: dt.datetime) -> None:
    """Write down what has become of deliveries. What waits again keeps its message; all else is forgotten."""
    done: list[dict[str, object]] = [
        {"b_id": m.id, "status": m.status, "message_id": m.message_id, "done_at": now, "message": None} for m in marks if m.status != "waiting"
    ]
    again: list[dict[str, object]] = [{"b_id": m.id, "status": m.status} for m in marks if m.status == "waiting"]
    connection = await session.connection()
    for rows in (done, again):
        if rows:
            await connection.execute(update(Delivery).where(Delivery.id == bindparam("b_id")), rows)
    for mark in sorted((mark for mark in marks if mark.offers), key=lambda mark: mark.chat_id):
        await _offer(session, mark.chat_id, mark.offers)


async def _offer(session: AsyncSession, chat_id: int, offers: tuple[str, ...]) -> None:
    """From now on a typed number chooses from `offers`, unless a dialogue is open, whose questions come first."""
    chat = await session.scalar(select(Chat).where(Chat.id == chat_id).with_for_update())
    if chat is not None and not (state := json.loads(chat.state)).get("open"):
        chat.state = json.dumps({**state, "offered": list(offers), "labels": []}, ensure_ascii=False)


async def land(session: AsyncSession, now: dt.datetime, *, again: bool) -> int:
    """When a process starts: nobody knows whether what was flying arrived. It is sent `again`, or counts as unknown; how many there were."""
    fate = {"status": "waiting"} if again else {"status": "unknown", "done_at": now, "message": None}
    found = await session.scalars(update(Delivery).where(Delivery.status == "flying").values(**fate).returning(Delivery.id))
    return len(list(found))
