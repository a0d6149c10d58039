"""What happens to announcements by themselves: they begin at their time, show how far they are, end, and fill daily digests."""

from __future__ import annotations

import datetime as dt

from bot.db import broadcasts, models
from bot.db.deliveries import tell
from bot.db.session import Database
from bot.effects.announcing.sending import Desk, begin, tongue_of
from bot.effects.work import House
from bot.messages import unasked
from dialogs.announcing.digesting import digest
from dialogs.announcing.reporting import progress, report
from dialogs.mind import Mind
from dialogs.model import Say


async def look(database: Database, mind: Mind, house: House, now: dt.datetime) -> None:
    """One look at everything; every few seconds. Whatever a stopped process left is found again."""
    async with database.transaction() as session:
        await _all(Desk(session, mind, house, now))


async def _all(desk: Desk) -> None:
    for one in await broadcasts.due(desk.session, desk.now):
        await begin(desk, one)
    for one in await broadcasts.under_way(desk.session):
        await _look(desk, one)
    await _digests(desk)


async def _look(desk: Desk, one: models.Broadcast) -> None:
    """Show how far it is; when all is done, tell so."""
    seen = await desk.pictured(one)
    locale = await tongue_of(desk, one.author)
    if seen.counts.done < seen.counts.total:
        await _show(desk, one, progress(desk.mind, locale, seen), f"{broadcasts.progress(one)}-{seen.counts.done}")
        return
    one.status, one.ended_at = "sent", await broadcasts.last_at(desk.session, one) or desk.now
    await _show(desk, one, progress(desk.mind, locale, seen), f"{broadcasts.progress(one)}-end")
    text = report(desk.mind, locale, await desk.pictured(one))
    await desk.tell(one.author, f"report-{one.id}", Say.of(text))


async def _show(desk: Desk, one: models.Broadcast, text: str, cause: str) -> None:
    """Change the bar in the author's chat, unless an earlier change still waits or the bar has not arrived."""
    bar = await broadcasts.bar(desk.session, one)
    if bar is not None:
        await tell(desk.session, one.author, cause, unasked(Say.of(text), changes=bar), desk.now, urgent=True)


async def _digests(desk: Desk) -> None:
    """The day's announcements together, for those who want them so and whose hour has come."""
    for chat, rows in (await broadcasts.digests(desk.session, desk.now)).items():
        locale = await tongue_of(desk, chat)
        texts = [await broadcasts.text_of(desk.session, row, locale) for row in rows]
        for number, said in enumerate(digest(desk.mind, locale, texts)):
            await tell(desk.session, chat, f"digest-{desk.now:%Y%m%d%H}-{number}", unasked(said), desk.now, urgent=True)
        for row in rows:
            row.status, row.message, row.done_at = "digested", None, desk.now
