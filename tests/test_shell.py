"""Parts of the shell on their own: budget, lanes, messages, database, lead, settings, setting up."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies
from hypothesis import settings as tuned
from pydantic import SecretStr
from telegram import Bot, User

from bot import health, onboarding
from bot.budget import BURST, GROUP, Budget, Rates, Window
from bot.db import migrate as migrations
from bot.db.leading import Lead
from bot.db.models import Moment, Outgoing
from bot.db.session import Database, database_url
from bot.lanes import LONGEST_PAUSE, Lanes
from bot.messages import LONGEST, messages, rows, units
from bot.settings import Settings, WrongSettingError, add_to_env_file, read_settings
from bot.updates import ChatByChat
from dialogs.model import Choice, Part, Reply, Say, State
from tests.fakes import TOKEN, FakeTelegram, buttons, plain


def row(number: int, chat: int, priority: int = 0) -> Outgoing:
    return Outgoing(id=number, chat_id=chat, priority=priority, message="{}")


def drained(lanes: Lanes, now: float) -> list[int]:
    """Ids of what may go now, each arriving at once."""
    found = []
    while (ready := lanes.next(now)[0]) is not None:
        found.append(ready.id)
        lanes.done(ready.chat_id, now)
    return found


@given(strategies.lists(strategies.floats(0, 0.2), max_size=60))
@tuned(derandomize=True)
def test_no_window_is_ever_overfull(pauses: list[float]) -> None:
    window, now, times = Window(5, 1.0), 0.0, []
    for pause in pauses:
        now = max(now + pause, window.free_at(now + pause))
        window.spend(now)
        times.append(now)
    assert all(later - earlier > 1.0 for earlier, later in zip(times, times[5:], strict=False))


def test_a_chat_gets_a_burst_and_then_one_a_second_a_group_twenty_a_minute() -> None:
    budget = Budget(Rates())
    for chat, most in ((1, BURST), (-1, BURST)):
        now = sent = 0
        while budget.free_at(chat, now) <= now:
            budget.spend(chat, now)
            sent += 1
        assert sent == most
    arrivals, now = [], 100.0
    while now < 159:
        now = budget.free_at(-5, now)
        budget.spend(-5, now)
        arrivals.append(now)
    assert sum(at < 160 for at in arrivals) <= GROUP[0]
    budget.forget(10_000.0)
    assert not budget._chats


def test_replies_go_first_and_a_chat_keeps_its_order() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    for one in (row(1, 10, 5), row(2, 20, 5), row(3, 10), row(4, 30), row(5, 10)):
        lanes.add(one)
    assert len(lanes) == 5
    assert drained(lanes, 0.0) == [3, 4, 5, 1, 2]
    assert lanes.next(0.0) == (None, None)


def test_a_failed_message_waits_longer_each_time_and_holds_up_only_its_chat() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    lanes.add(row(1, 10))
    lanes.add(row(2, 20))
    now = 0.0
    for pause in (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, LONGEST_PAUSE, LONGEST_PAUSE):
        failing = lanes.next(now)[0]
        assert failing is not None
        assert failing.id == 1
        lanes.again(failing, now)
        assert drained(lanes, now) == ([2] if now == 0.0 else [])
        assert lanes.next(now) == (None, now + pause)
        now += pause


def test_429_stops_everything_but_in_a_group_only_the_group() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    lanes.add(row(1, -10))
    first = lanes.next(0.0)[0]
    assert first is not None
    lanes.pause(first, 30.0)
    lanes.add(row(2, 20))
    second = lanes.next(0.0)[0]
    assert second is not None
    assert second.id == 2
    lanes.pause(second, 3.0)
    assert lanes.next(0.0) == (None, 3.0)
    assert drained(lanes, 3.0) == [2]
    assert drained(lanes, 30.0) == [1]


ANY_TEXT = strategies.text(min_size=1, max_size=9_000).filter(str.strip)


@given(strategies.lists(strategies.tuples(strategies.sampled_from(["newer", "text", "note", "source"]), ANY_TEXT), min_size=1, max_size=4))
@tuned(derandomize=True, deadline=None, max_examples=60)
def test_telegram_takes_every_message_and_nothing_is_cut_off(parts: list[tuple[str, str]]) -> None:
    say = Say(tuple(Part(kind, text) for kind, text in parts), (Choice("Hakuaika", "answer:x/when"),))  # type: ignore[arg-type]
    made = messages(Reply(State(), (say,)))
    texts = [plain(message.html) for message in made]
    assert all(units(text) <= LONGEST for text in texts)
    squeezed = "".join("".join(texts).split())
    assert "".join("".join(text for _, text in parts).split()) in squeezed + squeezed
    assert [bool(message.buttons) for message in made] == [False] * (len(made) - 1) + [True]


def test_buttons_stand_side_by_side_where_they_fit() -> None:
    short, middle, long = ("Loppi", "Hakuaika 2027", "Sairaaloiden esittelytilat")
    assert [len(line) for line in rows([Choice(short, "a:b")] * 11)] == [3, 3, 3, 2]
    assert [len(line) for line in rows([Choice(middle, "a:b")] * 3)] == [2, 1]
    assert [len(line) for line in rows([Choice(long, "a:b")] * 2)] == [1, 1]
    with pytest.raises(Exception, match="DATA"):
        buttons('{"inline_keyboard": [[{"text": "x", "callback_data": "' + "ä" * 33 + '"}]]}')


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
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await first.give_up()
    await asyncio.wait_for(waiting, 10)
    assert "waiting to take over" in caplog.text
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


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TELEGRAM_TOKEN", "nonsense", "BotFather"),
        ("TELEGRAM_API", "api.telegram.org", "pattern"),
        ("DATABASE_URL", "mysql://x/y", "postgresql://"),
        ("DATABASE_URL", "nonsense", "sqlite:///"),
        ("ADMINS", "1,x", "integer"),
        ("MESSAGES_PER_SECOND", "0", "greater"),
    ],
)
def test_a_wrong_setting_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, says: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"SILTA_{name}", value)
    with pytest.raises(WrongSettingError, match=says) as wrong:
        read_settings()
    assert f"SILTA_{name}: " in str(wrong.value)
    if name == "TELEGRAM_TOKEN":
        assert value not in str(wrong.value)


def test_settings_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SILTA_ADMINS", "12, 34")
    monkeypatch.setenv("SILTA_DATABASE_URL", "postgres://u:p@db/silta")
    given = read_settings()
    assert given.admins == {12, 34}
    assert given.database.drivername == "postgresql+asyncpg"
    assert Settings(var=tmp_path, database_url=None).database.database == str(tmp_path / "siltabotti.db")


def test_env_file_keeps_other_lines_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# ours\nSILTA_OPERATOR=x\nOTHER=1\n", encoding="utf-8")
    add_to_env_file({"operator": "Yhdistys ry", "telegram_token": "1:a"}, path)
    assert path.read_text(encoding="utf-8") == '# ours\nOTHER=1\nSILTA_OPERATOR="Yhdistys ry"\nSILTA_TELEGRAM_TOKEN="1:a"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_sign_of_life_grows_old(tmp_path: Path) -> None:
    async def live() -> None:
        task = asyncio.create_task(health.show(tmp_path))
        await asyncio.sleep(0.05)
        task.cancel()

    assert not health.is_alive(tmp_path)
    asyncio.run(live())
    assert health.is_alive(tmp_path)
    os.utime(health.sign(tmp_path), (1, 1))
    assert not health.is_alive(tmp_path)


async def me(self: Bot) -> User:
    if self.token != TOKEN:
        from telegram.error import InvalidToken

        raise InvalidToken
    return User(1, "Siltabotti", True, username="silta_bot")


def test_init_asks_checks_and_gives_a_link(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Bot, "get_me", me)
    answers = iter(["1:wrong", TOKEN, "Hämeen Esimerkki ry"])
    assert onboarding.init(read_settings(), lambda _: next(answers)) == 0
    out = capsys.readouterr().out
    assert "does not know that token" in out
    assert "https://t.me/silta_bot?start=admin-" in out
    made = read_settings()
    assert made.telegram_token == SecretStr(TOKEN)
    assert made.operator == "Hämeen Esimerkki ry"
    assert onboarding.init(made, lambda _: pytest.fail("everything is known")) == 0


def test_init_gives_up_after_three_wrong_tokens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Bot, "get_me", me)
    with pytest.raises(WrongSettingError, match="TOKEN"):
        onboarding.init(read_settings(), lambda _: "1:wrong")


def test_run_without_a_token_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "run"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1])}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == "siltabotti: wrong setting SILTA_TELEGRAM_TOKEN: a token is needed to run on Telegram; siltabotti init asks for one\n"


def test_the_fake_keeps_an_update_until_it_is_confirmed() -> None:
    telegram = FakeTelegram()
    number = telegram.says(5, "hei")
    assert len(telegram.call("getUpdates", {})[1]["result"]) == 1
    assert len(telegram.call("getUpdates", {})[1]["result"]) == 1
    assert telegram.call("getUpdates", {"offset": number + 1})[1]["result"] == []
