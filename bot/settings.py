"""Settings, read from the environment and `.env`; the only module that reads either."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class WrongSettingError(Exception):
    """A setting cannot be used; the message is one line that names it."""


class Settings(BaseSettings):
    """What may differ between two installations."""

    model_config = SettingsConfigDict(env_prefix="SILTA_", env_file=".env", env_file_encoding="utf-8", extra="ignore")

    operator: str | None = Field(default=None, max_length=200)
    """Who runs this bot, as people should read it."""
    var: Path = Path("var")
    """Folder for what the program itself makes: fitted matchers, later the database."""
    colour: bool = True
    """Whether the terminal may use colours (it still asks whether there is a terminal)."""


def read_settings() -> Settings:
    """The settings. Raises WrongSettingError with one clear line when one of them is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "SILTA_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongSettingError(f"{name}: {first['msg']} (given: {str(first.get('input'))[:60]!r})") from None
