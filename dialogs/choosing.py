"""Choices: what was offered, and what a number or a tap means.

A choice's data is "kind:value": answer:<topic>/<facet>, area:<name>, place:<key>, original:<topic>/<facet>.
"""

from __future__ import annotations

import re

from dialogs.answering import choice
from dialogs.mind import Mind
from dialogs.model import Choice, Say, State
from knowledge.parts import Locale
from knowledge.places import HOME
from knowledge.schema import Area
from knowledge.text import normalise

_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")

DIGITS = 15
"""Digits of the largest id that is looked up."""


def typed_number(text: str) -> int | None:
    """The number when `text` is nothing but a small one."""
    match = _NUMBER.fullmatch(text)
    return int(match.group(1)) if match else None


def identity(text: str) -> int:
    """An id in a choice's data. Raises ValueError for what can be none: data can be forged."""
    if not text.isdecimal() or len(text) > DIGITS:
        raise ValueError(text)
    return int(text)


def chosen(state: State, text: str) -> str | None:
    """Data of the choice shown last that `text` names, by its number or by the words on it."""
    number = typed_number(text)
    if number is not None and 1 <= number <= len(state.offered):
        return state.offered[number - 1]
    said = normalise(text)
    return next((data for label, data in zip(state.labels, state.offered, strict=False) if normalise(label) == said), None)


def areas(mind: Mind, locale: Locale) -> tuple[Choice, ...]:
    """The five areas."""
    return tuple(Choice(getattr(area.label, locale), f"area:{name}") for name, area in mind.knowledge.areas.items())


def area_choices(mind: Mind, area: Area, locale: Locale) -> tuple[Choice, ...]:
    """The topics of one area."""
    return tuple(choice(mind, step, None, locale) for step in area.next)


def steps(mind: Mind, names: tuple[str, ...], state: State) -> tuple[Choice, ...]:
    """Next steps of talk: "areas" stands for the five areas."""
    return tuple(c for name in names for c in (areas(mind, state.locale) if name == "areas" else (choice(mind, name, None, state.locale),)))


def municipalities(mind: Mind, locale: Locale) -> tuple[Choice, ...]:
    """The municipalities of the home region."""
    home = {key: place for key, place in mind.knowledge.places.items() if place.region == HOME and key != HOME}
    return tuple(Choice(place.name(locale), f"place:{key}") for key, place in home.items())


def length(says: tuple[Say, ...]) -> int:
    """Characters of a turn's messages, choices included, about as a person sees them."""
    parts = [len(part.text) + 1 for say in says for part in say.parts]
    return sum(parts) + sum(len(c.label) + 5 for say in says for c in (*say.choices, *say.controls))


def offered(says: tuple[Say, ...]) -> tuple[str, ...]:
    """Data of all choices of a turn, in the order of their numbers."""
    return tuple(c.data for say in says for c in say.choices)
