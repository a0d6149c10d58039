"""The way in: what Telegram gives is written down before Telegram is told that we have it.

The library asks for the next updates, and by that confirms the last ones, only after `get_updates` has returned. So whatever is
stored before it returns cannot be lost by a crash: it is either stored, or Telegram gives it again.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.db import queries
from bot.db.session import Database
from bot.storing import Storing
from dialogs.mind import Mind

LOG = logging.getLogger(__name__)


class InboxBot(ExtBot[None]):
    """A bot whose updates are in the database when it hands them out, each of them once and in order."""

    __slots__ = ("_database", "_storing")

    def __init__(self, database: Database, mind: Mind, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 (the library's own)
        super().__init__(*arguments, **named)
        self._database = database
        self._storing = Storing(mind)

    async def get_updates(self, *arguments: Any, **named: Any) -> tuple[Update, ...]:  # noqa: ANN401
        """As in the library. Raises NetworkError, and nothing worse, when something is wrong: then the library asks again, ever more slowly."""
        try:
            updates = sorted(await super().get_updates(*arguments, **named), key=lambda update: update.update_id)
            return await self._stored(updates) if updates else ()
        except InvalidToken:  # may be a proxy or a server that just restarts; the library would stop asking for good
            LOG.error("Telegram does not know the token")
            raise NetworkError("Telegram does not know the token") from None
        except TelegramError:
            raise
        except Exception as error:  # without its words, which may be those of people
            LOG.error("updates could not be stored: %s", type(error).__name__)
            raise NetworkError("updates could not be stored") from None

    async def _stored(self, updates: list[Update]) -> tuple[Update, ...]:
        """Those that were not there yet. The last one comes along in any case, since what was confirmed is told by it."""
        payloads = {update.update_id: self._storing.payload(update) for update in updates}
        async with self._database.transaction() as session:
            new = await queries.receive(session, payloads, dt.datetime.now(dt.UTC))
        return tuple(update for update in updates if update.update_id in new or update is updates[-1])


async def left_over(database: Database, bot: Bot) -> list[Update]:
    """What a former run received and did not answer, in order."""
    async with database.transaction() as session:
        payloads = await queries.unanswered(session)
    return [Update.de_json(json.loads(payload), bot) for payload in payloads]
