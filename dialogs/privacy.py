"""Personal data: what is kept, for how long, and how one sees and erases it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from babel.units import format_unit

from dialogs import choosing, keeping
from dialogs.effects import Effect, Outcome
from dialogs.model import Choice, File, Part, Reply, Say, State

if TYPE_CHECKING:
    from dialogs.mind import Mind
    from dialogs.rooms import Confirmed, Kind, Told
    from knowledge.parts import Locale

FILE = "omat-tiedot.json"
"""What the file with everything about a person is called."""
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class SeeStored(Effect):
    """Show everything that is stored about whoever asks."""


@dataclass(frozen=True)
class EraseStored(Effect):
    """Erase it."""


@dataclass(frozen=True)
class Stored(Outcome):
    """Everything that is stored."""

    tables: Mapping[str, Rows]
    """Rows by the name of their table, fields by theirs; what is empty is left out."""
    group: bool
    """Whether it is a group's, and so nothing of one person's."""
    coordinator: bool
    """Whether the person has a role, which is not erased with the rest."""


@dataclass(frozen=True)
class Erased(Outcome):
    """It is gone."""

    cancelled: int
    """Registrations that were cancelled with it."""
    group: bool
    """Whether it was a group's."""
    coordinator: bool
    """Whether the person still has a role."""


def lasting(span: dt.timedelta, locale: Locale) -> str:
    """How long something is kept: "48 tuntia", "90 päivää"."""
    hours = span // dt.timedelta(hours=1)
    number, unit = (hours, "duration-hour") if hours % 24 or (hours <= 48 and hours != 24) else (hours // 24, "duration-day")
    return format_unit(number, unit, length="long", locale=locale)


def _privacy(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    """Who runs it, what is kept and for how long, and what one may ask for."""
    spans = {name: lasting(getattr(keeping, name.upper()), state.locale) for name in ("records", "needs", "names", "interests", "deliveries")}
    people = {"operator": mind.operator or mind.phrase("operator-unknown", state.locale), "contact": mind.contact or ""}

    def part(name: str) -> Part:
        return Part("text", mind.phrase(f"privacy-{name}", state.locale, selko=state.selko, **spans, **people))

    first = Say(tuple(part(name) for name in ("operator" if mind.accountable else "nobody", "talk", "shared")))
    second = Say((part("evenings"), part("rights")), (_choice(mind, state, "mydata-see", "mydata:"),))
    return Reply(state, (first, second), topic="privacy")


def _mydata(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """See what is stored; erase it, after having been told what that means."""
    return _WAYS[value](_, state)


def _see(_: Mind, state: State) -> Reply:
    return Reply(state, (), topic="mydata", effect=SeeStored())


def _ask(mind: Mind, state: State) -> Reply:
    text = mind.phrase("mydata-erase-ask", state.locale, selko=state.selko)
    choices = (_choice(mind, state, "mydata-erase-all", "mydata:erase-all"), _choice(mind, state, "mydata-keep", "mydata:keep"))
    return Reply(state, (Say.of(text, choices),), topic="mydata")


def _erase(_: Mind, state: State) -> Reply:
    return Reply(state, (), topic="mydata", effect=EraseStored())


def _keep(mind: Mind, state: State) -> Reply:
    text = mind.phrase("mydata-kept", state.locale, selko=state.selko)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), topic="mydata")


_WAYS = {"": _see, "erase": _ask, "erase-all": _erase, "keep": _keep}


def _shown(mind: Mind, state: State, stored: Stored, _: dt.datetime) -> Reply:
    """A file with everything, and in words how much it is."""
    counts = {name: str(len(stored.tables.get(name, ()))) for name in ("registrations", "interests", "deliveries")}
    key = "mydata-group" if stored.group else "mydata-summary"
    parts = (Part("text", mind.phrase(key, state.locale, selko=state.selko, **counts)), *_role(mind, state, stored.coordinator))
    say = Say(parts, (_choice(mind, state, "mydata-erase", "mydata:erase"), _choice(mind, state, "mydata-privacy", "privacy:")))
    return Reply(state, (replace(say, file=File(FILE, _readable(mind, state.locale, stored.tables))),), topic="mydata")


def _erased(mind: Mind, state: State, erased: Erased, _: dt.datetime) -> Reply:
    """Said by a bot that knows the language, and nothing else any more."""
    state = State(locale=state.locale, locale_chosen=state.locale_chosen, selko=state.selko, greeted=True)
    key = "mydata-erased-group" if erased.group else "mydata-erased"
    parts = [Part("text", mind.phrase(key, state.locale, selko=state.selko))]
    if erased.cancelled:
        parts.append(Part("text", mind.phrase("mydata-cancelled", state.locale, count=str(erased.cancelled))))
    return Reply(state, (Say((*parts, *_role(mind, state, erased.coordinator)), choosing.areas(mind, state.locale)),), topic="mydata")


def _role(mind: Mind, state: State, coordinator: bool) -> tuple[Part, ...]:
    return (Part("note", mind.phrase("mydata-role", state.locale)),) if coordinator else ()


def _choice(mind: Mind, state: State, label: str, data: str) -> Choice:
    return Choice(mind.phrase(label, state.locale, selko=state.selko), data)


def _readable(mind: Mind, locale: Locale, tables: Mapping[str, Rows]) -> bytes:
    """JSON with names that people can read, where there are such names."""

    def named(value: object) -> object:
        if isinstance(value, Mapping):
            return {_name(mind, locale, str(key)): named(one) for key, one in value.items()}
        return [named(one) for one in value] if isinstance(value, list | tuple) else value

    return json.dumps(named(tables), ensure_ascii=False, indent=2).encode()


def _name(mind: Mind, locale: Locale, key: str) -> str:
    name = f"stored-{key.replace('_', '-')}"
    return mind.phrase(name, locale) if name in mind.knowledge.phrases else key


KINDS: dict[str, Kind] = {"privacy": _privacy, "mydata": _mydata}
CONFIRMED: dict[str, Confirmed] = {}
OUTCOMES: dict[type[Outcome], Told] = {Stored: _shown, Erased: _erased}
