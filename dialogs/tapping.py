"""Choices that were made: by a tap, a number, a command, or a link from a poster."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import choosing, interrupting, placing, rooms, steering
from dialogs.commands import ask_language
from dialogs.effects import BecomeAdmin
from dialogs.giving import answered, declined, placed
from dialogs.mind import Mind
from dialogs.model import Reply, Say, State, Unread
from dialogs.talk import chat, original
from knowledge.matcher import Match
from knowledge.understanding import CHAT


def tapped(mind: Mind, state: State, data: str, now: dt.datetime) -> Reply:
    """What a choice with this data leads to."""
    kind, _, value = interrupting.within(state, data, now).partition(":")
    try:
        return KINDS[kind](mind, state, value, now)
    except (KeyError, ValueError):  # a button of an older version, or a forged one
        return declined(mind, state, "no-such-choice", topic="choice")


def _welcome(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    text = mind.phrase("welcome-alone", state.locale, selko=state.selko)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), topic="welcome")


def _area(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    area = mind.knowledge.areas[value]
    text = getattr(area.intro, state.locale)
    return Reply(state, (Say.of(text, choosing.area_choices(mind, area, state.locale)),), topic=f"area:{value}")


def _place(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    mind.knowledge.places[value]
    return placed(mind, state.model_copy(update={"place": value}), now)


def _ask(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    if value == "language":
        return ask_language(mind, state)
    return placing.ask(mind, state, placing.ITSELF, again=value == "place-again")


def _selko(mind: Mind, state: State, _: str, now: dt.datetime) -> Reply:
    return chat(mind, state, Match(f"{CHAT}selko-{'off' if state.selko else 'on'}", 1.0), now)


def _unknown_command(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    names = ", ".join(f"/{getattr(command.name, state.locale)}" for command in mind.knowledge.commands.values() if not command.hidden)
    text = mind.phrase("unknown-command", state.locale, commands=names)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), False, "unknown-command")


def _invitation(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    return Reply(state, (), topic="admin", effect=BecomeAdmin(value))


def unread(mind: Mind, state: State, what: Unread) -> Reply:
    """A kind word about what is not read; nothing else changes, and the numbers shown before stay good."""
    says = (Say.of(mind.phrase(f"sent-{what}", state.locale, selko=state.selko)),)
    return Reply(state, says, False, "unread")


KINDS: dict[str, rooms.Kind] = {
    "answer": lambda mind, state, value, now: answered(mind, state, Match(value, 1.0), now),
    "welcome": _welcome,
    "area": _area,
    "place": _place,
    "original": lambda mind, state, value, now: replace(original(mind, state, value, now), score=1.0),
    "talk": lambda mind, state, value, now: chat(mind, state, Match(f"{CHAT}{value}", 1.0), now),
    "ask": _ask,
    "selko": _selko,
    "invitation": _invitation,
    "unknown-command": _unknown_command,
    **steering.KINDS,
    **rooms.KINDS,
}
"""What a choice does, by the beginning of its data."""
