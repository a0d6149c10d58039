"""How people are spoken to when they are told something unasked: in the language they use with the bot now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Chat
from dialogs.model import Manner
from knowledge.parts import LOCALES

AT_A_TIME = 500
"""Chats that are looked up by one statement."""


def manner(state: str | None, otherwise: str = "fi") -> Manner:
    """How a chat of this state (JSON) is spoken to; in the language `otherwise` where nothing is known of it."""
    remembered = json.loads(state or "{}")
    spoken = remembered.get("locale", otherwise)
    return Manner(next((locale for locale in LOCALES if locale == spoken), "fi"), bool(remembered.get("selko")))


async def manners(session: AsyncSession, chats: Iterable[int], otherwise: Mapping[int, str] | None = None) -> dict[int, Manner]:
    """How each of `chats` is spoken to; `otherwise` are languages of those of whom nothing is known."""
    asked, states = list(chats), dict[int, str]()
    for start in range(0, len(asked), AT_A_TIME):
        found = await session.execute(select(Chat.id, Chat.state).where(Chat.id.in_(asked[start : start + AT_A_TIME])))
        states |= {chat: state for chat, state in found}  # noqa: C416 (a Row is no pair)
    return {chat: manner(states.get(chat), (otherwise or {}).get(chat, "fi")) for chat in asked}
