"""Personal data: what is kept, for how long, and how one sees and erases it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogs.effects import Outcome
    from dialogs.rooms import Confirmed, Kind, Told

KINDS: dict[str, Kind] = {}
CONFIRMED: dict[str, Confirmed] = {}
OUTCOMES: dict[type[Outcome], Told] = {}
