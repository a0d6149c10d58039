"""Guided dialogues: what is asked next, and how it is shown. What a form is: knowledge/forms.py; what people do in one: steering.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from dialogs import choosing, keeping
from dialogs.dates import weekday_moment
from dialogs.mind import Mind, spoken
from dialogs.model import Choice, Open, Part, Reply, Say, State, Value
from knowledge.forms import Form, Slot
from knowledge.parts import Words

CARD = 8
"""Choices of a summary at the most; what does not fit is reached by correcting."""
SHOWN = 200
"""Characters of an answer that a summary shows."""
LABEL = 60
"""Characters of a suggestion that its button shows."""
SUGGESTIONS = 6
"""Suggestions at the most, besides what was typed."""


def begin(mind: Mind, state: State, form: str, about: Mapping[str, Value], filled: Mapping[str, Value] | None = None) -> Reply:
    """Open the dialogue `form` about something; another one that was open is left."""
    opened = Open(form=form, about=dict(about), filled=dict(filled or {}))
    state = state.model_copy(update={"open": opened, "done": None, "pending": None, "topic": None, "facet": None})
    intro = form_of(mind, state).intro
    return Reply(state, (question(mind, state, *_parts(mind, state, intro)),), topic=f"form:{form}")


def suggest(mind: Mind, state: State, slot: str, typed: str, names: Sequence[str]) -> Reply:
    """What follows when `typed` was looked up for the open `slot`: one of `names` may have been meant, and is asked back.

    Where there are none, or `typed` is one of them, the dialogue goes on with `typed`.
    """
    assert state.open is not None
    if not names or typed in names:
        return asking(mind, filled(state, slot, typed))
    offers = (*dict.fromkeys(name for name in names[:SUGGESTIONS]), typed)
    state = state.model_copy(update={"open": state.open.model_copy(update={"asks": slot, "offers": offers, "left": False})})
    return asking(mind, state)


def asking(mind: Mind, state: State, *before: Part) -> Reply:
    """The open question, or the summary, as a reply."""
    assert state.open is not None
    return Reply(state, (question(mind, state, *before),), topic=f"form:{state.open.form}")


def form_of(mind: Mind, state: State) -> Form:
    """The form of the dialogue that is open. Raises KeyError when none is, or when it is not known any more."""
    return mind.knowledge.forms[state.open.form if state.open else ""]


def open_slot(mind: Mind, state: State) -> str | None:
    """The slot that is asked for now; None when all are answered and the summary is to be confirmed."""
    opened = state.open
    if opened is None or opened.asks is not None:
        return opened.asks if opened else None
    return unanswered(mind, state)


def key_of(state: State) -> str:
    """Form and subject of the dialogue that is open."""
    assert state.open is not None
    return state.open.key


def unanswered(mind: Mind, state: State) -> str | None:
    """The first slot that is to be asked and has no answer yet."""
    assert state.open is not None
    done = state.open.filled
    return next((name for name, slot in form_of(mind, state).slots.items() if not slot.card and name not in done), None)


def known(mind: Mind, state: State) -> State:
    """`state` without a dialogue that this version of the content does not know any more."""
    opened = state.open
    if opened is None:
        return state
    form = mind.knowledge.forms.get(opened.form)
    return closed(state) if form is None or not {*opened.filled, *filter(None, [opened.asks])} <= set(form.slots) else state


def filled(state: State, name: str, value: Value) -> State:
    """The state with `name` answered."""
    assert state.open is not None
    answers = {**state.open.filled, name: value}
    return state.model_copy(update={"open": state.open.model_copy(update={"filled": answers, "asks": None, "offers": (), "left": False})})


def closed(state: State) -> State:
    """The state without a dialogue."""
    return state.model_copy(update={"open": None, "pending": None})


def question(mind: Mind, state: State, *before: Part) -> Say:
    """The open question with its choices, or the summary."""
    name = open_slot(mind, state)
    if name is None:
        return _summary(mind, state, *before)
    assert state.open is not None
    slot, opened = form_of(mind, state).slots[name], state.open
    if opened.offers:
        before = (*before, Part("text", mind.phrase("offers", state.locale, selko=state.selko)))
        return Say(before, _offers(mind, state, name), controls(mind, state))
    parts = [*before, *_parts(mind, state, slot.prompt)]
    if opened.filled.get(name) is not None:
        now = mind.phrase("slot-now", state.locale, value=shown(mind, slot, opened.filled[name], state))
        parts.append(Part("note", now))
    options = _options(mind, state, name, slot)
    if slot.kind in ("count", "moment", "end"):  # a number that is typed is the answer here
        return Say(tuple(parts), controls=(*options, *controls(mind, state)))
    return Say(tuple(parts), options, controls(mind, state))


def _offers(mind: Mind, state: State, name: str) -> tuple[Choice, ...]:
    assert state.open is not None
    labels = [*(cut(offer, LABEL) for offer in state.open.offers[:-1]), mind.phrase("control-as-typed", state.locale)]
    return tuple(Choice(label, f"slot:{state.open.key}/{name}=~{number}") for number, label in enumerate(labels))


def _options(mind: Mind, state: State, name: str, slot: Slot) -> tuple[Choice, ...]:
    assert state.open is not None
    data = f"slot:{state.open.key}/{name}="
    if slot.kind == "place":
        return tuple(Choice(place.label, f"{data}{place.data.removeprefix('place:')}") for place in choosing.municipalities(mind, state.locale))
    return tuple(Choice(getattr(option.label, state.locale), f"{data}{option.value}") for option in slot.options)


def controls(mind: Mind, state: State) -> tuple[Choice, ...]:
    """Ways around: skip what can be skipped, go back, cancel."""
    opened, name = state.open, open_slot(mind, state)
    assert opened is not None
    slot = form_of(mind, state).slots[name] if name else None
    ways = ["skip"] if slot is not None and (slot.optional or slot.card) else []
    ways += ["back"] if opened.filled else []
    return tuple(way(mind, state, one) for one in (*ways, "cancel"))


def way(mind: Mind, state: State, name: str, does: str = "") -> Choice:
    """The button of one way around, called "control-<name>"; what it does where that has another name."""
    assert state.open is not None
    return Choice(mind.phrase(f"control-{name}", state.locale), f"form:{state.open.key}/{does or name}")


def shown(mind: Mind, slot: Slot, value: Value, state: State) -> str:
    """A value as people read it."""
    if value is None:
        return mind.phrase("slot-empty", state.locale)
    label = next((option.label for option in slot.options if option.value == value), None)
    if label is not None:
        return str(getattr(label, state.locale))
    if slot.kind in ("moment", "end"):
        return weekday_moment(dt.datetime.fromisoformat(str(value)), state.locale)
    if slot.kind == "place" and str(value) in mind.knowledge.places:
        return mind.knowledge.places[str(value)].name(state.locale)
    return cut(str(value), SHOWN)


def cut(text: str, longest: int) -> str:
    """`text` in one line, its end left out where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def fixes(mind: Mind, state: State, *, card: bool) -> tuple[Choice, ...]:
    """Buttons of the answers that can be corrected; of those of the card that have none yet."""
    assert state.open is not None
    opened = state.open
    slots = {name: slot for name, slot in form_of(mind, state).slots.items() if not slot.only or opened.about.get(slot.only)}.items()
    names = {name: slot for name, slot in slots if (slot.card and name not in opened.filled if card else name in opened.filled)}
    return tuple(Choice(getattr(slot.label, state.locale), f"fix:{opened.key}/{name}") for name, slot in names.items())


def _summary(mind: Mind, state: State, *before: Part) -> Say:
    opened, form = state.open, form_of(mind, state)
    assert opened is not None
    lines = [
        f"{getattr(slot.label, state.locale)}: {shown(mind, slot, opened.filled[name], state)}"
        for name, slot in form.slots.items()
        if name in opened.filled
    ]
    parts = (*before, Part("text", "\n".join(lines)), *_parts(mind, state, form.summary))
    return Say(parts, confirming(mind, state))


def confirming(mind: Mind, state: State) -> tuple[Choice, ...]:
    """What can be done once everything is answered."""
    confirm, label = way(mind, state, "confirm"), form_of(mind, state).confirm
    confirm = Choice(getattr(label, state.locale), confirm.data) if label else confirm
    cards = fixes(mind, state, card=True)[: CARD - 3]
    return (confirm, *cards, way(mind, state, "correct"), way(mind, state, "cancel"))


def text_of(mind: Mind, state: State, words: Words) -> str:
    """`words` in the person's language, filled with what the dialogue is about."""
    about = {key: str(value) for key, value in (state.open.about if state.open else {}).items()}
    days = {"names": str(keeping.NAMES.days)}
    named = {**days, "operator": mind.operator or "", "contact": mind.contact or ""}
    return spoken(words, state.locale, selko=state.selko).format(**(about | named))


def _parts(mind: Mind, state: State, words: Words | None) -> tuple[Part, ...]:
    return () if words is None else (Part("text", text_of(mind, state, words)),)
