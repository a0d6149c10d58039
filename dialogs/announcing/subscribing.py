"""What people want to be told: /tilaukset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast, get_args

from dialogs.announcing.effects import Kind, Page, SetDigest, SetQuiet, ShowWishes, StopAll, Stopped, Subscribe, Toggle, WishesShown
from dialogs.announcing.model import Wishes
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Reply, Say, State
from dialogs.talk import chat
from knowledge.matcher import Match
from knowledge.places import HOME
from knowledge.understanding import CHAT

if TYPE_CHECKING:
    from dialogs import rooms
    from dialogs.effects import Outcome

PAGES: tuple[Page, ...] = ("topics", "places", "networks", "quiet", "digest")
QUIET = ((21, 8), (20, 9), (18, 10))
"""Quiet hours to choose from."""
DIGEST = (9, 12, 17)
"""Hours of the daily digest to choose from."""
LISTS: tuple[Page, ...] = ("topics", "networks")
"""Pages of what is asked for; places only narrow it."""
KIND_OF: dict[Page, Kind] = {"topics": "topic", "places": "place", "networks": "network"}


def _shows(_: Mind, state: State, page: str, __: dt.datetime) -> Reply:
    if page not in get_args(Page):
        raise ValueError(page)
    return Reply(state, (), effect=ShowWishes(cast(Page, page)))


def _toggles(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    page, key = value.split("/")
    kind = KIND_OF[cast(Page, page)]
    if key not in {name for name, _ in listed(mind, state, cast(Page, page))}:
        raise KeyError(key)
    return Reply(state, (), effect=Toggle(kind, key, cast(Page, page)))


def _subscribes(mind: Mind, state: State, payload: str, _: dt.datetime) -> Reply:
    """A link: topics, networks and places in any order, with "_" between them."""
    keys = payload.split("_")
    known = mind.knowledge.subscriptions
    of = {kind: tuple(key for key in keys if key in known and known[key].kind == kind) for kind in ("topic", "network")}
    places = tuple(key for key in keys if key in mind.knowledge.places)
    topics = of["topic"] or (() if of["network"] else ("general",))
    return Reply(state, (), effect=Subscribe(topics, places, of["network"]))


def _quiet(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    chosen = next((hours for hours in QUIET if _hours(hours) == value), None)
    if chosen is None and value != "none":
        raise ValueError(value)
    return Reply(state, (), effect=SetQuiet(chosen))


def _digest(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    hour = None if value == "none" else int(value)
    if hour not in (*DIGEST, None):
        raise ValueError(value)
    return Reply(state, (), effect=SetDigest(hour))


def _stops(_: Mind, state: State, __: str, ___: dt.datetime) -> Reply:
    return Reply(state, (), effect=StopAll())


def listed(mind: Mind, state: State, page: Page) -> list[tuple[str, str]]:
    """What can be subscribed to on `page`: key and name."""
    if page == "places":
        home = {key: place for key, place in mind.knowledge.places.items() if place.region == HOME and key != HOME}
        return [(key, place.name(state.locale)) for key, place in home.items()]
    found = mind.knowledge.subscriptions.items()
    return [(key, getattr(one.label, state.locale)) for key, one in found if one.kind == KIND_OF[page]]


def told(mind: Mind, state: State, outcome: WishesShown, _: dt.datetime) -> Reply:
    """The overview, or one page of it."""
    page, wishes = outcome.page, outcome.wishes
    note = (Part("text", mind.phrase(outcome.note, state.locale, selko=state.selko)),) if outcome.note else ()
    if page in KIND_OF:
        return Reply(state, (Say((*note, *_asked(mind, state, page)), _toggles_of(mind, state, page, wishes)),), topic="subscriptions")
    if page in ("quiet", "digest"):
        return Reply(state, (Say((*note, *_asked(mind, state, page)), _times(mind, state, page)),), topic="subscriptions")
    return Reply(state, (Say((*note, Part("text", _overview(mind, state, wishes))), _pages(mind, state, wishes)),), topic="subscriptions")


def _asked(mind: Mind, state: State, page: Page) -> tuple[Part, ...]:
    return (Part("text", mind.phrase(f"subscribe-{page}", state.locale, selko=state.selko)),)


def _pages(mind: Mind, state: State, wishes: Wishes) -> tuple[Choice, ...]:
    pages = tuple(Choice(mind.phrase(f"subscriptions-{page}", state.locale), f"subscriptions:{page}") for page in PAGES)
    stop = (Choice(mind.phrase("stop-all", state.locale), "stop-all:"),) if wishes.any else ()
    return pages + stop


def _toggles_of(mind: Mind, state: State, page: Page, wishes: Wishes) -> tuple[Choice, ...]:
    have = {"topics": wishes.topics, "places": wishes.places, "networks": wishes.networks}[page]
    marked = (
        Choice(mind.phrase("subscribed", state.locale, name=name) if key in have else name, f"toggle:{page}/{key}")
        for key, name in listed(mind, state, page)
    )
    return (*marked, Choice(mind.phrase("subscriptions-done", state.locale), "subscriptions:"))


def _times(mind: Mind, state: State, page: Page) -> tuple[Choice, ...]:
    if page == "quiet":
        chosen = [Choice(_hours(hours), f"quiet:{_hours(hours)}") for hours in QUIET]
    else:
        chosen = [Choice(mind.phrase("at-hour", state.locale, hour=str(hour)), f"digest:{hour}") for hour in DIGEST]
    return (*chosen, Choice(mind.phrase(f"no-{page}", state.locale), f"{page}:none"))


def _overview(mind: Mind, state: State, wishes: Wishes) -> str:
    if not wishes.any:
        return mind.phrase("subscriptions-none", state.locale, selko=state.selko)
    wanted = wishes.topics | wishes.networks
    names = _joined(name for page in LISTS for key, name in listed(mind, state, page) if key in wanted)
    places = _joined(name for key, name in listed(mind, state, "places") if key in wishes.places)
    quiet = mind.phrase("quiet-hours", state.locale, hours=_hours(wishes.quiet)) if wishes.quiet else mind.phrase("quiet-never", state.locale)
    digest = "" if wishes.digest is None else " " + mind.phrase("digest-at", state.locale, hour=str(wishes.digest))
    where = places or mind.phrase("every-place", state.locale)
    return mind.phrase("subscriptions-are", state.locale, selko=state.selko, names=names, places=where) + f" {quiet}{digest}"


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _hours(hours: tuple[int, int]) -> str:
    return f"{hours[0]}-{hours[1]}"


def _stopped(mind: Mind, state: State, stopped: Stopped, now: dt.datetime) -> Reply:
    if not stopped.before:
        return chat(mind, state, Match(f"{CHAT}cancel", 1.0), now)
    again = (Choice(mind.phrase("subscriptions-again", state.locale), "subscriptions:"),)
    return Reply(state, (Say.of(mind.phrase("stopped-all", state.locale, selko=state.selko), again),), topic="stopped")


KINDS: dict[str, rooms.Kind] = {
    "subscriptions": _shows,
    "toggle": _toggles,
    "subscribe": _subscribes,
    "quiet": _quiet,
    "digest": _digest,
    "stop-all": _stops,
}
OUTCOMES: dict[type[Outcome], rooms.Told] = {WishesShown: told, Stopped: _stopped}
