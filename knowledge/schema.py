"""The form of the content that editors own: what a file may hold, and what each field means."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.parts import Confirmation, Entry, Locale, Names, Region, Sentences, Slug, SourceRef, Words

AnswerText = Annotated[str, StringConstraints(min_length=10, max_length=600)]
AnswerName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z]+$")]


class Facet(StrEnum):
    """The different things people ask about one topic; a closed list, so that "entä milloin?" means the same everywhere."""

    WHAT = "what"
    WHO = "who"
    WHEN = "when"
    HOW = "how"
    COST = "cost"
    WHERE = "where"
    CONTACT = "contact"
    CONDITIONS = "conditions"
    DIFFERENCE = "difference"
    WHY = "why"
    AMOUNT = "amount"
    TASKS = "tasks"
    MEMBERS = "members"
    ORGANISER = "organiser"
    HISTORY = "history"
    RESULTS = "results"
    EXAMPLES = "examples"
    DECISION = "decision"
    MORE = "more"


class Variant(Entry):
    """What is known of one place; it replaces the answer's text when that place is meant."""

    fi: AnswerText
    """Finnish."""
    sv: AnswerText
    """Swedish."""
    en: AnswerText
    """English."""
    selko: AnswerText | None = None
    """Easy Finnish."""
    source: SourceRef | None = None
    """Its source, when not the answer's."""


class Answer(Entry):
    """One answer: what is said when somebody asks one thing (facet) about one topic."""

    fi: AnswerText
    """Finnish, the original; the answer itself in the first sentence."""
    sv: AnswerText
    """Swedish translation."""
    en: AnswerText
    """English translation."""
    selko: AnswerText | None = None
    """Easy Finnish; required where residents or volunteers are the audience. Not reviewed by a selko expert."""
    gap: bool = False
    """True when this says that the sources do not hold what was asked, and who knows; counts as not answered."""
    label: Names | None = None
    """Button that leads here; by default the topic's title, or the facet's name within the same topic."""
    next: tuple[str, ...] = Field(default=(), max_length=4)
    """Next steps: "topic/facet", "topic" (its first answer), or a command ("/illat")."""
    source: SourceRef | None = None
    """When not the topic's."""
    region: Region | None = None
    """When not the topic's."""
    checked: dt.date | None = None
    """When not the topic's."""
    confirmed: Confirmation | None = None
    """When an organisation has confirmed just this answer."""
    newer: tuple[Slug, ...] = ()
    """Keys of notices.yaml to say first, besides the topic's."""
    windows: tuple[Slug, ...] = ()
    """Keys of windows.yaml whose state (open, ended) is told with the answer."""
    places: dict[Slug, Variant] = Field(default_factory=dict)
    """What is known of a certain place, by its key in places.yaml."""
    facts: dict[Slug, str] = Field(default_factory=dict)
    """Facts with one value (a number, a date): the same key may not have another value elsewhere without `supersedes`."""
    supersedes: tuple[AnswerName, ...] = ()
    """Answers whose facts this one replaces."""
    utterances: Sentences
    """What people type when they mean this; the matcher learns from them."""
    tests: Sentences
    """What people might also type; the matcher never sees them, the build asks them all."""


class Topic(Entry):
    """One thing that people ask about; one file, named like the topic."""

    topic: Slug
    """The file's name without ending."""
    title: Names
    """What it is called on a button."""
    region: Region
    """Where its answers hold."""
    audience: tuple[Literal["resident", "volunteer", "coordinator"], ...] = Field(min_length=1)
    """Who asks; residents and volunteers get Easy Finnish too."""
    place: Slug | None = None
    """The one municipality it is about; asked for another one, the larger topic answers."""
    part_of: Slug | None = None
    """The larger topic it belongs to, so that follow-up questions find it."""
    names: Sentences
    """What people call it, inflection aside; used to recognise it in short follow-ups ("entä kumppanuusavustus?")."""
    source: SourceRef
    """Where its answers come from."""
    checked: dt.date
    """The day its answers were compared with the source."""
    confirmed: Confirmation | None = None
    """Empty until an organisation has confirmed them."""
    review_by: dt.date
    """When they should be compared again; later the user is told since when nobody has."""
    newer: tuple[Slug, ...] = ()
    """Keys of notices.yaml to say first with every answer here."""
    answers: dict[Facet, Answer] = Field(min_length=1)
    """By facet; the first one is what the bare topic gets."""


class Chat(Entry):
    """Something people say that is not a question to the knowledge base: a greeting, a command in words, a crisis, another world."""

    kind: Literal["chitchat", "command", "crisis", "outside"]
    """chitchat: reply kindly. command: a word with an effect. crisis: help first. outside: not ours, declined."""
    reply: Words
    """What is said."""
    next: tuple[str, ...] = Field(default=(), max_length=5)
    """Next steps: answers, commands ("/omat"), or "areas" for the five areas."""
    utterances: Sentences
    """What people type."""
    tests: Sentences
    """What the matcher never sees."""


class FacetWords(Entry):
    """How one facet is asked for within a conversation, and what its button says."""

    label: Names
    """Button, e.g. "Milloin?"."""
    utterances: Sentences
    """Fragments that ask for it: "entä milloin", "mihin mennessä"."""


class Area(Entry):
    """One of the five areas of the welcome."""

    label: Names
    """Button."""
    intro: Words
    """One sentence about what can be asked."""
    next: tuple[str, ...] = Field(min_length=2, max_length=6)
    """The topics to offer."""


class Context(Entry):
    """Words by which people go on from what was said before, per locale, in lower case."""

    fi: tuple[str, ...]
    """Finnish."""
    sv: tuple[str, ...]
    """Swedish."""
    en: tuple[str, ...]
    """English."""

    def of(self, locale: Locale) -> frozenset[str]:
        """The words of one locale."""
        return frozenset({"fi": self.fi, "sv": self.sv, "en": self.en}[locale])


CommandName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""What Telegram takes for a command: https://core.telegram.org/bots/api#botcommand."""
Described = Annotated[str, StringConstraints(min_length=3, max_length=256)]


class CommandNames(Entry):
    """One command in the menus of three languages."""

    fi: CommandName
    """Finnish."""
    sv: CommandName
    """Swedish."""
    en: CommandName
    """English."""


class Descriptions(Entry):
    """What stands beside a command in the menu."""

    fi: Described
    """Finnish."""
    sv: Described
    """Swedish."""
    en: Described
    """English."""


class Command(Entry):
    """A command: "/kieli"."""

    name: CommandNames
    """What the menus show; every one of them works in every language."""
    does: str
    """What happens, as the data of a choice."""
    description: Descriptions
    """What the menus say about it."""
    hidden: bool = False
    """Whether the menus leave it out: for those who know it."""
    said: Sentences = Sentences()
    """What people type instead of it, word for word; all of them are understood whichever language is spoken."""


class ChecklistLine(Entry):
    """One thing to be done for an association evening."""

    days: int = Field(ge=-60, le=200)
    """How many days before the evening; a negative number is after it."""
    label: Names
    """On the button that ticks it off."""
    text: Words
    """What is to be done."""
