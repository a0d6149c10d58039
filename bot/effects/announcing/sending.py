"""From an announcement to its messages: written in one transaction, changed and recalled the same way. Sending them is the outbox's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import broadcasts, models
from bot.db.deliveries import tell, withdraw, write
from bot.db.manners import manners
from bot.effects.work import House, Work
from bot.messages import erasing, unasked
from dialogs.announcing.delivering import say
from dialogs.announcing.model import Broadcast, Wishes
from dialogs.announcing.reporting import progress
from dialogs.announcing.timing import due
from dialogs.commands import FACET
from dialogs.mind import Mind
from dialogs.model import Choice, Say
from knowledge.calendar import local
from knowledge.parts import Locale

RECALLED_FOR = dt.timedelta(hours=48)
"""How long Telegram lets a bot delete its message: https://core.telegram.org/bots/api#deletemessage."""
LATE = dt.timedelta(days=2)
"""After this an announcement that could not be sent is no news any more."""


@dataclass(frozen=True)
class Desk:
    """What announcing works with, in a turn or in the background."""

    session: AsyncSession
    mind: Mind
    house: House
    now: dt.datetime

    @classmethod
    def of(cls, work: Work) -> Desk:
        """That of a turn."""
        return cls(work.session, work.mind, work.house, work.now)

    async def pictured(self, one: models.Broadcast) -> Broadcast:
        """A row as the core sees it."""
        return await broadcasts.pictured(self.session, one, self.house.admins)

    async def tell(self, chat: int, cause: str, said: Say) -> None:
        """Say something unasked, but expected: at once."""
        await tell(self.session, chat, cause, unasked(said), self.now, urgent=True)


async def schedule(work: Work, one: models.Broadcast) -> None:
    """Send it now, or at its time."""
    if one.due_at is not None and one.due_at > work.now:
        one.status = "scheduled"
    else:
        await begin(Desk.of(work), one)


async def begin(desk: Desk, one: models.Broadcast) -> None:
    """Write all messages of an announcement, and mark it as going out."""
    one.status, one.started_at = "sending", desk.now
    seen = broadcasts.bare(one)
    people = await broadcasts.recipients(desk.session, one, desk.house.admins)
    spoken = await manners(desk.session, people)
    made = {manner: unasked(say(desk.mind, seen, manner.locale, selko=manner.selko)) for manner in set(spoken.values())}
    rows = [_row(one, chat, made[spoken[chat]], desk.now, wishes) for chat, wishes in people.items()]
    rows += [_row(one, chat, unasked(_posted(desk, seen)), desk.now, Wishes(quiet=None)) for chat in one.channels]
    await write(desk.session, rows)
    bar = Say.of(progress(desk.mind, await tongue_of(desk, one.author), await desk.pictured(one)))
    await desk.tell(one.author, broadcasts.progress(one), bar)


def _row(one: models.Broadcast, chat: int, message: str, now: dt.datetime, wishes: Wishes) -> dict[str, object]:
    when = due(wishes, local(now))
    status = "waiting" if wishes.digest is None else "digest"
    row = {"chat_id": chat, "cause": broadcasts.cause(one), "message": message, "status": status}
    return {**row, "due_at": when, "late_at": when + LATE, "created_at": now}


def _posted(desk: Desk, seen: Broadcast) -> Say:
    """How it stands in a channel: in Finnish, and its buttons open the bot, since a channel is not one person."""
    presses = tuple(replace(press, to=link_to(desk.house, press.to)) for press in seen.presses)
    said = say(desk.mind, replace(seen, presses=presses), "fi", selko=False)
    return replace(said, choices=tuple(choice for choice in said.choices if choice.data != "stop-all:"))


def link_to(house: House, to: str) -> str:
    """A web address that opens what a choice opens."""
    if to.startswith("https:"):
        return to
    kind, _, value = to.partition(":")
    return house.evening(int(value)) if kind == "evening" else house.link(value.replace("/", FACET))


async def edit(work: Work, one: models.Broadcast) -> None:
    """Change it in every chat where it arrived."""
    desk = Desk.of(work)
    seen = broadcasts.bare(one)
    there = await broadcasts.arrived(desk.session, one)
    spoken = await manners(desk.session, [row.chat_id for row in there])
    cause = f"edit-{one.id}-{int(desk.now.timestamp())}"
    rows = []
    for row in there:
        manner = spoken[row.chat_id]
        said = _posted(desk, seen) if row.chat_id in one.channels else say(desk.mind, seen, manner.locale, selko=manner.selko)
        rows.append(_later(row, cause, unasked(said, changes=row.message_id), desk.now))
    await write(desk.session, rows)


async def recall(work: Work, one: models.Broadcast) -> None:
    """Delete it wherever it arrived less than 48 hours ago; what waits is not sent."""
    desk = Desk.of(work)
    await withdraw(desk.session, broadcasts.cause(one), desk.now)
    young = [row for row in await broadcasts.arrived(desk.session, one) if row.done_at and desk.now - row.done_at < RECALLED_FOR]
    rows = [_later(row, f"recall-{one.id}", erasing(row.message_id or 0), desk.now) for row in young]
    await write(desk.session, rows)
    one.status = "recalled"
    one.ended_at = one.ended_at or desk.now


def _later(row: models.Delivery, cause: str, message: str, now: dt.datetime) -> dict[str, object]:
    """A row about a message that arrived."""
    return {"chat_id": row.chat_id, "cause": cause, "message": message, "due_at": now, "created_at": now}


async def ask_for_approval(work: Work, one: models.Broadcast) -> None:
    """Ask all other coordinators."""
    desk = Desk.of(work)
    one.status = "waiting"
    count = str((await desk.pictured(one)).recipients)
    for chat in await broadcasts.coordinators(desk.session, desk.house.admins) - {one.author}:
        locale = await tongue_of(desk, chat)
        look = Choice(desk.mind.phrase("announce-menu-button", locale), f"broadcast:{one.id}")
        await desk.tell(
            chat, f"approve-{one.id}-{int(desk.now.timestamp())}", Say.of(desk.mind.phrase("announce-approval-asked", locale, count=count), (look,))
        )


async def tell_author(work: Work, one: models.Broadcast, what: str) -> None:
    """Tell the author what a second coordinator decided."""
    desk = Desk.of(work)
    text = desk.mind.phrase(f"announce-{what}", await tongue_of(desk, one.author))
    await desk.tell(one.author, f"{what}-{one.id}-{int(desk.now.timestamp())}", Say.of(text))


async def tongue_of(desk: Desk, chat: int) -> Locale:
    """The language of a chat."""
    return (await manners(desk.session, [chat]))[chat].locale
