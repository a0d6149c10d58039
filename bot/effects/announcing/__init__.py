"""Announcements: subscriptions, writing, sending."""

from __future__ import annotations

from typing import Any

from bot.effects.announcing import linking, subscribing, writing

EFFECTS: dict[Any, Any] = {**linking.EFFECTS, **subscribing.EFFECTS, **writing.EFFECTS}
