"""Being told when an evening is published: for a place, about a theme, or both."""

from __future__ import annotations

import datetime as dt

from dialogs import guiding
from dialogs.choosing import identity
from dialogs.evenings import lines
from dialogs.evenings.lines import choice
from dialogs.evenings.model import Interest
from dialogs.evenings.own import Follow, Followed, Unfollow
from dialogs.mind import Mind
from dialogs.model import Choice, Open, Reply, Say, State

FORM = "interest"


def ways(mind: Mind, state: State, place: str | None) -> tuple[Choice, ...]:
    """What one can be told of, seen from a place."""
    locale = state.locale
    theme = (choice(mind, locale, "interest-theme", "wished:"),)
    if place is None:
        return (choice(mind, locale, "interest-any", "follow:"), *theme)
    named = lines.place(mind, place, locale)
    both = choice(mind, locale, "interest-both", f"wished:{place}", place=named)
    return (choice(mind, locale, "interest-place", f"follow:{place}", place=named), *theme, both)


def offered(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """Told of what?"""
    text = mind.phrase("interest-what", state.locale, selko=state.selko)
    return Reply(state, (Say.of(text, ways(mind, state, value or state.place)),), topic="interest")


def follow(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """All evenings of a place ("" for anywhere)."""
    if value:
        mind.knowledge.places[value]
    return Reply(state, (), topic="interest", effect=Follow(value, ""))


def wished(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """A theme, in one place or ("") wherever the person says."""
    if value:
        mind.knowledge.places[value]
    return guiding.begin(mind, state, FORM, {}, {"place": value} if value else {})


def confirmed(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    """Place and theme are said."""
    place, theme = (str(opened.filled.get(name) or "") for name in ("place", "theme"))
    return Reply(state, (), topic="interest", effect=Follow(place, theme))


def followed(mind: Mind, state: State, outcome: Followed, _: dt.datetime) -> Reply:
    """They will be told."""
    what = described(mind, Interest(0, outcome.place, outcome.theme), state)
    offers = (choice(mind, state.locale, "choice-mine", "mine:"), choice(mind, state.locale, "choice-evenings", "evenings:"))
    return Reply(state, (lines.say(mind, state, "interest-kept", offers, what=what),), topic="interest")


def unfollow(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """No more of it."""
    return Reply(state, (), topic="interest", effect=Unfollow(identity(value)))


def described(mind: Mind, interest: Interest, state: State) -> str:
    """What somebody wants to be told of, in a few words: "Hattula, Tilat"."""
    named = [lines.place(mind, interest.place, state.locale)] if interest.place else []
    named += [lines.theme(mind, interest.theme, state.locale)] if interest.theme else []
    return ", ".join(named) or mind.phrase("interest-everything", state.locale)
