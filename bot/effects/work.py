"""What every effect works with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.asked import Asked
from bot.db import queries
from dialogs.commands import EVENING
from dialogs.mind import Mind


class RefusedError(Exception):
    """The effect cannot happen; the reason is the end of a phrase's name, "refused-<reason>"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class House:
    """What effects need to know of this installation."""

    admins: frozenset[int] = frozenset()
    """Telegram user ids that are coordinators by setting."""
    approval: bool = False
    """Whether a second coordinator must approve an announcement."""
    username: Callable[[], str] = lambda: "siltabotti_esimerkki_bot"
    """The bot's own name on Telegram, for links; known once Telegram was greeted."""

    def link(self, payload: str) -> str:
        """The link that opens the bot with `payload`: letters, digits, _ and -, at most 64."""
        return f"https://t.me/{self.username()}?start={payload}"

    def evening(self, number: int) -> str:
        """The link that shows an evening."""
        return self.link(f"{EVENING}{number}")


@dataclass(frozen=True)
class Work:
    """One turn's transaction and whose turn it is."""

    session: AsyncSession
    mind: Mind
    house: House
    asked: Asked
    now: dt.datetime
    """In Finnish local time."""

    @property
    def in_group(self) -> bool:
        """Whether others read along: then nothing of one person's own is told. Telegram's groups have negative ids."""
        return self.asked.chat_id < 0

    async def as_coordinator(self) -> int:
        """The coordinator whose turn it is, between two. Raises RefusedError for everybody else: whoever taps is asked anew each time."""
        if self.asked.person_id is None or not await self.is_coordinator():
            raise RefusedError("coordinators-only")
        if self.in_group:
            raise RefusedError("hosting-private")
        return self.asked.person_id

    async def is_coordinator(self) -> bool:
        """Whether whoever's turn it is is one."""
        person = self.asked.person_id
        return person is not None and (person in self.house.admins or await queries.has_role(self.session, person, "admin"))
