"""Buttons under messages."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from telegram import CallbackQuery, Update
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.incoming import asked
from bot.turns import Turns
from dialogs.model import Turn

LOG = logging.getLogger(__name__)


SHORTLY = 2.0
"""Seconds that confirming a tap may hold up its answer."""
PAUSES = (0.3, 0.7, 0.0)
"""Seconds after each failed try."""


async def tapped(turns: Turns, update: Update, _: object) -> None:
    """A choice was tapped. Telegram is told first, so that the button stops waiting; the answer comes as a message.

    First also because of crashes: an update whose answer is written is not taken up again, and its tap would wait for ever.
    """
    query = update.callback_query
    if query is None:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(SHORTLY):
            await _noticed(query)
    said = asked(update, Turn(data=query.data or ""))
    if said is None:
        await turns.pass_over(update.update_id)
    else:
        await turns.take(said)


async def _noticed(query: CallbackQuery) -> None:
    for pause in PAUSES:
        try:
            await query.answer()
            return
        except (BadRequest, RetryAfter):  # tapped long ago, confirmed before a crash, or not to be asked now
            return
        except TelegramError as error:
            LOG.info("a tap could not be confirmed: %s", type(error).__name__)
            await asyncio.sleep(pause)
