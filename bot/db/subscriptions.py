"""Who wants to be told what, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Quiet, Subscription
from bot.db.queries import insert_new
from dialogs.announcing.model import QUIET, Wishes


async def wishes(session: AsyncSession, chat_id: int) -> Wishes:
    """What one person wants."""
    return (await _wishes(session, chat_id)).get(chat_id, Wishes())


async def all_wishes(session: AsyncSession) -> dict[int, Wishes]:
    """What everybody wants who wants anything, by chat."""
    return await _wishes(session, None)


async def subscribe(session: AsyncSession, chat_id: int, kind: str, values: Iterable[str]) -> None:
    """Tell them about these, too."""
    if rows := [{"chat_id": chat_id, "kind": kind, "value": value} for value in values]:
        await session.execute(insert_new(session, Subscription), rows)


async def unsubscribe(session: AsyncSession, chat_id: int, kind: str | None = None, value: str | None = None) -> bool:
    """Tell them no more about this, or about anything. Returns whether there was something."""
    gone = delete(Subscription).where(Subscription.chat_id == chat_id)
    gone = gone if kind is None else gone.where(Subscription.kind == kind, Subscription.value == value)
    return (await session.scalars(gone.returning(Subscription.value))).first() is not None


async def set_quiet(session: AsyncSession, chat_id: int, hours: tuple[int, int] | None) -> None:
    """Leave them alone during these hours, or never."""
    row = await _quiet(session, chat_id)
    row.begins, row.ends = hours or (None, None)


async def set_digest(session: AsyncSession, chat_id: int, hour: int | None) -> None:
    """Tell them all of a day at this hour, or each by itself."""
    (await _quiet(session, chat_id)).digest = hour


async def _quiet(session: AsyncSession, chat_id: int) -> Quiet:
    usual = {"chat_id": chat_id, "begins": QUIET[0], "ends": QUIET[1]}
    await session.execute(insert_new(session, Quiet), usual)
    return (await session.scalars(select(Quiet).where(Quiet.chat_id == chat_id))).one()


async def _wishes(session: AsyncSession, chat_id: int | None) -> dict[int, Wishes]:
    rows, times = select(Subscription), select(Quiet)
    if chat_id is not None:
        rows, times = rows.where(Subscription.chat_id == chat_id), times.where(Quiet.chat_id == chat_id)
    wanted: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in await session.scalars(rows):
        wanted[row.chat_id][row.kind].add(row.value)
    quiet = {row.chat_id: row for row in await session.scalars(times)}
    return {chat: _as_wishes(wanted[chat], quiet.get(chat)) for chat in wanted.keys() | quiet.keys()}


def _as_wishes(wanted: dict[str, set[str]], quiet: Quiet | None) -> Wishes:
    hours: tuple[int, int] | None = QUIET
    if quiet is not None:
        hours = None if quiet.begins is None or quiet.ends is None else (quiet.begins, quiet.ends)
    topics, places, networks = (frozenset(wanted[kind]) for kind in ("topic", "place", "network"))
    return Wishes(topics, places, networks, hours, quiet.digest if quiet else None)
