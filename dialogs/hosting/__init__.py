"""Association evenings as those who hold them meet them: planning, publishing, people, the door, and afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from dialogs import guiding
from dialogs.choosing import identity
from dialogs.hosting import afterwards, checklist, door, effects, guests, menu, people, planning, publishing
from dialogs.hosting.showing import Screen, noted
from dialogs.mind import Mind
from dialogs.model import Reply, State

if TYPE_CHECKING:
    from dialogs.effects import Effect, Outcome
    from dialogs.rooms import Confirmed, Kind, Told

SCREENS: dict[str, Screen] = {
    "evening": menu.card,
    "tasks": checklist.shown,
    **planning.SCREENS,
    **publishing.SCREENS,
    **people.SCREENS,
    **door.SCREENS,
    **afterwards.SCREENS,
}
"""What can be shown of one evening: "hosting:<screen>/<evening>"."""
DEEDS: dict[str, Callable[[int, str], Effect]] = {
    "publish": lambda evening, _: effects.Publish(evening),
    "cancel-now": lambda evening, _: effects.CallOff(evening),
    "theme": lambda evening, key: effects.Change(evening, {"theme": key}),
    "tick": lambda evening, task: effects.Tick(evening, identity(task)),
    "poster": lambda evening, _: effects.Make(evening, "poster"),
    "csv": lambda evening, _: effects.Make(evening, "csv"),
    "xlsx": lambda evening, _: effects.Make(evening, "xlsx"),
    "arrive": lambda evening, guest: guests.CheckIn(evening, guest=identity(guest)),
    "send-now": lambda evening, _: guests.SendSummary(evening),
}
"""What can be done with one evening: "hosting:<deed>/<evening>=<more>"."""
KEPT = "plan"
"""A dialogue that stays open while one looks around: many answers hang on it."""


def _chosen(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """A choice of the coordinator's menus. Who it is that taps is for the effect to see."""
    effect = _effect(value)
    if state.open is not None and state.open.form in CONFIRMED and state.open.form != KEPT:
        state = guiding.closed(state)
    return Reply(state, (), topic="hosting", effect=effect)


def _effect(value: str) -> Effect:
    """What the data of a choice asks for. Raises KeyError or ValueError for what was never offered."""
    name, _, rest = value.partition("/")
    number, _, more = rest.partition("=")
    if name in menu.VIEWS:
        return effects.LookAround(name)
    if name in SCREENS:
        return effects.See(name, identity(number))
    return DEEDS[name](identity(number), more)


def _seen(mind: Mind, state: State, seen: effects.Seen, now: dt.datetime) -> Reply:
    reply = SCREENS[seen.screen](mind, state, seen.board, now)
    return noted(mind.phrase(seen.note, state.locale), reply) if seen.note else reply


KINDS: dict[str, Kind] = {"hosting": _chosen, "rate": afterwards.rate}
CONFIRMED: dict[str, Confirmed] = {
    "plan": planning.planned,
    **dict.fromkeys(("edit-line", "edit-text", "edit-note", "edit-count", "edit-place", "edit-closes"), planning.edited),
    "postpone": planning.postponed,
    "write": people.written,
    "guest": people.guest_given,
    "door": door.said,
    "walk-in": door.walked_in,
    "summary": afterwards.summarised,
    "rate-word": afterwards.worded,
}
OUTCOMES: dict[type[Outcome], Told] = {
    effects.Around: menu.around,
    effects.Seen: _seen,
    effects.Published: publishing.published,
    effects.Changed: planning.changed,
    effects.Unchanged: planning.unchanged,
    effects.CalledOff: planning.called_off,
    effects.Made: publishing.made,
    guests.Written: people.sent,
    guests.Added: door.added,
    guests.TooMany: people.too_many,
    guests.AtDoor: door.at_door,
    guests.Rated: afterwards.rated,
}
