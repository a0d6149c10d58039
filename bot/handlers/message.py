"""Messages."""

from __future__ import annotations

from collections import deque

from telegram import Message, Update

from bot.incoming import asked, picture_of, text_of
from bot.turns import Turns
from dialogs.model import Turn, Unread


class Albums:
    """Pictures sent together are one message to the person who sends them, and get one answer."""

    def __init__(self) -> None:
        self._seen: deque[str] = deque(maxlen=100)

    def is_more(self, message: Message | None) -> bool:
        """Whether another picture of the same album was answered already."""
        album = message.media_group_id if message else None
        if album is None or album in self._seen:
            return album is not None
        self._seen.append(album)
        return False


async def text(turns: Turns, albums: Albums, update: Update, _: object) -> None:
    """Something written: a question, a command, a number; or written under a picture."""
    message = update.effective_message
    if message is None:
        return
    albums.is_more(message)
    turn = Turn(text=text_of(message, message.get_bot().bot), picture=picture_of(message))
    if (said := asked(update, turn)) is not None:
        await turns.take(said)


async def unread(turns: Turns, albums: Albums, what: Unread, update: Update, context: object) -> None:
    """Something that is not read: a voice, a sticker, a message changed afterwards."""
    picture = picture_of(update.message) if update.message else None
    said = asked(update, Turn(unread=what, picture=picture))
    if said is None or albums.is_more(update.message):
        await other(turns, update, context)
    else:
        await turns.take(said)


async def other(turns: Turns, update: Update, _: object) -> None:
    """All that needs no answer: talk of others in a group, somebody joined, kinds of updates that are yet to be invented."""
    await turns.pass_over(update.update_id)
