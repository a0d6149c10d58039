"""Messages."""

from __future__ import annotations

from telegram import Update

from bot.incoming import asked, text_of
from bot.turns import Turns
from dialogs.model import Turn, Unread


async def text(turns: Turns, update: Update, _: object) -> None:
    """Something written: a question, a command, a number; or written under a picture."""
    message = update.effective_message
    if message is not None and (said := asked(update, Turn(text=text_of(message, message.get_bot().bot)))) is not None:
        await turns.take(said)


async def unread(turns: Turns, what: Unread, update: Update, _: object) -> None:
    """Something that is not read: a voice, a sticker, a message changed afterwards."""
    if (said := asked(update, Turn(unread=what))) is not None:
        await turns.take(said)


async def other(turns: Turns, update: Update, _: object) -> None:
    """All that needs no answer: talk of others in a group, somebody joined, kinds of updates that are yet to be invented."""
    await turns.pass_over(update.update_id)
