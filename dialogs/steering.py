"""What a person does in a guided dialogue: answers, goes back, skips, corrects, confirms, cancels. What else they say: interrupting.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from dialogs import guiding, interrupting, rooms
from dialogs.guiding import asking
from dialogs.mind import Mind
from dialogs.model import Open, Part, Picture, Reply, Say, State, Value
from dialogs.parsing import parse
from dialogs.typed import Unfit, Values
from knowledge.text import normalise


def typed(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply | None:
    """What is said to `text` in the open dialogue; None when it does not belong to it."""
    if state.open is None:
        return None
    if (way := interrupting.way_of(mind, state, text, now)) is not None:
        return steer(mind, state, f"{state.open.key}/{way}", now)
    name, waits = guiding.open_slot(mind, state), interrupting.waits(state, now)
    if name is None:
        return None if waits else _named(mind, state, text, now)
    if waits:
        return interrupting.left(mind, state) if _would_answer(mind, state, name, text, now) else None
    if interrupting.interrupts(mind, state, name, text):
        return None
    return _offered(mind, state, name, text, now) or _answered(mind, state, name, text, now)


def pictured(mind: Mind, state: State, picture: Picture, now: dt.datetime) -> Reply | None:
    """What is said to a picture; None when none is asked for."""
    name = guiding.open_slot(mind, state)
    if state.open is None or name is None or guiding.form_of(mind, state).slots[name].kind != "picture":
        return None
    return _went_on(mind, guiding.filled(state, name, f"{picture.kind}:{picture.id}"), now)


def _would_answer(mind: Mind, state: State, name: str, text: str, now: dt.datetime) -> bool:
    """Whether `text` would answer the slot `name`, of a kind that not everything answers."""
    kind = guiding.form_of(mind, state).slots[name].kind
    return (
        kind not in ("name", "text")
        and not interrupting.interrupts(mind, state, name, text)
        and not isinstance(parse(mind, name, text, state, now), Unfit)
    )


def _named(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply | None:
    """The summary is open, and `text` is what one of its answers is called."""
    choices = (*guiding.fixes(mind, state, card=False), *guiding.fixes(mind, state, card=True))
    found = next((choice for choice in choices if normalise(choice.label) == normalise(text)), None)
    return fix(mind, state, found.data.removeprefix("fix:"), now) if found else None


def _offered(mind: Mind, state: State, name: str, text: str, now: dt.datetime) -> Reply | None:
    """One of the suggestions, typed: by its words, or "as I wrote it"."""
    assert state.open is not None
    as_typed = normalise(mind.phrase("control-as-typed", state.locale))
    offers = state.open.offers
    said = {normalise(offer): offer for offer in offers} | ({as_typed: offers[-1]} if offers else {})
    return _went_on(mind, guiding.filled(state, name, said[normalise(text)]), now) if normalise(text) in said else None


def _answered(mind: Mind, state: State, name: str, text: str, now: dt.datetime) -> Reply:
    assert state.open is not None
    values = parse(mind, name, text, state, now)
    if isinstance(values, Unfit):
        note = mind.phrase(values.phrase, state.locale, selko=state.selko, **values.filled)
        return replace(asking(mind, state, Part("note", note)), answered=False)
    look_up = rooms.SUGGESTED.get((state.open.form, name))
    options = {option.value for option in guiding.form_of(mind, state).slots[name].options}
    if look_up is not None and values[name] not in options:
        return Reply(state, (), topic=f"form:{state.open.form}", effect=look_up(str(values[name])))
    return _went_on(mind, _with(mind, state, values), now)


def _with(mind: Mind, state: State, values: Values) -> State:
    """`values` answered; an end that does not come after its start any more is to be asked for anew."""
    for name, value in values.items():
        state = guiding.filled(state, name, value)
    assert state.open is not None
    answers, slots = state.open.filled, guiding.form_of(mind, state).slots
    lost = {name for name in answers if slots[name].kind == "end" and _end_is_lost(answers, slots[name].after, name)}
    kept = {name: value for name, value in answers.items() if name not in lost}
    return state.model_copy(update={"open": state.open.model_copy(update={"filled": kept})})


def _end_is_lost(answers: dict[str, Value], start: str | None, end: str) -> bool:
    """Whether the end does not come after its start; where both are times at all."""
    try:
        first, last = (dt.datetime.fromisoformat(str(answers.get(name or ""))) for name in (start, end))
    except ValueError:
        return False
    return last <= first


def slot(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    """A tapped answer: "<key>/<slot>=<value>"."""
    target, _, chosen = value.partition("=")
    key, _, name = target.partition("/")
    if state.open is None or state.open.key != key or guiding.open_slot(mind, state) != name:
        return _stale(mind, state, key)
    answer = _tapped(mind, state, name, chosen)
    return _stale(mind, state, key) if answer is None else _went_on(mind, guiding.filled(state, name, answer), now)


def _tapped(mind: Mind, state: State, name: str, chosen: str) -> Value:
    """The answer that a button stands for; None when it is none of those that the question has now."""
    assert state.open is not None
    if state.open.offers and chosen.startswith("~"):
        return dict(enumerate(state.open.offers)).get(int(chosen[1:]))
    slot = guiding.form_of(mind, state).slots[name]
    if slot.kind == "place":
        return chosen if chosen in mind.knowledge.places else None
    if chosen not in {option.value for option in slot.options}:
        return None
    return int(chosen) if slot.kind == "count" else chosen


def steer(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    """A way around: "<key>/<way>"."""
    key, _, way = value.partition("/")
    if state.open is None or state.open.key != key:
        return _stale(mind, state, key, done=way == "confirm")
    return WAYS[way](mind, interrupting.resumed(state), now)


def fix(mind: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """One slot of the summary is to be filled, or answered anew: "<key>/<slot>"."""
    key, _, name = value.partition("/")
    if state.open is None or state.open.key != key or name not in guiding.form_of(mind, state).slots or guiding.unanswered(mind, state):
        return _stale(mind, state, key)
    return asking(mind, _asks(state, name))


def _asks(state: State, name: str | None) -> State:
    assert state.open is not None
    return state.model_copy(update={"open": state.open.model_copy(update={"asks": name, "offers": (), "left": False})})


def _went_on(mind: Mind, state: State, now: dt.datetime) -> Reply:
    """After an answer: the next question, or the end."""
    if guiding.open_slot(mind, state) is None and guiding.form_of(mind, state).summary is None:
        return _confirm(mind, state, now)
    return asking(mind, state)


def _stale(mind: Mind, state: State, key: str, *, done: bool = False) -> Reply:
    """A button of an earlier question: said kindly, and the open question asked again."""
    again = done and state.done == key
    note = Part("note", mind.phrase("stale-done" if again else "stale-button", state.locale, selko=state.selko))
    if state.open is None:
        return Reply(state, (replace(rooms.way_on(mind, state), parts=(note,)),), False, "stale")
    return replace(asking(mind, interrupting.resumed(state), note), answered=False)


def _skip(mind: Mind, state: State, now: dt.datetime) -> Reply:
    name = guiding.open_slot(mind, state)
    slots = guiding.form_of(mind, state).slots
    if name is None or not (slots[name].optional or slots[name].card):
        return replace(asking(mind, state, Part("note", mind.phrase("unfit-skip", state.locale))), answered=False)
    return _went_on(mind, guiding.filled(state, name, None), now)


def _back(mind: Mind, state: State, _: dt.datetime) -> Reply:
    """The question before the open one, with its answer kept until there is another; from a correction, the summary."""
    assert state.open is not None
    opened = state.open
    if opened.offers:
        return asking(mind, _asks(state, opened.asks))
    if opened.asks is not None and guiding.unanswered(mind, state) is None:
        return asking(mind, _asks(state, None))
    slots = guiding.form_of(mind, state).slots
    before = [name for name in slots if name in opened.filled and not slots[name].card]
    here = before.index(opened.asks) if opened.asks in before else len(before)
    return asking(mind, _asks(state, before[max(here - 1, 0)] if before else None))


def _cancel(mind: Mind, state: State, _: dt.datetime) -> Reply:
    part = Part("text", guiding.text_of(mind, state, guiding.form_of(mind, state).cancelled))
    state = guiding.closed(state).model_copy(update={"done": None})
    return Reply(state, (replace(rooms.way_on(mind, state), parts=(part,)),), topic="cancel")


def _confirm(mind: Mind, state: State, now: dt.datetime) -> Reply:
    """All is answered: what the dialogue is for happens."""
    assert state.open is not None
    if guiding.open_slot(mind, state) is not None:
        return _stale(mind, state, state.open.key)
    opened: Open = state.open
    return rooms.CONFIRMED[opened.form](mind, guiding.closed(state).model_copy(update={"done": opened.key}), opened, now)


def _correct(mind: Mind, state: State, _: dt.datetime) -> Reply:
    """Which answer is to be corrected?"""
    assert state.open is not None
    if guiding.open_slot(mind, state) is not None:
        return _stale(mind, state, state.open.key)
    ways = (guiding.way(mind, state, "back", "resume"), guiding.way(mind, state, "cancel"))
    text = mind.phrase("form-which", state.locale, selko=state.selko)
    more = guiding.fixes(mind, state, card=True)[guiding.CARD - 3 :]  # those that the summary has no room for
    say = Say((Part("text", text),), (*guiding.fixes(mind, state, card=False), *more), ways)
    return Reply(state, (say,), topic=f"form:{state.open.form}")


def _help(mind: Mind, state: State, _: dt.datetime) -> Reply:
    """Where one is, and how one gets on."""
    text = mind.phrase("form-help", state.locale, selko=state.selko, title=interrupting.title(mind, state))
    return asking(mind, state, Part("note", text))


def _resume(mind: Mind, state: State, _: dt.datetime) -> Reply:
    return asking(mind, state)


WAYS: dict[str, Callable[[Mind, State, dt.datetime], Reply]] = {
    "skip": _skip,
    "back": _back,
    "cancel": _cancel,
    "confirm": _confirm,
    "correct": _correct,
    "help": _help,
    "resume": _resume,
}
"""Ways around, by what stands in their data."""
KINDS = {"slot": slot, "form": steer, "fix": fix}
"""What choices do, by the beginning of their data."""
