"""`siltabotti run`: everything that lives as long as the bot does."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest
from threadpoolctl import threadpool_limits

from bot import health, inbox, jobs, logs
from bot.app import KINDS, App, Shop, build
from bot.db import queries
from bot.db.leading import Lead
from bot.db.migrate import migrate
from bot.db.session import AWAY, Database
from bot.effects import House
from bot.effects.announcing import going
from bot.inbox import InboxBot
from bot.session import finnish_now
from bot.settings import Settings, WrongSettingError
from dialogs.conversation import respond
from dialogs.mind import Mind
from dialogs.model import State, Turn
from knowledge.loader import load
from knowledge.parts import LOCALES

LOG = logging.getLogger(__name__)
POLL = timedelta(seconds=25)
"""How long Telegram may wait for something to give."""
CONNECTIONS = 32
"""Connections to Telegram at once."""
TIDY_EVERY = 3600.0
"""Seconds between two times of forgetting what is old."""
LOOK_EVERY = 2.0
"""Seconds between two looks at announcements: whether one is due, and how far one is that goes out."""
JOBS_EVERY = 180.0
"""Seconds between two times of looking for what is to be done by itself."""
OVERWRITE_EVERY = 60.0
"""Seconds between two times of overwriting what was deleted."""
UNSEEN = "valmiina xyzzy"
"""A word that no file holds: loads the dictionary before anybody has to wait for it."""


def run(settings: Settings) -> int:
    """Run until told to stop. Returns the exit status. Raises WrongSettingError."""
    logs.start()
    if settings.telegram_token is None:
        raise WrongSettingError("SILTA_TELEGRAM_TOKEN: a token is needed to run on Telegram; siltabotti init asks for one")
    started = time.monotonic()
    return serve(settings, prepared(settings), started)


def prepared(settings: Settings) -> Mind:
    """Everything that is known, loaded and ready."""
    return warm(Mind.of(load(), settings.operator, settings.var, settings.operator_contact))


def serve(settings: Settings, mind: Mind, started: float) -> int:
    """Answer with `mind` until told to stop; `started` is the monotonic time at which loading began. As `run`."""
    service = Service(settings, mind, started)
    try:
        service.show_life()
        service.shop.app.run_polling(timeout=POLL, bootstrap_retries=-1, allowed_updates=KINDS)
    except InvalidToken:
        raise WrongSettingError("SILTA_TELEGRAM_TOKEN: Telegram does not know this token; siltabotti init asks for a new one") from None
    except AWAY as error:
        raise WrongSettingError(f"SILTA_DATABASE_URL: the database cannot be used: {error.__class__.__name__}") from error
    return service.status


def warm(mind: Mind) -> Mind:
    """`mind` with all that it loads only when it is needed.

    What lives for ever is taken out of the garbage collector's rounds. One thread multiplies a vector faster than two that
    must wait for each other, above all when the machine has other work: 50 people at once got their answers ten times quicker.
    """
    threadpool_limits(1)
    respond(State(), Turn(text=UNSEEN), finnish_now(), mind)
    gc.collect()
    gc.freeze()
    return mind


class Service:
    """The application with its database, its lead and its background work."""

    def __init__(self, settings: Settings, mind: Mind, started: float) -> None:
        self.status = 0
        self._settings = settings
        self._mind = mind
        self._started = started
        self.database = Database(settings.database)
        self._lead = Lead(self.database)
        self._work: list[asyncio.Task[None]] = []
        self.shop = self._shop()

    def show_life(self) -> None:
        """Give a sign of life from the first moment, also while Telegram cannot be reached; the library runs this event loop."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        self._work.append(loop.create_task(health.show(self._settings.var)))

    def _shop(self) -> Shop:
        token = self._settings.telegram_token
        request = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=20)
        polling = HTTPXRequest(connection_pool_size=2, read_timeout=20)
        named: dict[str, Any] = {"base_url": self._settings.telegram_api, "request": request, "get_updates_request": polling}
        bot = InboxBot(self.database, self._mind, token.get_secret_value() if token else "", **named)
        house = House(self._settings.admins, self._settings.approval)
        shop = build(bot, self.database, self._mind, self._settings.rates, house=house, resend=self._settings.resend_unknown)
        shop.app.post_init, shop.app.post_stop, shop.app.post_shutdown = self._start, self._stop, self._shut
        return shop

    async def _start(self, app: App) -> None:
        """Between greeting Telegram and asking for the first update."""
        await self._lead.take()
        await migrate(self.database)
        self._background(
            self._watch(app), _every(TIDY_EVERY, self._tidy), _every(OVERWRITE_EVERY, self.database.overwrite_log), _introduced(app, self._mind)
        )
        self._background(_every(JOBS_EVERY, self._jobs), _every(LOOK_EVERY, self._announce))
        await self.shop.outbox.start()
        await self.shop.deliveries.start()
        for update in await inbox.left_over(self.database, app.bot):
            await app.update_queue.put(update)
        LOG.info("ready after %.1f s", time.monotonic() - self._started)

    def _background(self, *work: Awaitable[None]) -> None:
        self._work += [asyncio.ensure_future(one) for one in work]

    async def _stop(self, _: App) -> None:
        await self.shop.deliveries.stop()
        await self.shop.outbox.stop()

    async def _shut(self, _: App) -> None:
        for work in self._work:
            work.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await self._lead.give_up()
        await self.database.close()

    async def _watch(self, app: App) -> None:
        """When the lead is lost, somebody else has it: send nothing more, end, and let the supervisor begin anew."""
        await self._lead.lost()
        LOG.error("the connection to the database broke; ending")
        self.status = 1
        await self._stop(app)
        while not app.running:  # the library hears the wish to stop only then
            await asyncio.sleep(0.1)
        app.stop_running()

    async def _jobs(self) -> None:
        await jobs.run(self.database, self._mind, finnish_now())

    async def _tidy(self) -> None:
        async with self.database.transaction() as session:
            await queries.tidy(session, finnish_now())

    async def _announce(self) -> None:
        await going.look(self.database, self._mind, self.shop.turns.house, finnish_now())


async def _every(seconds: float, what: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await what()
        except Exception as error:  # whatever it is, there is a next time
            LOG.warning("what is done by itself failed, trying again later: %s", type(error).__name__)
        await asyncio.sleep(seconds)


async def _introduced(app: App, mind: Mind) -> None:
    """Tell Telegram the commands and what the bot is, in every language; Finnish is for everybody else too."""
    try:
        for locale in LOCALES:
            code = None if locale == "fi" else locale
            commands = [
                BotCommand(getattr(command.name, locale), getattr(command.description, locale))
                for command in mind.knowledge.commands.values()
                if not command.hidden
            ]
            await app.bot.set_my_commands(commands, language_code=code)
            await app.bot.set_my_description(mind.phrase("bot-description", locale), language_code=code)
            await app.bot.set_my_short_description(mind.phrase("bot-about", locale), language_code=code)
    except TelegramError as error:
        LOG.warning("the commands could not be told to Telegram: %s", type(error).__name__)
