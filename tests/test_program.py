"""The program as it runs in earnest, once; the slow proofs do worse things to it."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from dialogs.mind import Mind
from tests.fakes import FakeTelegram
from tests.server import Program, running, serving


async def test_it_starts_answers_and_stops(mind: Mind, databases: dict[str, str], tmp_path: Path) -> None:  # noqa: ARG001 (the fitted matchers)
    telegram = FakeTelegram(first_update=10_000_000)
    async with serving(telegram) as api, running(program := Program(telegram, api, databases["sqlite"], tmp_path)):
        await program.start()
        telegram.says(77, "mikä on olka")
        async with asyncio.timeout(20):
            while not telegram.to(77):
                await asyncio.sleep(0.01)
        assert await program.kill(signal.SIGTERM) == 0
    assert "OLKA" in telegram.to(77)[0].text
    commands = [params for method, params in telegram.calls if method == "setMyCommands"]
    assert [params.get("language_code") for params in commands] == [None, "sv", "en"]
    log = (tmp_path / "program.log").read_text(encoding="utf-8")
    assert "ready after" in log
    assert "olka" not in log.casefold()
