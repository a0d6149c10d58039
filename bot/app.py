"""The Telegram application: every handler in the order they are tried, and what starts and stops with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.budget import Rates
from bot.db.session import Database
from bot.deliveries import Deliveries
from bot.effects import House
from bot.handlers import buttons, errors, membership, message
from bot.inbox import InboxBot
from bot.incoming import Ours, command_names
from bot.outbox import Outbox
from bot.session import Clock, finnish_now
from bot.turns import Turns
from bot.updates import ChatByChat
from dialogs.mind import Mind

App = Application[Any, Any, Any, Any, Any, Any]
KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
"""Kinds of updates that Telegram is asked for."""


@dataclass(frozen=True)
class Shop:
    """A built application and what works beside it."""

    app: App
    outbox: Outbox
    deliveries: Deliveries
    turns: Turns


def build(
    bot: InboxBot, database: Database, mind: Mind, rates: Rates, clock: Clock = finnish_now, house: House | None = None, *, resend: bool = False
) -> Shop:
    """Put the parts together; nothing runs yet. With `resend`, what may have arrived unasked is sent again."""
    outbox = Outbox(bot, database, rates)
    turns = Turns(database, mind, outbox, clock, house or House())
    app = Application.builder().bot(bot).concurrent_updates(ChatByChat()).build()
    app.add_handlers(handlers(turns))
    app.add_error_handler(partial(errors.failed, turns))
    return Shop(app, outbox, Deliveries(database, outbox, clock, resend=resend), turns)


def handlers(turns: Turns) -> Sequence[BaseHandler[Any, Any, Any]]:
    """The first that fits is the one."""
    ours = filters.UpdateType.MESSAGE & Ours(command_names(turns.mind))
    albums = message.Albums()
    private = filters.ChatType.PRIVATE
    return (
        CallbackQueryHandler(partial(buttons.tapped, turns)),
        MessageHandler(ours & (filters.TEXT | filters.CAPTION), partial(message.text, turns, albums)),
        MessageHandler(ours & private & ~filters.StatusUpdate.ALL, partial(message.unread, turns, albums, "media")),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & private & filters.TEXT, partial(message.unread, turns, albums, "edited")),
        ChatMemberHandler(partial(membership.changed, turns), ChatMemberHandler.MY_CHAT_MEMBER),
        TypeHandler(Update, partial(message.other, turns)),
    )
