"""After an evening: its summary, and what those who came thought of it."""

from __future__ import annotations

from typing import Any

from bot.db import hosting
from bot.db.models import Evening, Registration
from bot.effects.hosting.boards import board, held
from bot.effects.hosting.telling import tell_all
from bot.effects.work import RefusedError, Work
from dialogs.effects import Done, Effect
from dialogs.hosting import effects, guests, notices
from dialogs.hosting.model import NEXT


async def _summarise(work: Work, asked: guests.Summarise) -> effects.Seen:
    row = await _over(work, asked.evening)
    if row.summary_sent_at is not None:
        return effects.Seen("after", await board(work, row), "hosting-summary-sent-already")
    row.summary = asked.text
    row.plan = {**{key: note for key, note in row.plan.items() if key != NEXT}, **({NEXT: asked.next} if asked.next else {})}
    return effects.Seen("after", await board(work, row), "hosting-summary-saved")


async def _send(work: Work, asked: guests.SendSummary) -> effects.Seen | guests.Written:
    row = await _over(work, asked.evening)
    made = await board(work, row)
    if row.summary is None:
        return effects.Seen("after", made, "hosting-summary-missing")
    if row.summary_sent_at is not None:
        return effects.Seen("after", made, "hosting-summary-sent-already")
    came = {guest.id for guest in made.came}
    rows = [one for one in await hosting.registrations(work.session, row.id) if one.id in came]
    told = await tell_all(work, rows, f"summary-{row.id}", lambda one, manner: notices.summary(work.mind, manner.locale, made, one.id))
    row.summary_sent_at = work.now
    return guests.Written(await board(work, row), told)


async def _over(work: Work, evening_id: int) -> Evening:
    """An evening that has begun. Raises RefusedError."""
    row = await held(work, evening_id)
    if row.status == "draft" or row.starts_at > work.now:
        raise RefusedError("hosting-not-begun")
    return row


async def _rate(work: Work, asked: guests.Rate) -> guests.Rated:
    row, evening = await _own(work, asked.registration)
    row.rating = asked.stars
    return guests.Rated(row.id, evening.title)


async def _comment(work: Work, asked: guests.Comment) -> Done:
    row, _ = await _own(work, asked.registration)
    row.comment = asked.text
    return Done("rating-thanks")


async def _own(work: Work, registration_id: int) -> tuple[Registration, Evening]:
    found = await hosting.rated(work.session, registration_id, work.asked.chat_id)
    if found is None:
        raise RefusedError("rating")
    return found


EFFECTS: dict[type[Effect], Any] = {
    guests.Summarise: _summarise,
    guests.SendSummary: _send,
    guests.Rate: _rate,
    guests.Comment: _comment,
}
"""By kind."""
