"""The fake Telegram over HTTP on loopback, for programs that run as they do in earnest."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web
from aiohttp.hdrs import CONTENT_TYPE

from tests.fakes import TOKEN, DroppedError, FakeTelegram

ROOT = Path(__file__).parents[1]
READY = 60.0
"""Seconds a program may take until it asks for updates; far more than it needs, since the machine may have other work."""


@asynccontextmanager
async def running(*programs: Program) -> AsyncIterator[None]:
    """See to it that none of `programs` is left running."""
    try:
        yield
    finally:
        for program in programs:
            await program.end()


@asynccontextmanager
async def serving(telegram: FakeTelegram, pause: float = 0.0) -> AsyncIterator[str]:
    """`telegram` on a free port; the base URL that SILTA_TELEGRAM_API wants. A message takes `pause` seconds, half of them after it has arrived."""

    async def answer(request: web.Request) -> web.Response:
        try:
            params = await _given(request)
        except ConnectionResetError:  # the program was killed in the middle of a call
            return web.Response()
        method = request.match_info["method"]
        if method == "getUpdates":
            telegram.polls += 1
            await _news(telegram, float(params.get("timeout", 0)), int(params.get("offset", 0)))
        slowly = pause / 2 if method == "sendMessage" else 0.0
        try:
            await asyncio.sleep(slowly)
            code, body = telegram.call(method, params)
            await asyncio.sleep(slowly)
        except DroppedError:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.Response(status=code, text=json.dumps(body), content_type="application/json")

    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


async def _given(request: web.Request) -> dict[str, Any]:
    """The fields of the call; of a file its name, content and type."""
    if request.content_type != "multipart/form-data":
        return dict(await request.post())
    fields: dict[str, Any] = {}
    reader = await request.multipart()
    while part := await reader.next():  # not by `post()`: it leaves a temporary file open if the program is killed in the middle of one
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        fields[part.name or ""] = (part.filename, content, part.headers[CONTENT_TYPE]) if part.filename else content.decode()
    return fields


async def _news(telegram: FakeTelegram, timeout: float, offset: int) -> None:
    """Wait, as Telegram does, until there is an update that was not confirmed yet."""
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout):
            while not telegram.updates or telegram.updates[-1]["update_id"] < offset:
                await asyncio.sleep(0.002)


class Program:
    """`siltabotti run` as a process of its own."""

    def __init__(self, telegram: FakeTelegram, api: str, database: str, folder: Path, **settings: object) -> None:
        self._telegram = telegram
        own = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": api, "DATABASE_URL": database, "VAR": ROOT / "var", **settings}
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **{f"SILTA_{key}": str(value) for key, value in own.items()}}
        self._folder = folder
        self.process: asyncio.subprocess.Process | None = None

    async def start(self, *, wait: bool = True) -> None:
        """Start it; wait until it asks for updates."""
        before = self._telegram.polls
        with (self._folder / "program.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.cli", "run", cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        if wait:
            await self._answers(before)

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End it; its exit status."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(how)
        return await self.process.wait()

    async def end(self) -> None:
        """Leave nothing running."""
        if self.process is not None and self.process.returncode is None:
            await self.kill()

    async def _answers(self, before: int) -> None:
        """Wait until it has asked for updates more often than `before`."""
        assert self.process is not None
        async with asyncio.timeout(READY):
            while self._telegram.polls == before:
                assert self.process.returncode is None, (self._folder / "program.log").read_text(encoding="utf-8")[-2_000:]
                await asyncio.sleep(0.01)


class Forked(Program):
    """The same, forked by a process that has all content loaded (tests/nursery.py): so twenty kills take seconds, not minutes."""

    _child = 0

    async def start(self, *, wait: bool = True) -> None:
        """Start it; wait until it asks for updates."""
        before = self._telegram.polls
        if self.process is None:
            with (self._folder / "program.log").open("ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.nursery", cwd=self._folder, env=self._environment, stdin=PIPE, stdout=PIPE, stderr=log
                )
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self._child = await self._told()
        if wait:
            await self._answers(before)

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End it; its exit status."""
        os.kill(self._child, how)
        status, self._child = await self._told(), 0
        return status

    async def end(self) -> None:
        """Leave nothing running."""
        if self._child:
            await self.kill()
        if self.process is not None:
            self.process.kill()
            await self.process.wait()

    async def _told(self) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        async with asyncio.timeout(READY):
            return int(await self.process.stdout.readline())
