"""Every question asked of the database. Each function works within the transaction of the session it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.db.models import Base, Chat, Delivery, Interest, Invitation, Outgoing, Received, Registration, Role
from dialogs.keeping import DELIVERIES, RECORDS


def insert_new(session: AsyncSession, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert that passes over rows which are there already."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


async def receive(session: AsyncSession, payloads: Mapping[int, str | None], now: dt.datetime) -> set[int]:
    """Keep updates (id → JSON; None needs no answer and is done). Returns the ids that were not known yet."""
    rows = [{"update_id": key, "payload": payload, "received_at": now, "done_at": None if payload else now} for key, payload in payloads.items()]
    new = insert_new(session, Received).returning(Received.update_id)
    return set(await session.scalars(new, rows)) if rows else set()


async def unanswered(session: AsyncSession) -> list[str]:
    """The updates that were received and not answered, in their order: what a crash left behind."""
    found = await session.scalars(select(Received.payload).where(Received.done_at.is_(None)).order_by(Received.update_id))
    return [payload for payload in found if payload]


async def finish(session: AsyncSession, update_id: int, now: dt.datetime) -> bool:
    """Mark an update as done and forget what was in it. False when it is done already (or was never received)."""
    mark = update(Received).where(Received.update_id == update_id, Received.done_at.is_(None))
    done = await session.scalars(mark.values(done_at=now, payload=None).returning(Received.update_id))
    return done.first() is not None


async def chat(session: AsyncSession, chat_id: int, state: str) -> Chat:
    """The chat, locked until the transaction ends; a new one begins with `state`."""
    locked = select(Chat).where(Chat.id == chat_id).with_for_update()
    if (known := await session.scalar(locked)) is not None:
        return known
    await session.execute(insert_new(session, Chat), {"id": chat_id, "state": state, "last_update": 0})
    return (await session.scalars(locked)).one()


async def queue(session: AsyncSession, chat_id: int, messages: Sequence[str], update_id: int | None, now: dt.datetime) -> list[Outgoing]:
    """Messages (JSON) that are to be sent, in their order."""
    rows = [Outgoing(chat_id=chat_id, message=message, update_id=update_id, created_at=now, priority=0) for message in messages]
    session.add_all(rows)
    await session.flush()
    return rows


async def unsent(session: AsyncSession) -> list[Outgoing]:
    """All messages that still have to be sent, in their order."""
    return list(await session.scalars(select(Outgoing).where(Outgoing.done_at.is_(None)).order_by(Outgoing.id)))


async def sent(session: AsyncSession, row: int, message_id: int | None, now: dt.datetime) -> None:
    """Mark a message as sent under Telegram's `message_id`, or as given up (None)."""
    mark = update(Outgoing).where(Outgoing.id == row)
    await session.execute(mark.values(done_at=now, message_id=message_id, message=None))


async def leave(session: AsyncSession, chat_id: int, now: dt.datetime) -> None:
    """The bot was blocked or removed: nothing that waits is sent there."""
    await session.execute(update(Chat).where(Chat.id == chat_id).values(gone=True))
    for table in (Outgoing, Delivery):
        waiting = update(table).where(table.chat_id == chat_id, table.done_at.is_(None))
        blocked = {"status": "blocked"} if table is Delivery else {}
        await session.execute(waiting.values(done_at=now, message=None, **blocked))


async def back(session: AsyncSession, chat_id: int) -> None:
    """The bot was let in again."""
    await session.execute(update(Chat).where(Chat.id == chat_id).values(gone=False))


async def move(session: AsyncSession, old: int, new: int) -> None:
    """A group became a supergroup, which has another id: what is remembered of it, and what waits, goes along."""
    await _follow(session, Chat, Chat.id, old, new)
    await _follow(session, Outgoing, Outgoing.chat_id, old, new)
    await _follow(session, Delivery, Delivery.chat_id, old, new, Delivery.cause)
    await _follow(session, Registration, Registration.chat_id, old, new, Registration.evening_id)
    await _follow(session, Interest, Interest.chat_id, old, new, Interest.place, Interest.theme)
    twins = update(Delivery).where(Delivery.chat_id == old, Delivery.done_at.is_(None))
    await session.execute(twins.values(status="failed", done_at=dt.datetime.now(dt.UTC), message=None))


async def _follow(session: AsyncSession, table: type[Base], chat: Any, old: int, new: int, *same: Any) -> None:  # noqa: ANN401 (columns)
    """What `table` holds of the old chat goes to the new one, unless what must not be there twice is there: then it stays behind."""
    there = aliased(table)
    twin = exists().where(getattr(there, chat.key) == new, *(getattr(there, column.key) == column for column in same))
    unique = () if table is Outgoing else (~twin,)
    await session.execute(update(table).where(chat == old, *unique).values({chat.key: new}))


async def invite(session: AsyncSession, digest: str, role: str, expires_at: dt.datetime) -> None:
    """Keep a one-time invitation; earlier ones that nobody used no longer work."""
    await session.execute(delete(Invitation).where(Invitation.role == role, Invitation.used_at.is_(None)))
    await session.execute(insert(Invitation).values(digest=digest, role=role, expires_at=expires_at))


async def accept(session: AsyncSession, digest: str, person_id: int, now: dt.datetime) -> bool:
    """Use an invitation. False when there is none of that digest, or it is used or too old."""
    open_one = (Invitation.digest == digest, Invitation.used_at.is_(None), Invitation.expires_at > now)
    role = (await session.scalars(update(Invitation).where(*open_one).values(used_at=now).returning(Invitation.role))).first()
    if role is None:
        return False
    await session.execute(insert_new(session, Role), {"person_id": person_id, "role": role, "since": now})
    return True


async def has_role(session: AsyncSession, person_id: int, role: str) -> bool:
    """Whether somebody has a role."""
    return await session.get(Role, (person_id, role)) is not None


async def tidy(session: AsyncSession, now: dt.datetime) -> None:
    """Forget what has been done for long enough."""
    for table, kept in ((Received, RECORDS), (Outgoing, RECORDS), (Delivery, DELIVERIES)):
        await session.execute(delete(table).where(table.done_at < now - kept))
