"""The form of a guided dialogue: which slots it has, in which order, what is asked, and what may be answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.parts import Entry, Names, Slug, Words

Value = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,24}$")]
"""What a choice stands for; part of a button's data, which is short."""


class Option(Entry):
    """One thing that can be chosen instead of typed."""

    value: Value
    """What is remembered."""
    label: Names
    """Button; may also be typed."""


class Slot(Entry):
    """One thing that a dialogue asks for."""

    kind: Literal["name", "text", "count", "moment", "end", "choice", "place", "code"]
    """name: a short text with letters in it. text: free text that takes everything. count: a whole number. moment: a day and a time.
    end: a time after the slot `after`, or an end with a new day. choice: one of the options. place: a municipality. code: letters and digits."""
    label: Names
    """What it is called in the summary and on its button."""
    prompt: Words
    """The question."""
    options: tuple[Option, ...] = ()
    """What can be chosen; for a text, suggestions beside which anything can be typed."""
    optional: bool = False
    """Whether it can be left out."""
    card: bool = False
    """True: not asked by itself, but offered on the summary."""
    only: Slug | None = None
    """Only where the dialogue is about something that has this: diets where there is catering."""
    after: Slug | None = None
    """The time that it must come after: another slot, or one that the dialogue is about."""
    before: Slug | None = None
    """The time that it must come before, in the same way."""
    least: int = Field(default=1, ge=0)
    """Smallest count."""
    most: int = Field(default=500, ge=1)
    """Largest count."""
    longest: int = Field(default=300, ge=1, le=3000)
    """Characters that a text may have."""


class Form(Entry):
    """A guided dialogue. State is its name and what is filled; the open question is the first slot that is not."""

    title: Words
    """What one is doing, for "you were ...": ilmoittautuminen iltaan {title}. {names} come from what it is about."""
    intro: Words | None = None
    """Said before the first question."""
    about: tuple[Slug, ...] = ()
    """Times known from the beginning that slots may come after or before."""
    slots: dict[Slug, Slot] = Field(min_length=1)
    """In the order they are asked."""
    summary: Words | None = None
    """Said over the summary, before it is confirmed, e.g. what one consents to; without it the last answer confirms."""
    confirm: Names | None = None
    """Button that confirms."""
    cancelled: Words
    """Said when it is cancelled."""
