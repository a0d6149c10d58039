"""What a person does in a guided dialogue: answers, goes back, skips, corrects, confirms, cancels."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import guiding, rooms
from dialogs.mind import Mind
from dialogs.model import Part, Reply, State, Value
from dialogs.parsing import Unfit, parse
from knowledge.text import normalise


def typed(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply | None:
    """What is said to `text` in the open dialogue; None when it does not belong to it."""
    if state.open is None:
        return None
    if (way := _control(mind, state, text)) is not None:
        return steer(mind, state, f"{state.open.key}/{way}", now)
    name = guiding.open_slot(mind, state)
    if name is None:
        return None
    value = parse(mind, guiding.form_of(mind, state).slots[name], text, state, now)
    if isinstance(value, Unfit):
        return _again(mind, state, value)
    return _went_on(mind, guiding.filled(state, name, value), now)


def slot(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    """A tapped answer: "<key>/<slot>=<value>"."""
    target, _, chosen = value.partition("=")
    key, _, name = target.partition("/")
    if state.open is None or state.open.key != key or guiding.open_slot(mind, state) != name:
        return _stale(mind, state)
    answer: Value = state.open.offers[int(chosen[1:])] if chosen.startswith("~") else chosen
    if guiding.form_of(mind, state).slots[name].kind == "count":
        answer = int(chosen)
    return _went_on(mind, guiding.filled(state, name, answer), now)


def steer(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    """A way around: "<key>/<way>"."""
    key, _, way = value.partition("/")
    if state.open is None or state.open.key != key:
        return _stale(mind, state)
    return {"skip": _skip, "back": _back, "cancel": _cancel, "confirm": _confirm, "correct": _correct}[way](mind, state, now)


def fix(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """One slot of the summary is to be filled, or answered anew: "<key>/<slot>"."""
    key, name = value.split("/")
    if state.open is None or state.open.key != key or name not in guiding.form_of(mind, state).slots:
        return _stale(mind, state)
    return _asks(mind, state.model_copy(update={"open": state.open.model_copy(update={"asks": name})}))


KINDS = {"slot": slot, "form": steer, "fix": fix}
"""What choices do, by the beginning of their data."""


def _control(mind: Mind, state: State, text: str) -> str | None:
    """The way around that `text` names by its label."""
    said = normalise(text)
    ways = guiding.question(mind, state).controls
    return next((way.data.rpartition("/")[2] for way in ways if way.data.startswith("form:") and normalise(way.label) == said), None)


def _went_on(mind: Mind, state: State, now: dt.datetime) -> Reply:
    """After an answer: the next question, or the end."""
    if guiding.open_slot(mind, state) is None and guiding.form_of(mind, state).summary is None:
        return _confirm(mind, state, now)
    return _asks(mind, state)


def _asks(mind: Mind, state: State, *before: Part) -> Reply:
    assert state.open is not None
    return Reply(state, (guiding.question(mind, state, *before),), topic=f"form:{state.open.form}")


def _again(mind: Mind, state: State, unfit: Unfit) -> Reply:
    reply = _asks(mind, state, Part("note", mind.phrase(unfit.phrase, state.locale, selko=state.selko, **unfit.filled)))
    return replace(reply, answered=False)


def _stale(mind: Mind, state: State) -> Reply:
    """A button of an earlier question: said kindly, and the open question asked again."""
    note = Part("note", mind.phrase("stale-button", state.locale, selko=state.selko))
    if state.open is None:
        return Reply(state, (replace(rooms.way_on(mind, state), parts=(note,)),), False, "stale")
    return replace(_asks(mind, state, note), answered=False)


def _skip(mind: Mind, state: State, now: dt.datetime) -> Reply:
    name = guiding.open_slot(mind, state)
    slots = guiding.form_of(mind, state).slots
    if name is None or not (slots[name].optional or slots[name].card):
        return _stale(mind, state)
    return _went_on(mind, guiding.filled(state, name, None), now)


def _back(mind: Mind, state: State, _: dt.datetime) -> Reply:
    """The answer before the open question is asked for again."""
    assert state.open is not None
    opened = state.open
    if opened.asks is not None:
        return _asks(mind, state.model_copy(update={"open": opened.model_copy(update={"asks": None, "offers": ()})}))
    kept = list(opened.filled.items())[:-1]
    return _asks(mind, state.model_copy(update={"open": opened.model_copy(update={"filled": dict(kept), "offers": ()})}))


def _cancel(mind: Mind, state: State, _: dt.datetime) -> Reply:
    text = mind.phrase("form-cancelled", state.locale)
    return Reply(guiding.closed(state), (replace(rooms.way_on(mind, state), parts=(Part("text", text),)),), topic="cancel")


def _confirm(mind: Mind, state: State, now: dt.datetime) -> Reply:
    """All is answered: what the dialogue is for happens."""
    assert state.open is not None
    if guiding.open_slot(mind, state) is not None:
        return _stale(mind, state)
    return rooms.CONFIRMED[state.open.form](mind, guiding.closed(state), state.open, now)


def _correct(mind: Mind, state: State, _: dt.datetime) -> Reply:
    """Which answer is to be corrected?"""
    raise NotImplementedError
