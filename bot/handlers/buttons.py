"""Buttons under messages."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.incoming import asked
from bot.turns import Turns
from dialogs.model import Turn

LOG = logging.getLogger(__name__)


async def tapped(turns: Turns, update: Update, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """A choice was tapped. Telegram is told at once, so that the button stops waiting; the answer comes as a message."""
    query = update.callback_query
    if query is None:
        return
    context.application.create_task(_noticed(query), update)
    said = asked(update, Turn(data=query.data or ""))
    if said is None:
        await turns.pass_over(update.update_id)
    else:
        await turns.take(said)


async def _noticed(query: CallbackQuery) -> None:
    try:
        await query.answer()
    except TelegramError as error:  # tapped long ago, or before a crash: nothing is lost by it
        LOG.info("a tap could not be confirmed: %s", type(error).__name__)
