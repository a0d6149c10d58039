"""Association evenings as people meet them: what is coming, registering, one's own registrations, being told of the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogs.effects import Outcome
    from dialogs.rooms import Confirmed, Kind, LookUp, Told

KINDS: dict[str, Kind] = {}
CONFIRMED: dict[str, Confirmed] = {}
SUGGESTED: dict[tuple[str, str], LookUp] = {}
OUTCOMES: dict[type[Outcome], Told] = {}
