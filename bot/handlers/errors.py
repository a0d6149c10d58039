"""When something goes wrong in a handler."""

from __future__ import annotations

import asyncio
import logging
import traceback

from telegram import Update
from telegram.ext import CallbackContext

from bot.db.session import AWAY
from bot.incoming import asked
from bot.turns import Turns
from dialogs.model import Turn

LOG = logging.getLogger(__name__)
LATER = 2.0
"""Seconds until an update is tried again, after all the patience that was had with the database."""


async def failed(turns: Turns, update: object, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Say sorry. What happened is logged without the words of the error, which may hold what somebody wrote.

    When it is the database that stays away, the update is tried again later; it stands in the inbox, and so survives a stop too.
    """
    error = context.error
    where = "".join(traceback.format_tb(error.__traceback__)) if error else ""
    number = update.update_id if isinstance(update, Update) else None
    LOG.error("update %s failed: %s\n%s", number, type(error).__name__, where)
    if isinstance(error, AWAY):
        await asyncio.sleep(LATER)
        await context.application.update_queue.put(update)
    elif isinstance(update, Update):
        said = asked(update, Turn())
        await (turns.pass_over(update.update_id) if said is None else turns.apologise(said))
