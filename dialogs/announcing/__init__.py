"""Announcements: who wants them, how they are written, what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.announcing import linking, pages, subscribing, writing

if TYPE_CHECKING:
    from dialogs.effects import Outcome
    from dialogs.rooms import Confirmed, Kind, Told

KINDS: dict[str, Kind] = {**linking.KINDS, **subscribing.KINDS, **writing.KINDS}
CONFIRMED: dict[str, Confirmed] = writing.CONFIRMED
OUTCOMES: dict[type[Outcome], Told] = {**linking.OUTCOMES, **subscribing.OUTCOMES, **pages.OUTCOMES, **writing.OUTCOMES}
