"""How an evening is shown: its name, its times, its facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dialogs.evenings.lines import place, theme, when
from dialogs.evenings.model import Evening
from dialogs.hosting.model import Board
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Reply, Say, State
from knowledge.parts import Locale

Screen = Callable[[Mind, State, Board, dt.datetime], Reply]
"""How one evening is shown."""


def called(mind: Mind, evening: Evening, locale: Locale) -> str:
    """Its title; an example is called one."""
    return mind.phrase("evening-example-title", locale, title=evening.title) if evening.example else evening.title


def where(mind: Mind, evening: Evening, locale: Locale) -> str:
    """House and municipality."""
    return f"{evening.venue}, {place(mind, evening.place, locale)}"


def facts(mind: Mind, evening: Evening, locale: Locale) -> list[str]:
    """Lines that tell people what they need to know before they come."""
    told = {
        "when": when(evening, locale),
        "where": where(mind, evening, locale),
        "theme": theme(mind, evening.theme, locale) if evening.theme else None,
        "programme": evening.programme,
        "catering": evening.catering,
    }
    return [fact(mind, key, value, locale) for key, value in told.items() if value]


def fact(mind: Mind, key: str, value: str, locale: Locale) -> str:
    """ "Milloin: ..." """
    lines = "\n" if "\n" in value else " "
    return f"{mind.phrase(f'hosting-{key}', locale)}:{lines}{value}"


def back(mind: Mind, state: State, evening: int) -> Choice:
    """To the evening's card."""
    return Choice(mind.phrase("hosting-back", state.locale), f"hosting:evening/{evening}")


def step(mind: Mind, state: State, phrase: str, data: str) -> Choice:
    """A next step with the label of a phrase."""
    return Choice(mind.phrase(f"hosting-{phrase}", state.locale), f"hosting:{data}")


def hosting(state: State, *says: Say) -> Reply:
    """A reply to a coordinator."""
    return Reply(state, says, topic="hosting")


def noted(note: str, reply: Reply) -> Reply:
    """`reply` with a sentence before its last message: what has just been done."""
    *before, last = reply.says
    told = Say((Part("text", note), *last.parts), last.choices, last.controls, last.file)
    return Reply(reply.state, (*before, told), reply.answered, reply.topic)
