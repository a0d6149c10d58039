"""Who comes to an evening, for those who hold it: lists, messages, guests, and the door."""

from __future__ import annotations

from typing import Any

from bot.db import hosting, registrations
from bot.db.models import Evening, Registration
from bot.effects.hosting.boards import board, held
from bot.effects.hosting.making import poster_of, table_of
from bot.effects.hosting.telling import moment_of, tell_all
from bot.effects.work import RefusedError, Work
from dialogs.effects import Effect, Outcome
from dialogs.evenings.model import Entry
from dialogs.hosting import door, effects, guests, notices
from dialogs.hosting.model import Guest
from dialogs.model import Manner, Say


async def _make(work: Work, asked: effects.Make) -> effects.Made:
    made = await board(work, await held(work, asked.evening))
    file = poster_of(work, made) if asked.paper == "poster" else table_of(work, made, asked.paper)
    return effects.Made(made, asked.paper, file)


async def _write(work: Work, asked: guests.Write) -> guests.Written:
    row = await _open(work, asked.evening)
    made = await board(work, row)
    rows = await hosting.registrations(work.session, row.id)
    cause = f"message-{row.id}-{moment_of(work.now)}"

    def notice(_: Registration, manner: Manner) -> Say:
        return notices.message(work.mind, manner.locale, made.evening, asked.text)

    coming = made.evening.starts if made.evening.ends > work.now else None  # of one that is over nothing is urgent
    told = await tell_all(work, rows, cause, notice, starts=coming)
    return guests.Written(made, told)


async def _add(work: Work, asked: guests.AddGuest) -> Outcome:
    row = await _open(work, asked.evening)
    if row.ends_at <= work.now and not asked.here:
        raise RefusedError("hosting-over")
    if row.group_most is not None and asked.people > row.group_most:
        return guests.TooMany(await board(work, row), row.group_most)
    entry = Entry(asked.name, asked.association, asked.people)
    guest, _ = await registrations.register(work.session, row.id, None, entry, work.now)
    if asked.here and guest.status == "seated":
        await hosting.arrive(work.session, guest.id, work.now)
    seat = await registrations.seat(work.session, guest)
    return guests.Added(await board(work, row), seat, asked.here)


async def _check_in(work: Work, asked: guests.CheckIn) -> guests.AtDoor:
    row = await _open(work, asked.evening)
    made = await board(work, row)
    guest, near = _who(made.guests, asked)
    if guest is None:
        return guests.AtDoor(made, asked.said, near=near)
    if guest.arrived is not None:
        return guests.AtDoor(made, asked.said, guest, again=True)
    if guest.status == "seated":
        await hosting.arrive(work.session, guest.id, work.now)
        made = await board(work, row)
    return guests.AtDoor(made, asked.said, guest)


def _who(guests: tuple[Guest, ...], asked: guests.CheckIn) -> tuple[Guest | None, tuple[Guest, ...]]:
    if asked.guest is None:
        return door.found(guests, asked.said)
    chosen = next((guest for guest in guests if guest.id == asked.guest), None)
    if chosen is None:
        raise RefusedError("hosting-guest-gone")
    return chosen, ()


async def _open(work: Work, evening_id: int) -> Evening:
    """An evening that people can register for. Raises RefusedError."""
    row = await held(work, evening_id)
    if row.status == "draft":
        raise RefusedError("hosting-draft")
    return row


EFFECTS: dict[type[Effect], Any] = {
    effects.Make: _make,
    guests.Write: _write,
    guests.AddGuest: _add,
    guests.CheckIn: _check_in,
}
"""By kind."""
