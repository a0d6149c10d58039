"""The demo's database: two example evenings in it, and what waits there to be said to somebody."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import deliveries, registrations
from bot.db.deliveries import Mark
from bot.db.models import Delivery, Evening
from bot.messages import Message
from dialogs.evenings.model import Entry

GUESTS = (("Esimerkki Aino", "Esimerkkiyhdistys ry", 4), ("Esimerkki Eino", "Malliseura ry", 3), ("Esimerkki Helmi", "Näyteklubi ry", 3))
"""Who has registered for the first example; with them two seats of twelve are left."""
WEDNESDAY = 2


async def plant(session: AsyncSession, host: int, now: dt.datetime) -> None:
    """Two example evenings before us, unless there is one already."""
    if await session.scalar(select(Evening.id).where(Evening.example, Evening.starts_at > now).limit(1)) is not None:
        return
    hattula, forssa = _hattula(host, now), _forssa(host, now)
    session.add_all([hattula, forssa])
    await session.flush()
    for name, association, people in GUESTS:
        await registrations.register(session, hattula.id, None, Entry(name, association, people), now)


async def arriving(session: AsyncSession, chat_id: int, until: dt.datetime, now: dt.datetime) -> list[tuple[Message, dt.datetime]]:
    """What is to be said to a chat until then, with its time, oldest first; it counts as said."""
    await deliveries.expire(session, now)
    ready = select(Delivery.id, Delivery.due_at).where(Delivery.chat_id == chat_id, Delivery.status == "waiting", Delivery.due_at <= until)
    times = dict((await session.execute(ready.order_by(Delivery.due_at, Delivery.id))).all())
    flying = await deliveries.fly(session, times, now)
    messages = {number: Message.model_validate_json(flying[number]) for number in times if number in flying}
    marks = [Mark(number, "sent", chat_id=chat_id, offers=one.offers) for number, one in messages.items()]
    await deliveries.settle(session, marks, now)
    return [(one, times[number]) for number, one in messages.items()]


def _hattula(host: int, now: dt.datetime) -> Evening:
    begins = _at(now, 14, 17, 30)
    return Evening(
        status="published",
        example=True,
        title="Tilat yhteiseen käyttöön",
        place="hattula",
        venue="Esimerkkitalo, iso sali",
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=2, minutes=30),
        theme="premises",
        programme="Kunnan tilat ja miten niitä varataan, työpaja pienissä ryhmissä, yhteenveto",
        capacity=12,
        group_most=6,
        catering="kahvi ja keitto",
        created_by=host,
        created_at=now,
        published_at=now,
    )


def _forssa(host: int, now: dt.datetime) -> Evening:
    begins = _at(now, 28, 18, 0)
    return Evening(
        status="published",
        example=True,
        title="Avustukset tutuiksi",
        place="forssa",
        venue="Esimerkkikirjasto, luentosali",
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=2),
        theme="grants",
        created_by=host,
        created_at=now,
        published_at=now,
    )


def _at(now: dt.datetime, days: int, hour: int, minute: int) -> dt.datetime:
    """A Wednesday so many days ahead or soon after, but not at Christmas: an evening that could be."""
    day = now + dt.timedelta(days=days)
    day += dt.timedelta(days=(WEDNESDAY - day.weekday()) % 7)
    while (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6):
        day += dt.timedelta(days=7)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
