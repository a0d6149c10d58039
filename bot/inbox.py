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
from dialogs.commands import HEARD
from dialogs.deciding import heard
from dialogs.mind import Mind

LOG = logging.getLogger(__name__)


class InboxBot(ExtBot[None]):
    """A bot whose updates are in the database when it hands them out, each of them once and in order."""

    __slots__ = ("_database", "_mind")

    def __init__(self, database: Database, mind: Mind, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 (the library's own)
        super().__init__(*arguments, **named)
        self._database = database
        self._mind = mind

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
        payloads = {update.update_id: json.dumps(_storable(self._mind, update), ensure_ascii=False) for update in updates}
        async with self._database.transaction() as session:
            new = await queries.receive(session, payloads, dt.datetime.now(dt.UTC))
        return tuple(update for update in updates if update.update_id in new or update is updates[-1])


def _storable(mind: Mind, update: Update) -> dict[str, Any]:
    """What may be stored of `update`: not the words of a person in a crisis, only that they were heard; not what nobody reads."""
    data: dict[str, Any] = update.to_dict()
    if "edited_message" in data:
        data["edited_message"] = {**data["edited_message"], "text": "-"}
    message = data.get("message", {})
    text = message.get("text") or message.get("caption") or ""
    if text and (name := heard(mind, text)) is not None:
        left_out = ("text", "entities", "caption", "caption_entities", "reply_to_message", "quote")
        data["message"] = {key: value for key, value in message.items() if key not in left_out} | {"text": f"/{HEARD} {name}"}
    return data


async def left_over(database: Database, bot: Bot) -> list[Update]:
    """What a former run received and did not answer, in order."""
    async with database.transaction() as session:
        payloads = await queries.unanswered(session)
    return [Update.de_json(json.loads(payload), bot) for payload in payloads]
