"""When something goes wrong in a handler."""

from __future__ import annotations

import logging
import traceback

from sqlalchemy.exc import DBAPIError
from telegram import Update
from telegram.ext import CallbackContext

from bot.incoming import asked
from bot.turns import Turns
from dialogs.model import Turn

LOG = logging.getLogger(__name__)


async def failed(turns: Turns, update: object, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Say sorry. What happened is logged without the words of the error, which may hold what somebody wrote.

    When it is the database that fails, the update stays in the inbox, and the next start takes it up again.
    """
    error = context.error
    where = "".join(traceback.format_tb(error.__traceback__)) if error else ""
    number = update.update_id if isinstance(update, Update) else None
    LOG.error("update %s failed: %s\n%s", number, type(error).__name__, where)
    if isinstance(update, Update) and not isinstance(error, DBAPIError):
        said = asked(update, Turn())
        await (turns.pass_over(update.update_id) if said is None else turns.apologise(said))
