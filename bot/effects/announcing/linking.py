"""Links that subscribe, and their QR pictures."""

from __future__ import annotations

import io
from typing import Any

import segno

from bot.effects.work import Work
from dialogs.announcing.linking import LinkMade, MakeLink
from dialogs.model import File

DOTS = 12
"""Pixels of one dot of the QR picture: sharp on paper up to about 8 cm."""


async def _make(work: Work, effect: MakeLink) -> LinkMade:
    await work.as_coordinator()
    link, picture = work.house.link(effect.payload), io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=DOTS, border=4)
    return LinkMade(link, File(f"{effect.payload}.png", picture.getvalue()))


EFFECTS: dict[Any, Any] = {MakeLink: _make}
