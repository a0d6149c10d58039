"""The bot is let into a chat, or thrown out."""

from __future__ import annotations

from telegram import ChatMember, Update

from bot.turns import Turns

OUT = (ChatMember.LEFT, ChatMember.BANNED)


async def changed(turns: Turns, update: Update, _: object) -> None:
    """Blocked, unblocked, added, removed: nothing is said, but where nothing can be sent nothing is tried. Where it may post is remembered."""
    change = update.my_chat_member
    if change is None:
        return
    status = change.new_chat_member.status
    posts = change.chat.title if status == ChatMember.ADMINISTRATOR else None
    await turns.presence(update.update_id, change.chat.id, here=status not in OUT, posts=posts)
