"""`siltabotti init`: a token, a database, and a link that makes its first reader an administrator."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import sys
from collections.abc import Callable

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bot.db import queries
from bot.db.migrate import migrate
from bot.db.session import Database
from bot.effects import digest
from bot.settings import ENV_FILE, Settings, WrongSettingError, add_to_env_file, read_settings
from dialogs.commands import INVITATION

GOOD_FOR = dt.timedelta(hours=24)
"""How long the link works."""
TRIES = 3
ACCOUNTABLE = {
    "operator": "Who runs this bot, as people should read it (an association, a county; empty: later): ",
    "operator_contact": "Where people reach them, e-mail or phone (without it nobody can register for an evening; empty: later): ",
}
"""Settings that say who answers for personal data, and how they are asked for."""
Ask = Callable[[str], str]


def init(settings: Settings, ask: Ask = input) -> int:
    """Ask what is not known yet, check it, write `.env`, print the link. Returns the exit status. Raises WrongSettingError."""
    try:
        token, me = asyncio.run(_checked(settings, ask))
    except TelegramError as error:
        raise WrongSettingError(f"SILTA_TELEGRAM_API: {settings.telegram_api} does not answer: {error}") from None
    add_to_env_file({"telegram_token": token, **_operator(settings, ask)})
    link = asyncio.run(_invitation(read_settings(), me))
    sys.stdout.write(
        f"\n@{me.username} is yours; what you answered is in {ENV_FILE}.\n\n"
        f"1. Start it:       siltabotti run   (or: make run)\n"
        f"2. Open this link: {link}\n"
        f"   Whoever opens it first becomes administrator. It works once, for 24 hours.\n"
    )
    return 0


async def _checked(settings: Settings, ask: Ask) -> tuple[str, User]:
    """A token that Telegram knows, and whose it is."""
    given = settings.telegram_token.get_secret_value() if settings.telegram_token else None
    for _ in range(TRIES):
        token = given or ask("Token (ask @BotFather in Telegram for one with /newbot): ").strip()
        try:
            return token, await Bot(token, base_url=settings.telegram_api).get_me()
        except InvalidToken:
            sys.stdout.write("Telegram does not know that token. Copy the whole line, digits, colon and letters.\n")
            given = None
    raise WrongSettingError("SILTA_TELEGRAM_TOKEN: no token that Telegram knows was given")


def _operator(settings: Settings, ask: Ask) -> dict[str, str]:
    """Who answers for it, as far as nobody has said it yet; what is answered with nothing stays open."""
    open_questions = {name: text for name, text in ACCOUNTABLE.items() if getattr(settings, name) is None}
    answers = {name: ask(text).strip().replace('"', "'") for name, text in open_questions.items()}
    return {name: answer for name, answer in answers.items() if answer}


async def _invitation(settings: Settings, me: User) -> str:
    code = secrets.token_urlsafe(24)
    database = Database(settings.database)
    try:
        await migrate(database)
        async with database.transaction() as session:
            await queries.invite(session, digest(code), "admin", dt.datetime.now(dt.UTC) + GOOD_FOR)
    finally:
        await database.close()
    return f"https://t.me/{me.username}?start={INVITATION}{code}"
