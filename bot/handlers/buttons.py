"""Buttons under messages."""

from __future__ import annotations

import asyncio
import logging

from telegram import CallbackQuery, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackContext

from bot.incoming import asked
from bot.turns import Turns
from dialogs.model import Turn

LOG = logging.getLogger(__name__)


SHORTLY = 2.0
"""Seconds that confirming a tap may hold up its answer."""
PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each new try; Telegram forgets a tap after some fifteen."""


async def tapped(turns: Turns, update: Update, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """A choice was tapped. Telegram is told first, so that the button stops waiting; the answer comes as a message.

    First also because of crashes: an update whose answer is written is not taken up again, and its tap would wait for ever.
    """
    query = update.callback_query
    if query is None:
        return
    await asyncio.wait({context.application.create_task(_noticed(query), update)}, timeout=SHORTLY)
    said = asked(update, Turn(data=query.data or ""))
    if said is None:
        await turns.pass_over(update.update_id)
    else:
        await turns.take(said)


async def _noticed(query: CallbackQuery) -> None:
    for pause in (*PAUSES, 0.0):
        try:
            await query.answer()
            return
        except BadRequest:  # tapped long ago, or confirmed before a crash
            return
        except TelegramError as error:
            LOG.info("a tap could not be confirmed: %s", type(error).__name__)
            await asyncio.sleep(pause)
