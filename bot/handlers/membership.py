"""The bot is let into a chat, or thrown out."""

from __future__ import annotations

from telegram import ChatMember, Update

from bot.turns import Turns

OUT = (ChatMember.LEFT, ChatMember.BANNED)


async def changed(turns: Turns, update: Update, _: object) -> None:
    """Blocked, unblocked, added, removed: nothing is said, but where nothing can be sent nothing is tried."""
    change = update.my_chat_member
    if change is not None:
        await turns.presence(update.update_id, change.chat.id, here=change.new_chat_member.status not in OUT)
