"""The way in: what Telegram gives is written down before Telegram is told that we have it.

The library asks for the next updates, and by that confirms the last ones, only after `get_updates` has returned. So whatever is
stored before it returns cannot be lost by a crash: it is either stored, or Telegram gives it again.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.db import queries
from bot.db.session import Database

LOG = logging.getLogger(__name__)


class InboxBot(ExtBot[None]):
    """A bot whose updates are in the database when it hands them out, each of them once and in order."""

    __slots__ = ("_database",)

    def __init__(self, database: Database, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 (the library's own)
        super().__init__(*arguments, **named)
        self._database = database

    async def get_updates(self, *arguments: Any, **named: Any) -> tuple[Update, ...]:  # noqa: ANN401
        """As in the library. Raises NetworkError when the updates could not be stored: then they are asked for again."""
        updates = sorted(await super().get_updates(*arguments, **named), key=lambda update: update.update_id)
        try:
            return await self._stored(updates) if updates else ()
        except (SQLAlchemyError, OSError) as error:
            LOG.error("updates could not be stored: %s", type(error).__name__)
            raise NetworkError("the database does not answer") from error

    async def _stored(self, updates: list[Update]) -> tuple[Update, ...]:
        """Those that were not there yet. The last one comes along in any case, since what was confirmed is told by it."""
        payloads = {update.update_id: update.to_json() for update in updates}
        async with self._database.transaction() as session:
            new = await queries.receive(session, payloads, dt.datetime.now(dt.UTC))
        return tuple(update for update in updates if update.update_id in new or update is updates[-1])


async def left_over(database: Database, bot: Bot) -> list[Update]:
    """What a former run received and did not answer, in order."""
    async with database.transaction() as session:
        payloads = await queries.unanswered(session)
    return [Update.de_json(json.loads(payload), bot) for payload in payloads]
