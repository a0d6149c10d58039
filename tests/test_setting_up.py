"""Settings, `siltabotti init`, and a sign of life."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram import Bot, User

from bot import health, onboarding
from bot.settings import Settings, WrongSettingError, add_to_env_file, read_settings
from tests.fakes import TOKEN


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
    answers = iter(["1:wrong", TOKEN, "Hämeen Esimerkki ry", "esimerkki@example.org"])
    assert onboarding.init(read_settings(), lambda _: next(answers)) == 0
    out = capsys.readouterr().out
    assert "does not know that token" in out
    assert "https://t.me/silta_bot?start=admin-" in out
    made = read_settings()
    assert made.telegram_token == SecretStr(TOKEN)
    assert (made.operator, made.operator_contact) == ("Hämeen Esimerkki ry", "esimerkki@example.org")
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
