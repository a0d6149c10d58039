"""Evenings in the database, for those who hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.evenings import pictured
from bot.db.models import Chat, Evening, Interest, Registration, Task
from bot.db.queries import insert_new
from dialogs.evenings import model
from dialogs.hosting.model import Guest, Line, Wanted
from knowledge.calendar import local

COUNTS = ("seated", "waiting")
"""Registrations that count."""
FEW = 8
"""Evenings of one kind that are listed at the most."""


async def row(session: AsyncSession, evening_id: int) -> Evening | None:
    """One evening, locked until the transaction ends."""
    asked = select(Evening).where(Evening.id == evening_id).with_for_update()
    return cast(Evening | None, await session.scalar(asked.execution_options(populate_existing=True)))


async def drafts(session: AsyncSession) -> tuple[model.Evening, ...]:
    """What is being planned, soonest first."""
    return await _listed(session, select(Evening).where(Evening.status == "draft").order_by(Evening.starts_at, Evening.id))


async def coming(session: AsyncSession, now: dt.datetime) -> tuple[model.Evening, ...]:
    """What is published and not over, soonest first."""
    published = select(Evening).where(Evening.status == "published", Evening.ends_at > now)
    return await _listed(session, published.order_by(Evening.starts_at, Evening.id))


async def past(session: AsyncSession, now: dt.datetime) -> tuple[model.Evening, ...]:
    """What is over or cancelled; the last ones first."""
    over = or_(Evening.status == "cancelled", (Evening.status == "published") & (Evening.ends_at <= now))
    return await _listed(session, select(Evening).where(over).order_by(Evening.starts_at.desc(), Evening.id.desc()))


async def _listed(session: AsyncSession, asked: Select[Any]) -> tuple[model.Evening, ...]:
    rows = list(await session.scalars(asked.limit(FEW)))
    return tuple([await pictured(session, one) for one in rows])


async def wanted(session: AsyncSession) -> Wanted:
    """How many people want to be told of an evening, and of which."""
    people = select(func.count(Interest.chat_id.distinct()))
    anything = await session.scalar(people.where(Interest.place == "", Interest.theme == ""))
    return Wanted(await session.scalar(people) or 0, anything or 0, await _wanted(session, Interest.place), await _wanted(session, Interest.theme))


async def _wanted(session: AsyncSession, column: Any) -> dict[str, int]:  # noqa: ANN401 (a column of text)
    count = func.count(Interest.chat_id.distinct())
    found = await session.execute(select(column, count).where(column != "").group_by(column).order_by(count.desc(), column))
    return {key: int(number) for key, number in found}


async def guests(session: AsyncSession, evening_id: int) -> tuple[Guest, ...]:
    """Registrations that count, in their order."""
    return tuple(_guest(one) for one in await registrations(session, evening_id))


async def registrations(session: AsyncSession, evening_id: int) -> Sequence[Registration]:
    """The rows of registrations that count, in their order."""
    found = select(Registration).where(Registration.evening_id == evening_id, Registration.status.in_(COUNTS))
    return list(await session.scalars(found.order_by(Registration.id)))


def _guest(one: Registration) -> Guest:
    return Guest(
        id=one.id,
        status=cast(model.SeatStatus, one.status),
        name=one.name or "",
        association=one.association or "",
        people=one.people,
        code=one.code,
        at=local(one.created_at),
        reachable=one.chat_id is not None,
        catering=one.catering,
        access=one.access,
        wish=one.wish,
        arrived=local(one.arrived_at) if one.arrived_at else None,
        rating=one.rating,
        comment=one.comment,
    )


async def arrive(session: AsyncSession, registration_id: int, now: dt.datetime) -> None:
    """Note that they came."""
    await session.execute(update(Registration).where(Registration.id == registration_id).values(arrived_at=now))


async def schedule(session: AsyncSession, evening_id: int, due: Mapping[str, dt.datetime]) -> None:
    """The checklist with its days: new lines are written, known ones moved; what is done stays done."""
    for key, when in due.items():
        await session.execute(insert_new(session, Task), {"evening_id": evening_id, "key": key, "due_at": when})
        await session.execute(update(Task).where(Task.evening_id == evening_id, Task.key == key).values(due_at=when))


async def tasks(session: AsyncSession, evening_id: int) -> tuple[Line, ...]:
    """The checklist, in the order of its days."""
    found = await session.scalars(select(Task).where(Task.evening_id == evening_id).order_by(Task.due_at, Task.id))
    return tuple(Line(one.id, one.key, local(one.due_at), one.done_at is not None) for one in found)


async def tick(session: AsyncSession, evening_id: int, task_id: int, now: dt.datetime) -> bool:
    """Mark a line as done; one that is done already, as not done. False when there is no such line."""
    task = await session.scalar(select(Task).where(Task.id == task_id, Task.evening_id == evening_id).with_for_update())
    if task is not None:
        task.done_at = None if task.done_at else now
        await session.flush()
    return task is not None


async def with_due_tasks(session: AsyncSession, now: dt.datetime) -> list[Evening]:
    """Evenings with a line of the checklist that has come due since they were begun, and some line that is due and not done."""
    due = (Task.evening_id == Evening.id, Task.due_at <= now)
    came = select(Task.id).where(*due, Task.due_at > Evening.created_at).exists()
    undone = select(Task.id).where(*due, Task.done_at.is_(None)).exists()
    return list(await session.scalars(select(Evening).where(Evening.status != "cancelled", came, undone).order_by(Evening.id)))


async def rated(session: AsyncSession, registration_id: int, chat_id: int) -> tuple[Registration, Evening] | None:
    """The registration of this chat that is to be rated, with its evening; None when it is not theirs, or not to be rated."""
    theirs = (Registration.id == registration_id, Registration.chat_id == chat_id, Evening.summary_sent_at.is_not(None))
    found = await session.execute(select(Registration, Evening).join(Evening, Evening.id == Registration.evening_id).where(*theirs))
    pair = found.first()
    return (pair[0], pair[1]) if pair else None


async def state_of(session: AsyncSession, chat_id: int) -> str | None:
    """What is remembered of a chat, as JSON; None when there is none, or nothing can be sent there."""
    return cast(str | None, await session.scalar(select(Chat.state).where(Chat.id == chat_id, Chat.gone.is_(False))))
