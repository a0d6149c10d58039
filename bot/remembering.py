"""A turn between two memories of a chat: what was known before it is read, what is known after it is written."""

from __future__ import annotations

import json

from pydantic import ValidationError

from bot.db import queries
from bot.effects import reply_to
from bot.effects.work import Work
from dialogs.model import Reply, State


async def remembered(work: Work, stranger: State) -> Reply:
    """What is said to the turn in `work`, with its effects done and the chat's state changed; a new chat begins as `stranger`."""
    chat = await queries.chat(work.session, work.asked.chat_id, stranger.model_dump_json())
    reply = await reply_to(work, restored(chat.state))
    chat.state, chat.last_update, chat.gone = reply.state.model_dump_json(), work.asked.update_id, False
    chat.turns += 1
    return reply


def restored(text: str) -> State:
    """The state in `text`; of what another version of this program wrote, only what this one knows."""
    read = json.loads(text)
    try:
        return State.model_validate({key: read[key] for key in State.model_fields if key in read}, strict=False)
    except ValidationError:
        return State()
