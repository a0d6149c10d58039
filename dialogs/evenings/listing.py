"""What is coming: the list, and the card of one evening."""

from __future__ import annotations

import datetime as dt

from dialogs.choosing import identity
from dialogs.evenings import lines
from dialogs.evenings.effects import Find, Found, Show, Shown, Shut
from dialogs.evenings.interest import ways
from dialogs.evenings.lines import choice
from dialogs.evenings.model import Evening
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Reply, Say, State
from knowledge.places import HOME

EVERYWHERE = "all"
"""Stands in data for the whole home region."""


def listed(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """What is coming for the person's place, or the whole region: "", "<place>", "<place>/<skip>"."""
    named, *skip = value.split("/")
    place = None if named == EVERYWHERE else named or state.place
    if place is not None:
        mind.knowledge.places[place]
    places = (place,) if place else tuple(key for key, known in mind.knowledge.places.items() if known.region == HOME)
    return Reply(state, (), topic="evenings", effect=Find(place, places, identity(skip[0]) if skip else 0))


def found(mind: Mind, state: State, outcome: Found, _: dt.datetime) -> Reply:
    """The list, or that there is none, and how to hear of the next one."""
    locale, place = state.locale, outcome.asked.place
    where = lines.place(mind, place or HOME, locale)
    if not outcome.evenings:
        text = mind.phrase("evenings-none", locale, selko=state.selko, where=where)
        return Reply(state, (Say.of(text, (*ways(mind, state, place), *_elsewhere(mind, state, place))),), topic="evenings")
    parts = [Part("text", mind.phrase("evenings-coming", locale, selko=state.selko, where=where))]
    parts += [Part("text", f"– {lines.short(mind, evening, locale)}") for evening in outcome.evenings]
    shown = tuple(Choice(_label(evening), f"evening:{evening.id}") for evening in outcome.evenings)
    skip = outcome.asked.skip + len(shown)
    more = (choice(mind, locale, "evenings-more", f"evenings:{place or EVERYWHERE}/{skip}"),) if outcome.more else ()
    tell = (choice(mind, locale, "interest-offer", f"interest:{place or ''}"),)
    return Reply(state, (Say(tuple(parts), (*shown, *more, *_elsewhere(mind, state, place), *tell)),), topic="evenings")


def card(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """One evening is to be shown."""
    return Reply(state, (), topic="evening", effect=Show(identity(value)))


def shown(mind: Mind, state: State, outcome: Shown, now: dt.datetime) -> Reply:
    """An evening's card, with what can be done about it."""
    evening, seat, locale = outcome.evening, outcome.seat, state.locale
    if (late := _over(evening, now)) is not None:
        return shut(mind, state, late, now)
    parts, offers = lines.card(mind, evening, state, now), [choice(mind, locale, "choice-evenings", "evenings:")]
    if seat is not None:
        parts = (*parts, Part("note", mind.phrase(f"evening-yours-{seat.status}", locale, people=str(seat.people), position=str(seat.position))))
        offers.insert(0, choice(mind, locale, "choice-seat", f"seat:{seat.id}"))
    elif evening.takes_registrations(now):
        way = "queue" if evening.free == 0 else "register"
        offers.insert(0, choice(mind, locale, f"choice-{way}", f"{way}:{evening.id}"))
    else:
        parts = (*parts, Part("note", mind.phrase("evening-closed", locale, selko=state.selko)))
    return Reply(state, (Say(parts, tuple(offers)),), topic="evening")


def _over(evening: Evening, now: dt.datetime) -> Shut | None:
    if evening.status == "cancelled":
        return Shut(evening, "cancelled")
    return Shut(evening, "past") if now >= evening.ends else None


def shut(mind: Mind, state: State, outcome: Shut, _: dt.datetime) -> Reply:
    """It is too late, or it does not take place; what else there is."""
    text = mind.phrase(f"shut-{outcome.why}", state.locale, selko=state.selko, title=outcome.evening.title)
    offers = (choice(mind, state.locale, "choice-evenings", "evenings:"), *ways(mind, state, outcome.evening.place)[:1])
    return Reply(state, (Say.of(text, offers),), False, "evening")


def _elsewhere(mind: Mind, state: State, place: str | None) -> tuple[Choice, ...]:
    """The whole region instead of one place; or, where no place is known, to tell it."""
    if place is not None:
        return (choice(mind, state.locale, "evenings-everywhere", f"evenings:{EVERYWHERE}"),)
    return () if state.place else (choice(mind, state.locale, "evenings-set-place", "ask:place"),)


def _label(evening: Evening) -> str:
    title = evening.title if len(evening.title) <= lines.LABEL else f"{evening.title[: lines.LABEL - 1]}…"
    return f"{title} {evening.starts.day}.{evening.starts.month}."
