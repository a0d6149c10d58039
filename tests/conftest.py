"""What the tests share: the real content, fitted once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dialogs.mind import Mind
from knowledge.calendar import FINLAND
from knowledge.loader import Knowledge, load

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=FINLAND)
CACHE = Path(__file__).parents[1] / "var"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def mind(knowledge: Knowledge) -> Mind:
    return Mind.of(knowledge, "Hämeen Esimerkki ry", CACHE)
