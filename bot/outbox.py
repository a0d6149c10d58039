"""The one way out: everything that is sent passes here, under one budget, replies first, in order within a chat.

What waits stands in a table before it comes here (bot/parcels.py), so that a crash loses nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, cast

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.budget import Budget, Rates
from bot.db import queries
from bot.db.models import Outgoing
from bot.db.session import Database
from bot.lanes import Lanes, Parcel
from bot.messages import Button, Message
from bot.parcels import Answer

LOG = logging.getLogger(__name__)
PATIENCE = 10.0
"""Seconds that messages on their way have to arrive when the program ends."""
NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""What is raised before a request is written."""
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
        """Send these replies, already written to the table."""
        self.carry([Answer(row, self._database) for row in rows])

    def carry(self, parcels: Iterable[Parcel]) -> None:
        """Send these."""
        for parcel in parcels:
            self._lanes.add(parcel)
        self._changed.set()

    async def empty(self) -> None:
        """Wait until nothing waits."""
        while len(self._lanes):
            await asyncio.sleep(0.002)

    async def _work(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self._changed.clear()
            parcel, wait_until = self._lanes.next(clock())
            if parcel is not None:
                task = asyncio.create_task(self._deliver(parcel))
                self._on_their_way.add(task)
                task.add_done_callback(self._on_their_way.discard)
                continue
            pause = None if wait_until is None else max(0.0, wait_until - clock())
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):  # wait_for may swallow the cancellation that ends this loop
                    await self._changed.wait()

    async def _deliver(self, parcel: Parcel) -> None:
        now, chat = asyncio.get_running_loop().time, parcel.chat_id  # a group that moves changes the parcel's chat on the way
        try:
            if await self._attempt(parcel):
                parcel.left()
            self._lanes.done(chat, now())
        except RetryAfter as error:
            self._lanes.pause(parcel, now() + cast(dt.timedelta, error.retry_after).total_seconds())
        except Exception as error:  # whatever it is, the message stands in its table and is not lost
            LOG.warning("message %d was not sent, trying again: %s", parcel.id, type(error).__name__)
            self._lanes.again(parcel, now())
        finally:
            self._changed.set()

    async def _attempt(self, parcel: Parcel) -> bool:
        """Send and mark; False when it goes elsewhere. Raises RetryAfter, and whatever else may be cured by trying again."""
        if parcel.message_id is None:  # else only the mark failed, and only the mark is tried again
            message = await parcel.message()
            if message is None:
                return True
            try:
                parcel.message_id = await send(self._bot, parcel.chat_id, Message.model_validate_json(message))
            except ChatMigrated as error:
                await self._move(parcel, error.new_chat_id)
                return False
            except Forbidden:
                await self._leave(parcel)
                return True
            except (BadRequest, ValueError) as error:  # will never be accepted
                LOG.error("message %d was refused: %s", parcel.id, error if isinstance(error, BadRequest) else type(error).__name__)
            except Exception as error:
                if unsent(error):
                    await parcel.back()
                elif not await parcel.doubted():
                    LOG.warning("nobody knows whether message %d arrived: %s", parcel.id, type(error).__name__)
                    return True
                raise
        await parcel.mark(parcel.message_id)
        return True

    async def _leave(self, parcel: Parcel) -> None:
        """Blocked or removed: the chat gets nothing more until it writes again."""
        await self._database.patiently(lambda session: queries.leave(session, parcel.chat_id, _utc()))
        for one in self._lanes.drop(parcel.chat_id):
            one.left()

    async def _move(self, parcel: Parcel, chat_id: int) -> None:
        """The group has another id now; what waits for it goes there."""
        await self._database.patiently(lambda session: queries.move(session, parcel.chat_id, chat_id))
        waiting = [parcel, *self._lanes.drop(parcel.chat_id)]
        for one in waiting:
            one.chat_id = chat_id
        self.carry(waiting)


async def send(bot: Bot, chat: int, message: Message) -> int:
    """Send it, or do to an earlier message what it says; Telegram's id of it. Raises TelegramError."""
    if message.erases is not None:
        await bot.delete_message(chat, message.erases)
        return message.erases
    if message.changes is not None:
        await _change(bot, chat, message, message.changes)
        return message.changes
    more: dict[str, Any] = {
        "parse_mode": ParseMode.HTML,
        "reply_markup": _keyboard(message),
        "message_thread_id": message.thread,
        "reply_parameters": ReplyParameters(message.answers, allow_sending_without_reply=True) if message.answers else None,
    }
    if message.picture is not None:
        give = bot.send_photo if message.picture.kind == "photo" else bot.send_document
        return (await give(chat, message.picture.id, caption=message.html, **more)).message_id
    if message.file is not None:
        document = InputFile(message.file.content, message.file.name)
        return (await bot.send_document(chat, document, caption=message.html or None, **more)).message_id
    return (await bot.send_message(chat, message.html, link_preview_options=NO_PREVIEW, **more)).message_id


async def _change(bot: Bot, chat: int, message: Message, message_id: int) -> None:
    """Put it in the place of another message."""
    more: dict[str, Any] = {"chat_id": chat, "message_id": message_id, "parse_mode": ParseMode.HTML, "reply_markup": _keyboard(message)}
    if message.picture is not None:
        await bot.edit_message_caption(caption=message.html, **more)
    else:
        await bot.edit_message_text(message.html, link_preview_options=NO_PREVIEW, **more)


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in line] for line in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    web = button.data.startswith("https:")
    return InlineKeyboardButton(button.label, url=button.data if web else None, callback_data=None if web else button.data)


def unsent(error: Exception) -> bool:
    """Whether Telegram certainly did not get the message: it said so, or there was no connection to say it on.

    A connection that broke, an answer that did not come in time, and every 5xx leave it open: messages have been seen to arrive all the same.
    """
    return not isinstance(error, NetworkError) or isinstance(error.__cause__, NO_CONNECTION)


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
