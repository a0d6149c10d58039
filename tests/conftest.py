"""What the tests share: the real content, fitted once."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import cli
from dialogs.mind import Mind
from knowledge.calendar import FINLAND
from knowledge.loader import Knowledge, load
from tests.databases import ENGINES, new_database, postgresql
from tests.trying import with_forms

if TYPE_CHECKING:
    from tests.whole import Whole

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=FINLAND)
Run = Callable[..., tuple[int, str, str]]
CACHE = Path(__file__).parents[1] / "var"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def mind(knowledge: Knowledge) -> Mind:
    return Mind.of(with_forms(knowledge), "Hämeen Esimerkki ry", CACHE, "esimerkki@example.org")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server of our own."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def databases(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The URL of a database with all tables on each engine; shared by all tests."""
    return {engine: new_database(engine, server, tmp_path_factory.mktemp("db")) for engine in ENGINES}


@pytest.fixture(params=ENGINES)
def database_at(request: pytest.FixtureRequest, databases: dict[str, str]) -> str:
    """The URL of a database, on each engine."""
    return databases[request.param]


@pytest.fixture
async def one(mind: Mind, database_at: str) -> AsyncIterator[Whole]:
    """The whole application on a fake Telegram, on each engine."""
    from tests.whole import whole  # needs this file itself

    async with whole(mind, database_at) as running:
        yield running


@pytest.fixture
def run(mind: Mind, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the console script in an empty folder; (exit status, output, errors)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "load", lambda: knowledge)
    monkeypatch.setattr(Mind, "of", classmethod(lambda *_: mind))

    def call(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            status = cli.main(list(arguments))
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return call
