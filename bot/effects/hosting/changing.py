"""Evenings kept, published, changed and cancelled by those who hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.db import evenings, hosting, registrations
from bot.db.models import Evening, Registration
from bot.effects import evenings as announcing
from bot.effects import seats
from bot.effects.hosting.boards import board, held
from bot.effects.hosting.making import poster_of
from bot.effects.hosting.telling import moment_of, tell_all
from bot.effects.work import RefusedError, Work
from bot.papers.calendar_file import calendar_file
from dialogs.effects import Effect, Outcome
from dialogs.hosting import checklist, effects, notices
from dialogs.model import File, Manner, Say, Value
from knowledge.calendar import local

TOLD = {"starts", "ends", "place", "venue"}
"""What the registered must know when it changes."""
COLUMNS = {"starts": "starts_at", "ends": "ends_at", "closes": "closes_at", "group-most": "group_most"}
"""Columns that are called otherwise than what they hold."""
TIMES = {"starts", "ends", "closes"}
NOTE = "plan-"
"""Beginning of the name of a planning note."""


async def _create(work: Work, asked: effects.Create) -> Outcome:
    person = await work.as_coordinator()
    row = Evening(status="draft", plan={}, created_by=person, created_at=work.now)
    _set(row, asked.values)
    if row.closes_at is not None and row.closes_at > row.starts_at:
        raise RefusedError("hosting-closes-late")
    work.session.add(row)
    await work.session.flush()
    await _schedule(work, row)
    if asked.publish:
        return await _published(work, row)
    return effects.Seen("evening", await board(work, row), "hosting-saved-draft")


async def _publish(work: Work, asked: effects.Publish) -> Outcome:
    row = await held(work, asked.evening)
    if row.status == "published":
        return effects.Seen("evening", await board(work, row), "hosting-published-already")
    return await _published(work, row)


async def _published(work: Work, row: Evening) -> Outcome:
    if row.starts_at <= work.now:
        raise RefusedError("hosting-begun")
    row.status, row.published_at = "published", work.now
    await work.session.flush()
    told = await announcing.tell_interested(work, await evenings.pictured(work.session, row))
    made = await board(work, row)
    return effects.Published(made, told, poster_of(work, made))


async def _change(work: Work, asked: effects.Change) -> Outcome:
    row = await held(work, asked.evening)
    if row.status == "published" and row.ends_at <= work.now:
        raise RefusedError("hosting-over")
    if (reason := await _against(work, row, asked.values)) is not None:
        return effects.Unchanged(await board(work, row), reason, next(iter(asked.values)))
    before = {name: getattr(row, COLUMNS.get(name, name)) for name in TOLD}
    deadline = _follow(row, asked.values, work.now)
    _set(row, asked.values)
    await work.session.flush()
    changed = {name for name in TOLD if before[name] != getattr(row, COLUMNS.get(name, name))}
    if "starts" in changed:
        await _schedule(work, row)
    told = await _tell_changed(work, row, changed, min(before["starts"], row.starts_at)) if changed else 0
    promoted = await seats.promote(work, row.id) if "capacity" in asked.values else []
    made = await board(work, row)
    return effects.Changed(made, next(iter(asked.values)), told, len(made.guests) - told if changed else 0, len(promoted), deadline)


async def _against(work: Work, row: Evening, values: Mapping[str, Value]) -> effects.Reason | None:
    """Why `values` cannot be; None when they can."""
    capacity, closes = values.get("capacity"), values.get("closes")
    seated = (await evenings.pictured(work.session, row)).seated
    if capacity is not None and int(capacity) < seated:
        return "below-seated"
    if closes is not None and _moment(closes) > row.starts_at:
        return "closes-late"
    return "closes-past" if closes is not None and _moment(closes) <= work.now else None


def _follow(row: Evening, values: Mapping[str, Value], now: dt.datetime) -> bool:
    """The deadline moves by as many days as the evening; where it would have passed then, or come too late, the beginning is the deadline."""
    if "starts" not in values or row.closes_at is None:
        return False
    starts, closes = _moment(values["starts"]), local(row.closes_at)
    moved = closes + (starts.date() - local(row.starts_at).date())  # within one zone: the same time of day
    row.closes_at = moved if now < moved <= starts else None
    return True


def _set(row: Evening, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        if name.startswith(NOTE):
            row.plan = {**row.plan, name.removeprefix(NOTE): str(value)} if value else {k: v for k, v in row.plan.items() if NOTE + k != name}
        else:
            setattr(row, COLUMNS.get(name, name), _moment(value) if value is not None and name in TIMES else value)


def _moment(value: Value) -> dt.datetime:
    return local(dt.datetime.fromisoformat(str(value)))


async def _schedule(work: Work, row: Evening) -> None:
    await hosting.schedule(work.session, row.id, checklist.days(work.mind, local(row.starts_at)))


async def _tell_changed(work: Work, row: Evening, changed: set[str], starts: dt.datetime) -> int:
    evening = await evenings.pictured(work.session, row)
    rows = await hosting.registrations(work.session, row.id)
    files: dict[int, File] = {}
    for one in rows:
        seat = await registrations.seat(work.session, one)
        files[one.id] = calendar_file(work.mind, seat, work.house.evening(row.id), work.now, sequence=moment_of(work.now) // 1000)

    def notice(one: Registration, manner: Manner) -> Say:
        return notices.changed(work.mind, manner, evening, changed, files[one.id])

    return await tell_all(work, rows, f"changed-{row.id}-{moment_of(work.now)}", notice, late=evening.ends, starts=starts)


async def _call_off(work: Work, asked: effects.CallOff) -> Outcome:
    row = await held(work, asked.evening)
    if row.ends_at <= work.now and row.status == "published":
        raise RefusedError("hosting-over")
    evening = await evenings.pictured(work.session, row)
    rows = await hosting.registrations(work.session, row.id)
    for one in rows:
        await registrations.cancel(work.session, one, work.now)
    row.status = "cancelled"
    cause = f"cancelled-{row.id}"
    told = await tell_all(work, rows, cause, lambda _, manner: notices.called_off(work.mind, manner, evening), evening.ends, evening.starts)
    return effects.CalledOff(await board(work, row), told, len(rows) - told)


EFFECTS: dict[type[Effect], Any] = {
    effects.Create: _create,
    effects.Publish: _publish,
    effects.Change: _change,
    effects.CallOff: _call_off,
}
"""By kind."""
