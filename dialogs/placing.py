"""Whose rule is it? Answers that depend on a municipality, and what is said where we know nothing."""

from __future__ import annotations

from dialogs import choosing
from dialogs.answering import choice, is_local, needs_place
from dialogs.mind import Mind
from dialogs.model import Reply, Say, State
from knowledge.matcher import Match
from knowledge.parts import LOCALES
from knowledge.places import HOME
from knowledge.text import normalise, words
from knowledge.understanding import EXAMPLES_FROM

ITSELF = "place"
"""What waits for a place when nothing but the place was asked for."""


def municipality(mind: Mind, text: str) -> str | None:
    """The municipality that `text` names; of several one of the home region, else the last. Regions are none, nor where one moved from."""
    places = mind.knowledge.places
    found = [f.key for f in mind.understanding.places.find(text) if places[f.key].region != f.key and not _left(mind, text, f.text)]
    home = [key for key in found if places[key].region == HOME]
    return next(iter([*home, *found[::-1]]), None)


def _left(mind: Mind, text: str, place: str) -> bool:
    """Whether one has only moved from `place`: "muutin Tampereelta", "flyttade från Vasa"."""
    said, context = words(normalise(text)), mind.knowledge.context
    if not any(context["moved"].of(locale) & set(said) for locale in LOCALES):
        return False
    return place.endswith(("sta", "stä", "lta", "ltä")) or any(f"{word} {place}" in " ".join(said) for word in ("från", "from"))


def is_elsewhere(mind: Mind, place: str | None) -> bool:
    """Whether `place` is a municipality outside the home region."""
    return place is not None and mind.knowledge.places[place].region != HOME


def for_place(mind: Mind, name: str, place: str | None) -> str:
    """The answer that `name` becomes for `place`: what is about another municipality gives way to the larger topic."""
    topic, facet, _ = mind.knowledge.answer(name)
    if topic.place is None or topic.part_of is None or place is None or place == topic.place:
        return name
    return f"{topic.part_of}/{facet}" if facet in mind.knowledge.topics[topic.part_of].answers else topic.part_of


def noted(mind: Mind, state: State) -> Reply:
    """A place told without a question."""
    place = mind.knowledge.places[state.place or ""]
    key = "place-set" if place.region == HOME else "place-outside-set"
    text = mind.phrase(key, state.locale, place=place.name(state.locale))
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), topic="place")


def ask(mind: Mind, state: State, name: str, again: bool = False) -> Reply:
    """Ask which municipality is meant; `name` is the answer that waits for it, or ITSELF."""
    text = mind.phrase("ask-place-again" if again else "ask-place", state.locale)
    state = state.model_copy(update={"pending": name, "asked_back": again})
    return Reply(state, (Say.of(text, choosing.municipalities(mind, state.locale)),), False, "place")


def is_of_another(mind: Mind, name: str, region: str) -> bool:
    """Whether the answer called `name` tells of one region alone, and that is not `region`."""
    told = HOME if is_local(mind, name) else mind.knowledge.region(name)
    return told in (HOME, *EXAMPLES_FROM) and told != region


def other_region(mind: Mind, state: State, text: str, match: Match) -> Reply | None:
    """Said where `text` asks about another region ("Pirkanmaan avustukset") and means what we know of a third; None elsewhere."""
    places = mind.knowledge.places
    found = [f.key for f in mind.understanding.places.find(text)]
    ours = any(places[key].region == HOME for key in found) or mind.knowledge.context["ours"].of(state.locale) & set(words(normalise(text)))
    region = next((key for key in found if places[key].region == key), None)
    if region is None or ours or not is_of_another(mind, match.name, region):
        return None
    return outside(mind, state.model_copy(update={"place": region}), match)


def outside(mind: Mind, state: State, match: Match) -> Reply:
    """Another region's rule is never given as theirs: say so, and offer ours as ours."""
    place = mind.knowledge.places[state.place or ""]
    text = mind.phrase("outside-place", state.locale, selko=state.selko, place=place.name(state.locale))
    state = state.model_copy(update={"place": None, "pending": None})
    ours = is_local(mind, match.name) and not needs_place(mind.knowledge.answer(match.name)[2])
    steps = (choice(mind, match.name, None, state.locale),) if ours else ()
    return Reply(state, (Say.of(text, (*steps, *choosing.areas(mind, state.locale))),), False, "outside-place", None, match.score)
