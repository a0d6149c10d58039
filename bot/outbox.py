"""The one way out: everything that is sent passes here, under one budget, replies first, in order within a chat.

What waits stands in the outbox table before it comes here, so that a crash loses nothing: what is not marked goes again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from bot.budget import Budget, Rates
from bot.db import queries
from bot.db.models import Outgoing
from bot.db.session import Database
from bot.lanes import Lanes
from bot.messages import Message

LOG = logging.getLogger(__name__)
PATIENCE = 10.0
"""Seconds that messages on their way have to arrive when the program ends."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Outbox:
    """Sends what it is given. One at a time runs against a database (see bot/db/leading.py)."""

    def __init__(self, bot: Bot, database: Database, rates: Rates) -> None:
        self._bot = bot
        self._database = database
        self._lanes = Lanes(Budget(rates))
        self._changed = asyncio.Event()
        self._on_their_way: set[asyncio.Task[None]] = set()
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin with what a former run left unsent."""
        async with self._database.transaction() as session:
            self.put(await queries.unsent(session))
        self._worker = asyncio.create_task(self._work(), name="outbox")

    async def stop(self) -> None:
        """Send nothing more; what is on its way may arrive, the rest waits in the table."""
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker
        if self._on_their_way:
            await asyncio.wait(self._on_their_way, timeout=PATIENCE)

    def put(self, rows: Sequence[Outgoing]) -> None:
        """Send these, already written to the table."""
        for row in rows:
            self._lanes.add(row)
        self._changed.set()

    async def empty(self) -> None:
        """Wait until nothing waits."""
        while len(self._lanes):
            await asyncio.sleep(0.002)

    async def _work(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self._changed.clear()
            row, wait_until = self._lanes.next(clock())
            if row is not None:
                task = asyncio.create_task(self._deliver(row))
                self._on_their_way.add(task)
                task.add_done_callback(self._on_their_way.discard)
                continue
            pause = None if wait_until is None else max(0.0, wait_until - clock())
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):  # wait_for may swallow the cancellation that ends this loop
                    await self._changed.wait()

    async def _deliver(self, row: Outgoing) -> None:
        now, chat = asyncio.get_running_loop().time, row.chat_id  # a group that moves changes the row's chat on the way
        try:
            await self._attempt(row)
            self._lanes.done(chat, now())
        except RetryAfter as error:
            self._lanes.pause(row, now() + cast(dt.timedelta, error.retry_after).total_seconds())
        except Exception as error:  # whatever it is, the message stands in the table and is not lost
            LOG.warning("message %d was not sent, trying again: %s", row.id, type(error).__name__)
            self._lanes.again(row, now())
        finally:
            self._changed.set()

    async def _attempt(self, row: Outgoing) -> None:
        """Send and mark. Raises RetryAfter, and whatever else may be cured by trying again."""
        try:
            row.message_id = row.message_id or await self._call(row)  # when only the mark fails, only the mark is tried again
            await self._mark(row, row.message_id)
        except ChatMigrated as error:
            await self._move(row, error.new_chat_id)
        except Forbidden:
            await self._leave(row)
        except (BadRequest, ValueError) as error:  # will never be accepted
            LOG.error("message %d was refused: %s", row.id, error if isinstance(error, BadRequest) else type(error).__name__)
            await self._mark(row, None)

    async def _call(self, row: Outgoing) -> int:
        return await send(self._bot, row.chat_id, Message.model_validate_json(row.message or ""))

    async def _mark(self, row: Outgoing, message_id: int | None) -> None:
        # patiently: what is not marked as sent would be sent again by the next run
        await self._database.patiently(lambda session: queries.sent(session, row.id, message_id, _utc()))

    async def _leave(self, row: Outgoing) -> None:
        """Blocked or removed: the chat gets nothing more until it writes again."""
        await self._database.patiently(lambda session: queries.leave(session, row.chat_id, _utc()))
        self._lanes.drop(row.chat_id)

    async def _move(self, row: Outgoing, chat_id: int) -> None:
        """The group has another id now; what waits for it goes there."""
        await self._database.patiently(lambda session: queries.move(session, row.chat_id, chat_id))
        waiting = [row, *self._lanes.drop(row.chat_id)]
        for one in waiting:
            one.chat_id = chat_id
        self.put(waiting)


async def send(bot: Bot, chat: int, message: Message) -> int:
    """Send it; Telegram's id of it. Raises TelegramError."""
    keyboard = [[InlineKeyboardButton(button.label, callback_data=button.data) for button in line] for line in message.buttons]
    more: dict[str, Any] = {
        "parse_mode": ParseMode.HTML,
        "reply_markup": InlineKeyboardMarkup(keyboard) if keyboard else None,
        "message_thread_id": message.thread,
        "reply_parameters": ReplyParameters(message.answers, allow_sending_without_reply=True) if message.answers else None,
    }
    if message.file is not None:
        document = InputFile(message.file.content, message.file.name)
        return (await bot.send_document(chat, document, caption=message.html or None, **more)).message_id
    return (await bot.send_message(chat, message.html, link_preview_options=NO_PREVIEW, **more)).message_id


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
