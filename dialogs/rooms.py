"""What the parts of the bot that people can enter have in common: their buttons, their forms, and how outcomes are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from dialogs import choosing, evenings, hosting, privacy
from dialogs.effects import Done, Effect, Outcome
from dialogs.mind import Mind
from dialogs.model import Open, Reply, Say, State

Kind = Callable[[Mind, State, str, dt.datetime], Reply]
"""What a choice does, given what its data says behind the colon."""
Confirmed = Callable[[Mind, State, Open, dt.datetime], Reply]
"""What a dialogue leads to once it is confirmed; the state has it closed."""
Told = Callable[[Mind, State, Any, dt.datetime], Reply]
"""How an outcome is told."""
LookUp = Callable[[str], Effect]
"""What is to be looked up when a text was typed; its outcome is told by guiding.suggest."""


def way_on(mind: Mind, state: State) -> Say:
    """The five areas, to go on from anywhere."""
    return Say((), choosing.areas(mind, state.locale))


def _done(mind: Mind, state: State, done: Done, _: dt.datetime) -> Reply:
    return Reply(state, (Say.of(mind.phrase(done.phrase, state.locale, selko=state.selko), choosing.areas(mind, state.locale)),), topic="done")


KINDS: dict[str, Kind] = {**evenings.KINDS, **hosting.KINDS, **privacy.KINDS}
"""By the beginning of a choice's data."""
CONFIRMED: dict[str, Confirmed] = {**evenings.CONFIRMED, **hosting.CONFIRMED, **privacy.CONFIRMED}
"""By the name of the form."""
SUGGESTED: dict[tuple[str, str], LookUp] = {**evenings.SUGGESTED}
"""By form and slot: texts that are looked up when they were typed, since something known may have been meant."""
OUTCOMES: dict[type[Outcome], Told] = {Done: _done, **evenings.OUTCOMES, **hosting.OUTCOMES, **privacy.OUTCOMES}
"""By the kind of outcome."""
