"""One chat at a time, many chats at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 256
"""Updates that are worked on at the same time, those that wait for their chat included."""


class ChatByChat(BaseUpdateProcessor):
    """Updates of one chat one after another in the order they came; different chats side by side."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._locks: dict[int, asyncio.Lock] = {}
        self._users: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then go on."""
        chat = update.effective_chat if isinstance(update, Update) else None
        async with self._turn(chat.id if chat else 0):
            await coroutine

    @asynccontextmanager
    async def _turn(self, chat_id: int) -> AsyncIterator[None]:
        """The chat's lock: asyncio's locks are fair, first come first served. The last one to use it throws it away."""
        lock = self._locks.setdefault(chat_id, asyncio.Lock())
        self._users[chat_id] += 1
        try:
            async with lock:
                yield
        finally:
            self._users[chat_id] -= 1
            if not self._users[chat_id]:
                del self._users[chat_id], self._locks[chat_id]

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""
