"""A sign of life that a container or a supervisor can look at."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

EVERY = 10.0
"""Seconds between two signs."""
STALE = 60.0
"""Seconds after which a sign says nothing any more."""


def sign(folder: Path) -> Path:
    """The file that is touched."""
    return folder / "alive"


async def show(folder: Path) -> None:
    """Touch the file as long as the program runs and its event loop turns."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        sign(folder).touch()
        await asyncio.sleep(EVERY)


def is_alive(folder: Path) -> bool:
    """Whether there was a sign of late."""
    try:
        return time.time() - sign(folder).stat().st_mtime < STALE
    except FileNotFoundError:
        return False
