"""Settings, read from the environment and `.env`; the only module that reads either."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.budget import Rates
from bot.db.session import database_url

ENV_FILE = Path(".env")
PREFIX = "SILTA_"


class WrongSettingError(Exception):
    """A setting cannot be used; the message is one line that names it."""


class Settings(BaseSettings):
    """What may differ between two installations."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    operator: str | None = Field(default=None, max_length=200)
    """Who runs this bot, as people should read it."""
    operator_contact: str | None = Field(default=None, max_length=200)
    """Where people reach whoever runs it, an e-mail address or a phone number; without both, nobody can register for anything."""
    var: Path = Path("var")
    """Folder for what the program itself makes: fitted matchers, the SQLite database, a sign of life."""
    colour: bool = True
    """Whether the terminal may use colours (it still asks whether there is a terminal)."""
    telegram_token: SecretStr | None = None
    """The bot's token, as @BotFather gives it."""
    telegram_api: str = Field(default="https://api.telegram.org/bot", pattern=r"^https?://\S+/bot$")
    """Base URL of the Bot API; another one for a self-hosted or local server."""
    database_url: str | None = None
    """sqlite:///file or postgresql://user:password@host/name; by default SQLite in `var`."""
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    """Telegram user ids of administrators, separated by commas; those who opened an invitation come on top."""
    messages_per_second: int = Field(default=25, ge=1, le=1_000)
    """How many messages may go out in a second in all; Telegram allows about 30."""
    messages_per_second_to_one: float = Field(default=1.0, gt=0, le=1_000)
    """How many to one chat, after a small burst; Telegram allows about one."""
    resend_unknown: bool = False
    """Whether what was said unasked is sent again when nobody knows whether it arrived; then somebody may get it twice."""

    @field_validator("admins", mode="before")
    @classmethod
    def _numbers(cls, given: object) -> object:
        return given if not isinstance(given, str) else frozenset(part for part in given.replace(",", " ").split())

    @field_validator("telegram_token")
    @classmethod
    def _whole(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and not re.fullmatch(r"\d+:[\w-]+", given.get_secret_value()):
            raise ValueError("copy the whole token from @BotFather: digits, colon, letters")
        return given

    @field_validator("database_url")
    @classmethod
    def _known(cls, given: str | None) -> str | None:
        try:
            return given if given is None or database_url(given) else None
        except ArgumentError:
            raise ValueError("write it like sqlite:///var/siltabotti.db or postgresql://user:password@host/name") from None

    @property
    def database(self) -> URL:
        """Where the database is."""
        return database_url(self.database_url or f"sqlite:///{self.var / 'siltabotti.db'}")

    @property
    def rates(self) -> Rates:
        """How fast messages may go out."""
        return Rates(self.messages_per_second, self.messages_per_second_to_one)


def read_settings() -> Settings:
    """The settings. Raises WrongSettingError with one clear line when one of them is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        given = "" if field in ("telegram_token", "database_url") else f" (given: {str(first.get('input'))[:60]!r})"
        raise WrongSettingError(f"{PREFIX}{field.upper()}: {first['msg']}{given}") from None


def add_to_env_file(values: dict[str, str], path: Path = ENV_FILE) -> None:
    """Write settings (name without prefix → value) into `.env`; other lines stay. Only its owner may read the file."""
    names = {f"{PREFIX}{name.upper()}": value for name, value in values.items()}
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in old if line.partition("=")[0].strip() not in names]
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_text("\n".join([*kept, *(f'{name}="{value}"' for name, value in names.items())]) + "\n", encoding="utf-8")
