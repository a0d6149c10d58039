"""Seats at an evening: taken, changed, given back, and given to those who wait."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process

from bot.db import deliveries, evenings, registrations
from bot.db.manners import manners
from bot.db.models import Registration
from bot.effects.work import RefusedError, Work
from bot.messages import unasked
from bot.papers.calendar_file import calendar_file
from bot.quiet import urgent
from dialogs.effects import Effect, Outcome
from dialogs.evenings import effects, notices, own
from dialogs.evenings.model import Evening, Seat
from dialogs.model import File

NEEDS = {name: name for name in ("catering", "access", "wish")}
"""What can be changed of a registration besides its people and reminders."""
NEAR = 70
"""rapidfuzz ratio (0-100) from which the name of an association resembles another one."""
OFFERED = 4
"""Names that are offered at the most."""


async def promote(work: Work, evening_id: int, but: int | None = None) -> list[Seat]:
    """Give free seats to those who wait; who they are. For whatever frees seats: a cancellation, a larger room.

    They are told, but for the registration `but`, whose own turn this is.
    """
    promoted = []
    for row in await registrations.promote(work.session, evening_id):
        seat = await registrations.seat(work.session, row)
        promoted.append(seat)
        if row.chat_id is not None and row.id != but:
            await _tell(work, row.chat_id, seat)
    return promoted


async def _tell(work: Work, chat_id: int, seat: Seat) -> None:
    spoken = (await manners(work.session, [chat_id], {chat_id: seat.locale}))[chat_id]
    message, starts = unasked(notices.promoted(work.mind, spoken.locale, seat, selko=spoken.selko)), seat.evening.starts
    soon = urgent(starts, work.now)
    await deliveries.tell(work.session, chat_id, registrations.promotion(seat.id), message, work.now, late=starts, urgent=soon)


async def known(work: Work, evening_id: int, *, lock: bool = False) -> Evening:
    """An evening that people may know of. Raises RefusedError."""
    found = await evenings.evening(work.session, evening_id, lock=lock)
    if found is None or found.status == "draft":
        raise RefusedError("evening")
    return found


def shut(work: Work, evening: Evening) -> effects.Shut | None:
    """Why nobody can register now; None when one can."""
    if (over := _over(work, evening)) is not None or evening.takes_registrations(work.now):
        return over
    return effects.Shut(evening, "closed")


def _over(work: Work, evening: Evening) -> effects.Shut | None:
    """Why nothing about it can be changed any more."""
    if evening.status == "cancelled":
        return effects.Shut(evening, "cancelled")
    if work.now >= evening.ends:
        return effects.Shut(evening, "past")
    return effects.Shut(evening, "started") if work.now >= evening.starts else None


async def _prepare(work: Work, asked: effects.Prepare) -> Outcome:
    alone(work)
    evening = await known(work, asked.evening)
    row = await registrations.active(work.session, evening.id, work.asked.chat_id)
    if row is not None:
        return await _registered(work, row, new=False)
    if (late := shut(work, evening)) is not None:
        return late
    last = await registrations.last(work.session, work.asked.chat_id)
    return effects.Ready(evening, asked.queue, await registrations.seat(work.session, last) if last else None)


async def _look_up(work: Work, asked: effects.LookUp) -> effects.Alike:
    known = await registrations.associations(work.session)
    said = registrations.folded(asked.typed)
    if said in known:
        return effects.Alike(known[said], ())
    near = process.extract(said, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=OFFERED)
    return effects.Alike(asked.typed, tuple(known[name] for name, _, _ in near))


async def _register(work: Work, asked: effects.Register) -> Outcome:
    alone(work)
    evening = await known(work, asked.evening, lock=True)
    row = await registrations.active(work.session, evening.id, work.asked.chat_id)
    if row is None:
        if (instead := shut(work, evening) or _refusal(evening, asked)) is not None:
            return instead
        row, _ = await registrations.register(work.session, evening.id, work.asked.chat_id, asked.entry, work.now)
        return await _registered(work, row, new=True)
    return await _registered(work, row, new=False)


def _refusal(evening: Evening, asked: effects.Register) -> Outcome | None:
    """What is said instead of registering a group that is too large, now or ever."""
    most = evening.largest_group
    if most is not None and asked.entry.people > most:
        return effects.TooMany(most, asked.opened)
    full = evening.free is not None and asked.entry.people > evening.free
    return effects.NoRoom(evening, asked.opened) if full and not asked.queue else None


async def _registered(work: Work, row: Registration, *, new: bool) -> effects.Registered:
    seat = await registrations.seat(work.session, row)
    return effects.Registered(seat, new, _file(work, seat, row))


def _file(work: Work, seat: Seat, row: Registration) -> File:
    return calendar_file(work.mind, seat, work.house.evening(seat.evening.id), row.created_at)


async def _own(work: Work, registration_id: int) -> Registration:
    """A registration of this chat. Raises RefusedError for everybody else's, and for one that was cancelled."""
    row = await registrations.own(work.session, registration_id, work.asked.chat_id)
    if row is None:
        raise RefusedError("seat")
    return row


async def _show(work: Work, asked: own.ShowSeat) -> Outcome:
    row = await _own(work, asked.seat)
    seat = await registrations.seat(work.session, row)
    late = _over(work, seat.evening) if asked.then else None
    return late or own.SeatShown(seat, asked.then, _file(work, seat, row) if asked.then == "keep" else None)


async def _change(work: Work, asked: own.Change) -> Outcome:
    row = await _own(work, asked.seat)
    seat = await registrations.seat(work.session, row)
    if (late := _over(work, seat.evening)) is not None:
        return late
    if asked.slot == "people":
        most = _could_be(work, seat)
        if most is not None and int(asked.value or 1) > most:
            return own.NotMore(seat, most)
        row.people = int(asked.value or 1)
    elif asked.slot == "reminders":
        row.reminders = asked.value == "on"
    else:
        setattr(row, NEEDS[asked.slot], asked.value)
    await work.session.flush()
    await promote(work, seat.evening.id, but=row.id)
    return own.Changed(await registrations.seat(work.session, row), asked.slot)


def _could_be(work: Work, seat: Seat) -> int | None:
    """How many people a registration may be changed to; None when there is no limit."""
    evening = seat.evening
    limits = [evening.largest_group]
    if not evening.takes_registrations(work.now):
        limits.append(seat.people)
    if seat.status == "seated" and evening.free is not None:
        limits.append(seat.people + evening.free)
    return min((max(limit, seat.people) for limit in limits if limit is not None), default=None)


async def _leave(work: Work, asked: own.Leave) -> Outcome:
    row = await _own(work, asked.seat)
    seat = await registrations.seat(work.session, row)
    if (late := _over(work, seat.evening)) is not None:
        return late
    await registrations.cancel(work.session, row, work.now)
    await promote(work, seat.evening.id)
    return own.Left(seat)


def alone(work: Work) -> None:
    """Names are told between two, not in a group. Raises RefusedError."""
    if work.in_group:
        raise RefusedError("private-only")


EFFECTS: dict[type[Effect], Any] = {
    effects.Prepare: _prepare,
    effects.LookUp: _look_up,
    effects.Register: _register,
    own.ShowSeat: _show,
    own.Change: _change,
    own.Leave: _leave,
}
"""By kind."""
