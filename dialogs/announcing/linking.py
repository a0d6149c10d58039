"""Links that subscribe, for posters and pages, each with its QR picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.announcing.subscribing import listed
from dialogs.commands import SUBSCRIBE
from dialogs.effects import Effect, Outcome
from dialogs.mind import Mind
from dialogs.model import Choice, File, Part, Reply, Say, State

if TYPE_CHECKING:
    from dialogs import rooms


@dataclass(frozen=True)
class MakeLink(Effect):
    """Make a link with this payload, and its QR picture."""

    payload: str


@dataclass(frozen=True)
class LinkMade(Outcome):
    """The link."""

    link: str
    picture: File


def _topics(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    choices = tuple(Choice(name, f"link:{key}") for key, name in (*listed(mind, state, "topics"), *listed(mind, state, "networks")))
    return Reply(state, (Say.of(mind.phrase("link-topic", state.locale), choices),), topic="announcing")


def _places(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """The place of the link; with one chosen the link itself."""
    topic, _slash, place = value.partition("/")
    if topic not in mind.knowledge.subscriptions or (place and place != "all" and place not in mind.knowledge.places):
        raise KeyError(value)
    if place:
        return Reply(state, (), effect=MakeLink(f"{SUBSCRIBE}{topic}{'' if place == 'all' else f'_{place}'}"))
    every = Choice(mind.phrase("link-every-place", state.locale), f"link:{topic}/all")
    choices = tuple(Choice(name, f"link:{topic}/{key}") for key, name in listed(mind, state, "places"))
    return Reply(state, (Say.of(mind.phrase("link-place", state.locale), (every, *choices)),), topic="announcing")


def _made(mind: Mind, state: State, made: LinkMade, _: dt.datetime) -> Reply:
    parts = (Part("text", mind.phrase("link-made", state.locale)), Part("text", made.link))
    return Reply(
        state, (Say(parts, (Choice(mind.phrase("announce-menu-button", state.locale), "broadcasts:"),), file=made.picture),), topic="announcing"
    )


KINDS: dict[str, rooms.Kind] = {"links": _topics, "link": _places}
OUTCOMES: dict[type[Outcome], rooms.Told] = {LinkMade: _made}
