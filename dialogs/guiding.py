"""Guided dialogues: what is asked next, and how it is shown. What a form is: knowledge/forms.py; what people do in one: steering.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dialogs.dates import moment
from dialogs.mind import Mind, spoken
from dialogs.model import Choice, Open, Part, Reply, Say, State, Value
from knowledge.forms import Form, Slot

CARD = 8
"""Choices of a summary at the most; what does not fit is reached by correcting."""


def begin(mind: Mind, state: State, form: str, about: Mapping[str, Value], filled: Mapping[str, Value] | None = None) -> Reply:
    """Open the dialogue `form` about something; another one that was open is left."""
    state = state.model_copy(update={"open": Open(form=form, about=dict(about), filled=dict(filled or {})), "pending": None})
    intro = form_of(mind, state).intro
    return Reply(state, (question(mind, state, *_parts(mind, state, intro)),), topic=f"form:{form}")


def form_of(mind: Mind, state: State) -> Form:
    """The form of the dialogue that is open. Raises KeyError when none is, or when it is not known any more."""
    return mind.knowledge.forms[state.open.form if state.open else ""]


def open_slot(mind: Mind, state: State) -> str | None:
    """The slot that is asked for now; None when all are answered and the summary is to be confirmed."""
    opened = state.open
    if opened is None or opened.asks is not None:
        return opened.asks if opened else None
    return next((name for name, slot in form_of(mind, state).slots.items() if not slot.card and name not in opened.filled), None)


def filled(state: State, name: str, value: Value) -> State:
    """The state with `name` answered."""
    assert state.open is not None
    opened = state.open.model_copy(update={"filled": {**state.open.filled, name: value}, "asks": None, "offers": ()})
    return state.model_copy(update={"open": opened})


def closed(state: State) -> State:
    """The state without a dialogue."""
    return state.model_copy(update={"open": None})


def question(mind: Mind, state: State, *before: Part) -> Say:
    """The open question with its choices, or the summary."""
    name = open_slot(mind, state)
    if name is None:
        return _summary(mind, state, *before)
    slot = form_of(mind, state).slots[name]
    assert state.open is not None
    key = state.open.key
    offers = tuple(Choice(text, f"slot:{key}/{name}=~{number}") for number, text in enumerate(state.open.offers))
    options = tuple(Choice(getattr(option.label, state.locale), f"slot:{key}/{name}={option.value}") for option in slot.options)
    parts = (*before, *_parts(mind, state, slot.prompt))
    if slot.kind == "count":  # a number that is typed is the answer here
        return Say(parts, controls=(*options, *controls(mind, state)))
    return Say(parts, (*offers, *options), controls(mind, state))


def controls(mind: Mind, state: State) -> tuple[Choice, ...]:
    """Ways around: skip what can be skipped, go back, cancel."""
    opened, name = state.open, open_slot(mind, state)
    assert opened is not None
    slot = form_of(mind, state).slots[name] if name else None
    ways = ["skip"] if slot is not None and (slot.optional or slot.card) else []
    ways += ["back"] if opened.filled else []
    return tuple(Choice(mind.phrase(f"control-{way}", state.locale), f"form:{opened.key}/{way}") for way in (*ways, "cancel"))


def shown(mind: Mind, slot: Slot, value: Value, state: State) -> str:
    """A value as people read it."""
    if value is None:
        return mind.phrase("slot-empty", state.locale)
    if slot.kind in ("moment", "end"):
        return moment(dt.datetime.fromisoformat(str(value)), state.locale)
    if slot.kind == "place":
        return mind.knowledge.places[str(value)].name(state.locale)
    label = next((option.label for option in slot.options if option.value == str(value)), None)
    return getattr(label, state.locale) if label else str(value)


def _summary(mind: Mind, state: State, *before: Part) -> Say:
    opened, form = state.open, form_of(mind, state)
    assert opened is not None
    lines = [
        f"{getattr(slot.label, state.locale)}: {shown(mind, slot, opened.filled[name], state)}"
        for name, slot in form.slots.items()
        if name in opened.filled
    ]
    confirm = Choice(
        getattr(form.confirm, state.locale) if form.confirm else mind.phrase("control-confirm", state.locale), f"form:{opened.key}/confirm"
    )
    cards = tuple(
        Choice(getattr(slot.label, state.locale), f"fix:{opened.key}/{name}")
        for name, slot in form.slots.items()
        if slot.card and name not in opened.filled
    )
    correct = Choice(mind.phrase("control-correct", state.locale), f"form:{opened.key}/correct")
    cancel = Choice(mind.phrase("control-cancel", state.locale), f"form:{opened.key}/cancel")
    parts = (*before, Part("text", "\n".join(lines)), *_parts(mind, state, form.summary))
    return Say(parts, (confirm, *cards[: CARD - 3], correct, cancel))


def _parts(mind: Mind, state: State, words: object) -> tuple[Part, ...]:
    """`words` in the person's language, filled with what the dialogue is about."""
    if words is None:
        return ()
    about = {key: str(value) for key, value in (state.open.about if state.open else {}).items()}
    text = spoken(words, state.locale, selko=state.selko)  # type: ignore[arg-type]
    return (Part("text", text.format(**about, operator=mind.operator or "", contact=mind.contact or "")),)
