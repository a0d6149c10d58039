"""The database and who may use it: migrations, the lead, one chat at a time."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from bot.db import migrate as migrations
from bot.db.leading import Lead
from bot.db.models import Moment
from bot.db.session import Database, database_url
from bot.updates import ChatByChat


async def test_updates_of_one_chat_never_overlap_and_locks_are_forgotten() -> None:
    order: list[int] = []
    processor = ChatByChat()

    async def work(number: int) -> None:
        order.append(number)
        await asyncio.sleep(0.001)
        order.append(number)

    await asyncio.gather(*(processor.process_update(None, work(number)) for number in range(20)))
    assert order == [number for number in range(20) for _ in range(2)]
    assert not processor._locks


async def test_the_tables_are_those_of_the_models(database_at: str) -> None:
    database = Database(database_url(database_at))
    await migrations.migrate(database)
    await migrations.check(database)
    await database.close()


async def test_migrations_go_back_and_forth(tmp_path: Path) -> None:
    from alembic import command

    database = Database(database_url(f"sqlite:///{tmp_path / 'new' / 'x.db'}"))
    await migrations.migrate(database)
    await migrations._run(database, lambda config: command.downgrade(config, "base"))
    await migrations.migrate(database)
    await migrations.check(database)
    await database.close()


async def test_one_process_leads_and_another_takes_over(database_at: str, caplog: pytest.LogCaptureFixture) -> None:
    databases = [Database(database_url(database_at)) for _ in range(2)]
    first, second = (Lead(database) for database in databases)
    await first.take()
    waiting = asyncio.create_task(second.take())
    async with asyncio.timeout(10):
        while "waiting to take over" not in caplog.text:
            await asyncio.sleep(0.02)
    assert not waiting.done()
    await first.give_up()
    await asyncio.wait_for(waiting, 10)
    await second.give_up()
    for database in databases:
        await database.close()


async def test_a_lost_connection_is_noticed(server: str) -> None:
    from sqlalchemy import text

    database = Database(database_url(server))
    lead = Lead(database)
    await lead.take()
    lost = asyncio.create_task(lead.lost())
    async with database.engine.connect() as other:
        await other.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"))
    await asyncio.wait_for(lost, 10)
    await lead.give_up()
    await database.close()


def test_a_time_without_a_zone_is_refused() -> None:
    from sqlalchemy.dialects import sqlite

    with pytest.raises(ValueError, match="zone"):
        Moment().process_bind_param(dt.datetime(2026, 11, 22), sqlite.dialect())  # noqa: DTZ001
