"""One person's talk with the core in one process: what the terminal and `ask` share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dialogs.conversation import refused, respond
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from knowledge.calendar import FINLAND
from knowledge.text import normalise

Clock = Callable[[], dt.datetime]


def finnish_now() -> dt.datetime:
    """The time in Finland."""
    return dt.datetime.now(FINLAND)


class UnknownPlaceError(Exception):
    """No municipality or region of that name."""


class Session:
    """Keeps the state between turns."""

    def __init__(self, mind: Mind, state: State | None = None, clock: Clock = finnish_now) -> None:
        self._mind = mind
        self._clock = clock
        self.state = state or State()

    def say(self, text: str) -> Reply:
        """What the bot answers to `text`."""
        reply = respond(self.state, Turn(text=text), self._clock(), self._mind)
        if reply.effect:  # one person at a terminal: there is nothing that an effect could change
            reply = refused(self.state, "here", self._clock(), self._mind)
        self.state = reply.state
        return reply


def place_key(mind: Mind, name: str) -> str:
    """The key of the place called `name` in any form. Raises UnknownPlaceError."""
    if normalise(name) in mind.knowledge.places:
        return normalise(name)
    found = mind.understanding.places.find(name.title())
    if not found:
        raise UnknownPlaceError(f"no municipality or region is called {name!r}")
    return found[0].key
