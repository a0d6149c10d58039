"""What a person typed → the value of a slot, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.mind import Mind
from dialogs.model import State, Value
from knowledge.forms import Slot
from knowledge.text import normalise


@dataclass(frozen=True)
class Unfit:
    """It cannot be used."""

    phrase: str
    """The sentence that says what to do, by its name in knowledge/data/phrases/."""
    filled: Mapping[str, str] = field(default_factory=dict)
    """What its {names} stand for."""


def parse(mind: Mind, slot: Slot, text: str, state: State, now: dt.datetime) -> Value | Unfit:
    """The value of `slot` in `text`."""
    raise NotImplementedError(normalise(text))
