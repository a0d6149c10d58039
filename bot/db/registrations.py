"""Registrations in the database: seats taken, waited for, given back. Groups take their seats whole.

Whatever changes seats locks the row of the evening first (`evenings.evening(…, lock=True)`), so that one after another counts and takes
them, in however many processes. The unique index of active registrations stands behind that.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import deliveries, evenings, models
from bot.db.models import Association, Registration
from bot.db.queries import insert_new
from dialogs.evenings.model import Entry, Evening, Seat

ACTIVE = ("seated", "waiting")
"""Registrations that count."""
LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
"""What codes are made of: nothing that is taken for something else when it is read aloud or from a phone."""
CODE = 6
"""Letters of a code: 190 million codes."""
FORMS = frozenset({"ry", "rf", "rekisteröity", "yhdistys", "förening"})
"""Words that names of associations have or have not."""


class GoneError(Exception):
    """There is no such evening."""


async def register(session: AsyncSession, evening_id: int, chat_id: int | None, entry: Entry, now: dt.datetime) -> tuple[Registration, bool]:
    """A registration with its seats, or its place on the waiting list, and whether it is new: a chat registers once.

    `chat_id` is None for guests without Telegram. Whether one may register at all is for the caller to say.
    """
    evening = await evenings.evening(session, evening_id, lock=True)
    if evening is None:
        raise GoneError(evening_id)
    if chat_id is not None and (already := await active(session, evening_id, chat_id)) is not None:
        return already, False
    fits = evening.free is None or entry.people <= evening.free
    row = Registration(
        evening_id=evening_id,
        chat_id=chat_id,
        status="seated" if fits else "waiting",
        name=entry.name,
        association=entry.association,
        people=entry.people,
        code=await _code(session),
        catering=entry.catering,
        access=entry.access,
        wish=entry.wish,
        locale=entry.locale,
        reminders=True,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await _remember(session, entry.association, evening.place)
    return row, True


async def promote(session: AsyncSession, evening_id: int) -> list[Registration]:
    """Give free seats to those who wait: each time the first group that fits. Those passed keep their place."""
    evening = await evenings.evening(session, evening_id, lock=True)
    if evening is None or evening.status != "published":
        return []
    free, promoted = evening.free, []
    waiting = select(Registration).where(Registration.evening_id == evening_id, Registration.status == "waiting")
    for row in await session.scalars(waiting.order_by(Registration.id)):
        if free is None or row.people <= free:
            row.status = "seated"
            free = None if free is None else free - row.people
            promoted.append(row)
    await session.flush()
    return promoted


async def cancel(session: AsyncSession, row: Registration, now: dt.datetime) -> None:
    """Give the seats back; what was needed only for coming is forgotten."""
    row.status, row.cancelled_at, row.catering, row.access = "cancelled", now, None, None
    await session.flush()
    await deliveries.withdraw(session, promotion(row.id), now)


def promotion(registration_id: int) -> str:
    """Why somebody is told that they have a seat now."""
    return f"promoted-{registration_id}"


async def active(session: AsyncSession, evening_id: int, chat_id: int) -> Registration | None:
    """What a chat has registered for an evening; None when it has nothing there."""
    asked = select(Registration).where(Registration.evening_id == evening_id, Registration.chat_id == chat_id, Registration.status.in_(ACTIVE))
    found: Registration | None = await session.scalar(asked)
    return found


async def own(session: AsyncSession, registration_id: int, chat_id: int) -> Registration | None:
    """A registration of this chat that counts; its evening's row is locked, and then it is read anew."""
    asked = select(Registration).where(Registration.id == registration_id, Registration.chat_id == chat_id)
    row: Registration | None = await session.scalar(asked)
    if row is None:
        return None
    await session.execute(select(models.Evening.id).where(models.Evening.id == row.evening_id).with_for_update())
    await session.refresh(row)
    return row if row.status in ACTIVE else None


async def mine(session: AsyncSession, chat_id: int, now: dt.datetime) -> list[Registration]:
    """What a chat has registered for evenings that are not over, soonest first."""
    asked = select(Registration).join(models.Evening).where(Registration.chat_id == chat_id, Registration.status.in_(ACTIVE))
    coming = asked.where(models.Evening.ends_at > now, models.Evening.status == "published")
    return list(await session.scalars(coming.order_by(models.Evening.starts_at)))


async def last(session: AsyncSession, chat_id: int) -> Registration | None:
    """What a chat registered last, whatever became of it, while its name is kept."""
    asked = select(Registration).where(Registration.chat_id == chat_id, Registration.name.is_not(None))
    found: Registration | None = await session.scalar(asked.order_by(Registration.id.desc()).limit(1))
    return found


async def seat(session: AsyncSession, row: Registration, evening: Evening | None = None) -> Seat:
    """A registration as the core sees it; its `evening` is looked up where it is not at hand."""
    evening = evening or await evenings.evening(session, row.evening_id)
    assert evening is not None, "registrations keep their evening"
    before = select(func.count()).where(Registration.evening_id == row.evening_id, Registration.status == "waiting", Registration.id <= row.id)
    return Seat(
        id=row.id,
        evening=evening,
        status=row.status,  # type: ignore[arg-type]
        name=row.name or "",
        association=row.association or "",
        people=row.people,
        code=row.code,
        position=await session.scalar(before) or 0 if row.status == "waiting" else 0,
        catering=row.catering,
        access=row.access,
        wish=row.wish,
        reminders=row.reminders,
        locale=row.locale,  # type: ignore[arg-type]
    )


def folded(name: str) -> str:
    """The name of an association for comparing."""
    words = [word for word in name.casefold().replace(".", "").split() if word not in FORMS]
    return " ".join(words) or name.casefold()


async def associations(session: AsyncSession) -> dict[str, str]:
    """All names that are remembered, by what they are compared by."""
    return {row.folded: row.name for row in await session.scalars(select(Association))}


async def _code(session: AsyncSession) -> str:
    """A code that nobody has."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
        if await session.scalar(select(Registration.id).where(Registration.code == code)) is None:
            return code


async def _remember(session: AsyncSession, name: str, place: str) -> None:
    """Keep an association's name as it was first written, and where it registered last."""
    row: Mapping[str, str] = {"folded": folded(name), "name": name, "place": place}
    new = insert_new(session, Association).returning(Association.folded)
    if (await session.scalars(new, row)).first() is None:
        known = await session.get(Association, row["folded"])
        if known is not None:
            known.place = place
            await session.flush()
