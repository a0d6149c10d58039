"""Association evenings for those who hold them."""

from __future__ import annotations

from typing import Any

from bot.effects.hosting import afterwards, boards, changing, people
from dialogs.effects import Effect

EFFECTS: dict[type[Effect], Any] = {**boards.EFFECTS, **changing.EFFECTS, **people.EFFECTS, **afterwards.EFFECTS}
