"""What came from Telegram, as a turn of talk; and whether it was meant for us at all."""

from __future__ import annotations

import re
from collections.abc import Collection

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatType
from telegram.ext.filters import MessageFilter

from bot.asked import Asked
from dialogs.commands import named
from dialogs.mind import Mind
from dialogs.model import Picture, Turn

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?")


def asked(update: Update, turn: Turn) -> Asked | None:
    """`turn` with the chat and the person of `update`; None when there is no chat to answer in."""
    chat, person = update.effective_chat, update.effective_user
    if chat is None:
        return None
    in_group = chat.type != ChatType.PRIVATE and update.message is not None
    answers = update.message.message_id if in_group and update.message else None
    return Asked(update.update_id, chat.id, person.id if person else None, _language(person), turn, answers, _thread(update))


def _thread(update: Update) -> int | None:
    message = update.effective_message
    return message.message_thread_id if message is not None and message.is_topic_message else None


def _language(person: User | None) -> str:
    return (person.language_code or "")[:2] if person else ""


def text_of(message: Message, me: User) -> str:
    """What `message` says, or what is written under its picture; without the bot's own name."""
    text = message.text or message.caption or ""
    return re.sub(rf"(?<!/)(?<!\w)@{re.escape(me.username or '')}\b", " ", text, flags=re.IGNORECASE).strip() if me.username else text


def picture_of(message: Message) -> Picture | None:
    """The picture or file in `message`; None when there is none."""
    if message.photo:
        return Picture("photo", message.photo[-1].file_id)
    return Picture("document", message.document.file_id) if message.document else None


def command_names(mind: Mind) -> frozenset[str]:
    """Every name of every command."""
    return frozenset(name for command in mind.knowledge.commands.values() for name in named(command.name))


class Ours(MessageFilter):
    """Messages meant for the bot: all in a private chat; in a group its commands, its name, and answers to what it said."""

    def __init__(self, commands: Collection[str]) -> None:
        super().__init__(name="Ours")
        self._commands = frozenset(commands)

    def filter(self, message: Message) -> bool:
        """Whether `message` is one of them."""
        if message.from_user is not None and message.from_user.is_bot and message.sender_chat is None:  # an administrator may write as the group
            return False
        if message.chat.type == ChatType.PRIVATE:
            return True
        me = message.get_bot().bot
        return self._commands_us(message, me) or _answers_us(message, me) or _names_us(message, me)

    def _commands_us(self, message: Message, me: User) -> bool:
        match = _COMMAND.match(message.text or "")
        if match is None:
            return False
        name, to = match.groups()
        return to.casefold() == (me.username or "").casefold() if to else name.casefold() in self._commands


def _answers_us(message: Message, me: User) -> bool:
    said = message.reply_to_message
    return said is not None and said.from_user is not None and said.from_user.id == me.id


def _names_us(message: Message, me: User) -> bool:
    named = {**message.parse_entities([MessageEntity.MENTION]), **message.parse_caption_entities([MessageEntity.MENTION])}
    return any(text.casefold() == f"@{me.username}".casefold() for text in named.values())
