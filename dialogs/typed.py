"""What was typed for a slot, and the words for what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.dates import example
from dialogs.mind import Mind
from dialogs.model import Open, State, Value
from knowledge.calendar import local
from knowledge.forms import Slot
from knowledge.parts import LOCALES
from knowledge.text import normalise


@dataclass(frozen=True)
class Unfit:
    """It cannot be used."""

    phrase: str
    """The sentence that says what to do, by its name in knowledge/data/phrases/."""
    filled: Mapping[str, str] = field(default_factory=dict)
    """What its {names} stand for."""


Values = dict[str, Value]
"""Slots with their values: mostly the one that was asked, sometimes its end too."""


@dataclass(frozen=True)
class Asked:
    """What was typed, and for which slot."""

    mind: Mind
    state: State
    name: str
    slot: Slot
    text: str
    now: dt.datetime

    @property
    def opened(self) -> Open:
        """The dialogue."""
        assert self.state.open is not None
        return self.state.open

    def known(self, name: str | None) -> dt.datetime | None:
        """The time called `name`: answered, or what the dialogue is about; None when there is none."""
        value = self.opened.filled.get(name or "") or self.opened.about.get(name or "")
        try:
            return local(dt.datetime.fromisoformat(str(value)))
        except ValueError:  # left out, or one of its options
            return None

    def unfit(self, reason: str, **filled: str) -> Unfit:
        """Why a time does not do, with an example of one."""
        return Unfit(f"unfit-{reason}", {"example": example(self.now, self.state.locale), **filled})


def cleaned(text: str) -> str:
    """`text` as it was typed, without what nobody sees; line breaks stay."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c.isprintable() or c == "\n")
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()


def labelled(slot: Slot, text: str) -> str | None:
    """The option whose label, in any language, is `text`."""
    said = normalise(text)
    return next((option.value for option in slot.options if said in {normalise(getattr(option.label, locale)) for locale in LOCALES}), None)
