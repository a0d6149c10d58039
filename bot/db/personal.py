"""What is stored about one person or one group: gathered from every table, and erased."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import queries
from bot.db.forgetting import NEEDS, WHO
from bot.db.models import Base, Chat, Delivery, Evening, Outgoing, Registration
from knowledge.calendar import local

WHOSE = ("chat_id", "person_id", "created_by")
"""Columns that say whose a row is; a person's chat with the bot has the person's own number."""
Row = dict[str, Any]
Tables = dict[str, list[Row]]


async def of_group(session: AsyncSession, chat_id: int) -> Tables:
    """What is remembered of a group's talk: nothing of one person's."""
    return await _gathered(session, [(Base.metadata.tables[Chat.__tablename__], Chat.__table__.c.id == chat_id)])


async def of_person(session: AsyncSession, person: int) -> Tables:
    """Everything about a person, whatever the table: one that is made tomorrow is in it too."""
    tables = await _gathered(session, [(Base.metadata.tables[Chat.__tablename__], Chat.__table__.c.id == person), *_owned(person)])
    for row in tables.get(Registration.__tablename__, ()):
        evening = await session.get_one(Evening, row["evening_id"])
        row["evening"], row["starts_at"] = evening.title, local(evening.starts_at).isoformat()
    waiting = [json.loads(payload) for payload in await queries.unanswered(session)]
    mine = [one for one in waiting if person in _chats_in(one)]
    return tables | ({"inbox": mine} if mine else {})


async def erase(session: AsyncSession, person: int) -> None:
    """Forget a person. Registrations stay as numbers; so do roles and planned evenings. What is just being sent still goes."""
    await session.execute(update(Registration).where(Registration.chat_id == person).values({column.key: None for column in (*WHO, *NEEDS)}))
    only = {Delivery.__tablename__: Delivery.status != "flying", Outgoing.__tablename__: Outgoing.done_at.is_not(None)}
    for table, theirs in _owned(person):
        if "chat_id" in table.c:
            await session.execute(delete(table).where(theirs, only.get(table.name, true())))


async def _gathered(session: AsyncSession, asked: list[tuple[Table, ColumnElement[bool]]]) -> Tables:
    found = {table.name: [_plain(row._asdict()) for row in await session.execute(select(table).where(theirs))] for table, theirs in asked}
    return {name: rows for name, rows in found.items() if rows}


def _owned(person: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    for table in Base.metadata.sorted_tables:
        column = next((table.c[name] for name in WHOSE if name in table.c), None)
        if column is not None:
            yield table, column == person


def _plain(row: Mapping[str, Any]) -> Row:
    """A row as JSON can hold it, in Finnish time; what is empty is left out."""
    return {key: _value(key, value) for key, value in row.items() if value not in (None, "", {})}


def _value(key: str, value: object) -> object:
    if isinstance(value, dt.datetime):
        return local(value).isoformat(timespec="seconds")
    if key in ("state", "message"):  # JSON within a text
        return {name: one for name, one in json.loads(str(value)).items() if one not in (None, "", [], {}, False, 0)}
    return value


def _chats_in(sent: object) -> Iterator[int]:
    """The chats of an update from Telegram, however deep they stand."""
    if isinstance(sent, Mapping):
        chat = sent.get("chat")
        if isinstance(chat, Mapping):
            yield chat["id"]
        for part in sent.values():
            yield from _chats_in(part)
