"""The door: who comes says a code or a name, and is noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rapidfuzz import fuzz

from dialogs import guiding
from dialogs.hosting import people
from dialogs.hosting.guests import Added, AtDoor, CheckIn
from dialogs.hosting.model import Board, Guest
from dialogs.hosting.model import people as heads
from dialogs.hosting.showing import back, called, noted, step
from dialogs.mind import Mind
from dialogs.model import Choice, Open, Part, Reply, State, Value
from knowledge.text import fold, normalise

NEAR = 75.0
"""How like a name what was typed must be to be offered, of 100."""
FEW = 5
"""Names that are offered at the most."""


def found(guests: tuple[Guest, ...], said: str) -> tuple[Guest | None, tuple[Guest, ...]]:
    """Whose code or name `said` is; where that is not certain, who it may be, the likeliest first."""
    code = "".join(c for c in said.casefold() if c.isalnum())
    if (coded := next((guest for guest in guests if guest.code.casefold() == code), None)) is not None:
        return coded, ()
    name = _plain(said)
    same = [guest for guest in guests if name and _plain(guest.name) == name]
    if len(same) == 1:
        return same[0], ()
    scored = sorted(((_likeness(guest, name), -guest.id, guest) for guest in guests if guest.name), reverse=True)
    return None, tuple(guest for score, _, guest in scored if score >= NEAR)[:FEW]


def _plain(name: str) -> str:
    return fold(normalise(name))


def _likeness(guest: Guest, name: str) -> float:
    """By the whole name, by a part of it ("virtanen"), or by the association."""
    parts = [_plain(guest.name), *_plain(guest.name).split(), _plain(guest.association)]
    return max(fuzz.ratio(part, name) for part in parts)


def door(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """Ask who comes."""
    title, arrived = called(mind, board.evening, state.locale), heads(board.arrived)
    about: dict[str, Value] = {"id": board.evening.id, "title": title, "arrived": arrived, "seated": board.evening.seated}
    reply = guiding.begin(mind, state, "door", about)
    return replace(reply, says=(replace(reply.says[0], choices=(back(mind, state, board.evening.id),)),))


def said(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    """A code or a name."""
    return Reply(state, (), topic="hosting", effect=CheckIn(int(opened.about["id"] or 0), str(opened.filled["who"])))


def at_door(mind: Mind, state: State, outcome: AtDoor, now: dt.datetime) -> Reply:
    """Who it was; then the next one is asked for."""
    guest, locale = outcome.guest, state.locale
    if guest is None:
        return _which(mind, state, outcome, now)
    key = "again" if outcome.again else "waits" if guest.status == "waiting" else "came"
    at = f"{guest.arrived:%H.%M}" if guest.arrived else ""
    told = mind.phrase(f"door-{key}", locale, name=guest.name, association=guest.association, people=str(guest.people), at=at)
    return noted(told, door(mind, state, outcome.board, now))


def _which(mind: Mind, state: State, outcome: AtDoor, now: dt.datetime) -> Reply:
    """Names to choose from; or somebody who has not registered. Another name can be typed at once."""
    number, locale = outcome.board.evening.id, state.locale
    near = tuple(Choice(f"{guest.name}, {guest.association}"[:60], f"hosting:arrive/{number}={guest.id}") for guest in outcome.near)
    text = mind.phrase("door-which" if near else "door-nobody", locale, said=outcome.said[:60])
    others = (step(mind, state, "walk-in", f"walk-in/{number}"), back(mind, state, number))
    asked = door(mind, state, outcome.board, now)
    return replace(asked, says=(replace(asked.says[0], parts=(Part("text", text),), choices=(*near, *others)),))


def _walk_in(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """Begin to note people who come without having registered."""
    return guiding.begin(mind, state, "walk-in", {"id": board.evening.id, "title": called(mind, board.evening, state.locale)})


def walked_in(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    """Who, from where, how many."""
    return Reply(state, (), topic="hosting", effect=people.adding(opened, here=True))


def added(mind: Mind, state: State, outcome: Added, now: dt.datetime) -> Reply:
    """A guest at the door, and the next one; or one entered beforehand."""
    if not outcome.here:
        return people.added(mind, state, outcome, now)
    return noted(people.seat_told(mind, outcome, state.locale), door(mind, state, outcome.board, now))


SCREENS = {"door": door, "walk-in": _walk_in}
"""What is shown of one evening."""
