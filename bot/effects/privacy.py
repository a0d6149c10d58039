"""What is stored about a person: shown, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dialogs.effects import Effect

EFFECTS: dict[type[Effect], Any] = {}
