"""What may be stored of an update while it waits for its answer: what the answer needs, and nothing else.

Not stored: talk of a group that is not meant for us, what nobody reads (pictures, voices, what somebody else said), and the words of a
person in a crisis, of which only remains that they were heard.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.incoming import Ours, command_names
from dialogs.commands import HEARD
from dialogs.deciding import heard
from dialogs.mind import Mind

LOG = logging.getLogger(__name__)
WHOSE = ("message_id", "date", "edit_date", "chat", "from", "sender_chat", "message_thread_id", "is_topic_message", "media_group_id")
WORDS = ("text", "entities", "caption", "caption_entities")
Data = dict[str, Any]


class Storing:
    """Makes updates fit to be stored."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind
        self._ours = Ours(command_names(mind))

    def payload(self, update: Update) -> str | None:
        """JSON from which the update can be answered after a crash; None when it needs no answer. Never raises."""
        try:
            data = self._data(update)
            return None if data is None else json.dumps({"update_id": update.update_id, **data})
        except Exception as error:  # one odd update must not hold up everybody's
            LOG.error("update %d can be answered now, but not after a crash: %s", update.update_id, type(error).__name__)
            return json.dumps({"update_id": update.update_id})

    def _data(self, update: Update) -> Data | None:
        if update.message is not None:
            return self._message(update, update.message)
        if update.edited_message is not None:
            read = update.edited_message.text and update.edited_message.chat.type == ChatType.PRIVATE
            return {"edited_message": {**_some(update.edited_message, WHOSE), "text": "-"}} if read else None
        if update.callback_query is not None:
            query = update.callback_query.to_dict()
            under = update.callback_query.message
            return {"callback_query": query | ({"message": _some(under, WHOSE)} if isinstance(under, Message) else {})}
        return {"my_chat_member": update.my_chat_member.to_dict()} if update.my_chat_member else None

    def _message(self, update: Update, message: Message) -> Data | None:
        if not self._ours.filter(message) or filters.StatusUpdate.ALL.check_update(update):
            return None
        kept = _some(message, WHOSE)
        text = message.text or message.caption or ""
        if text and (name := heard(self._mind, text)) is not None:
            return {"message": {**kept, "text": f"/{HEARD}@{message.get_bot().username} {name}"}}
        answered = {"reply_to_message": _some(message.reply_to_message, WHOSE)} if message.reply_to_message else {}
        return {"message": {**kept, **_some(message, WORDS), **answered}}


def _some(message: Message, keys: tuple[str, ...]) -> Data:
    return {key: value for key, value in message.to_dict().items() if key in keys}
