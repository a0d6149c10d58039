"""What a turn changes besides the conversation. An effect runs in the turn's transaction, and may refuse."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import queries
from bot.incoming import Asked
from dialogs.model import Effect


class RefusedError(Exception):
    """The effect cannot happen; the reason is the end of a phrase's name, "refused-<reason>"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Apply = Callable[[AsyncSession, Asked, str, dt.datetime], Awaitable[None]]
"""Session, whose turn it is, the effect's value, now."""


def digest(code: str) -> str:
    """What is kept of an invitation's code."""
    return hashlib.sha256(code.encode()).hexdigest()


async def _become_admin(session: AsyncSession, asked: Asked, code: str, now: dt.datetime) -> None:
    if asked.person_id is None or not await queries.accept(session, digest(code), asked.person_id, now):
        raise RefusedError("invitation")


EFFECTS: dict[str, Apply] = {"become-admin": _become_admin}
"""All effects, by their name in dialogs/model.py."""


async def apply(session: AsyncSession, asked: Asked, effects: tuple[Effect, ...], now: dt.datetime) -> None:
    """Apply all of them or none. Raises RefusedError."""
    async with session.begin_nested():
        for effect in effects:
            await EFFECTS[effect.name](session, asked, effect.value, now)
