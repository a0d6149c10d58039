"""What is said besides an open dialogue: ways around in words, questions in the middle, a crisis, a dialogue left for long."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import guiding
from dialogs.asking import asks
from dialogs.deciding import IN_SCOPE, decide, kind_of
from dialogs.follow_up import only_place
from dialogs.mind import Mind
from dialogs.model import Part, Reply, Say, State
from dialogs.talk import WISHES, language_command
from dialogs.typed import labelled
from knowledge.forms import Slot
from knowledge.parts import LOCALES
from knowledge.text import fold, normalise, words
from knowledge.understanding import CHAT

LATE = dt.timedelta(hours=12)
"""After how long a dialogue is not gone on with by itself."""
INSTEAD = {"talk:cancel": "cancel", "talk:help": "help"}
"""What general talk means while a dialogue is open."""
MISSED = frozenset({None, "empty", "choice"})
"""Topics of replies to what was not understood."""
LANGUAGES = frozenset({*WISHES, "selko-off"})
"""Talk that only changes the language: the question in that language is answer enough."""
LEADING_AWAY = frozenset({"answer", "area", "original"})
"""Kinds of choices that are left out in the middle of a dialogue."""


def waits(state: State, now: dt.datetime) -> bool:
    """Whether there is a dialogue that waits to be gone on with, so that nothing typed is taken for an answer."""
    return state.open is not None and (state.open.left or (state.last_at is not None and now - state.last_at > LATE))


def resumed(state: State) -> State:
    """The state with its dialogue gone on with."""
    return _marked(state, left=False)


def _marked(state: State, *, left: bool) -> State:
    assert state.open is not None
    return state.model_copy(update={"open": state.open.model_copy(update={"left": left})})


def title(mind: Mind, state: State) -> str:
    """What the person is doing: "ilmoittautuminen iltaan ..."."""
    return guiding.text_of(mind, state, guiding.form_of(mind, state).title)


def within(state: State, data: str, now: dt.datetime) -> str:
    """What a choice with this data means here: a general cancel cancels the dialogue."""
    if state.open is None or data not in INSTEAD or (waits(state, now) and INSTEAD[data] == "help"):
        return data
    return f"form:{state.open.key}/{INSTEAD[data]}"


def way_of(mind: Mind, state: State, text: str, now: dt.datetime) -> str | None:
    """The way around that `text` names in words."""
    if waits(state, now):
        return _way_on(mind, state, text)
    name = guiding.open_slot(mind, state)
    if name is None:
        confirm = guiding.confirming(mind, state)[0]
        if normalise(text) == normalise(confirm.label):
            return "confirm"
        way = _first(mind, text, "cancel", "help", "back", "confirm", "correct", "none")
        asked_which = f"form:{guiding.key_of(state)}/confirm" not in state.offered
        return {"none": "correct", "back": "resume" if asked_which else "back"}.get(way or "", way)
    slot = guiding.form_of(mind, state).slots[name]
    if labelled(slot, text) is not None:
        return None
    if (slot.optional or slot.card) and (_first(mind, text, "none") or text.strip() in ("-", "–")):
        return "skip"
    way = _first(mind, text, "cancel", "help", "back", "skip")
    return way or ("cancel" if slot.kind != "text" and _refuses(mind, text) else None)


def _way_on(mind: Mind, state: State, text: str) -> str | None:
    """The same while a dialogue waits: yes and no answer only when it was just asked whether to go on."""
    assert state.open is not None
    if (way := _first(mind, text, "cancel", "resume", "back", "skip", "correct")) is not None:
        return "cancel" if way == "cancel" else "resume"
    if not any(data.endswith("/resume") for data in state.offered):
        return None
    return {"confirm": "resume", "none": "cancel"}.get(_first(mind, text, "confirm", "none") or "")


def _first(mind: Mind, text: str, *lists: str) -> str | None:
    """The first of `lists` in which `text` stands, polite words aside."""
    said = [fold(word) for word in words(normalise(text))]
    polite = _folded(mind, "polite")
    asked = {" ".join(said), " ".join(word for word in said if word not in polite)}
    return next((name for name in lists if asked & _folded(mind, name)), None)


def _folded(mind: Mind, name: str) -> frozenset[str]:
    return frozenset(fold(phrase) for locale in LOCALES for phrase in mind.knowledge.typed[name].of(locale))


def _refuses(mind: Mind, text: str) -> bool:
    """Whether `text` begins with words that cancel ("en halua ilmoittautua, kun ..."); where the answer is no free text."""
    said = f"{' '.join(fold(word) for word in words(normalise(text)))} "
    return any(" " in phrase and said.startswith(f"{phrase} ") for phrase in _folded(mind, "cancel"))


def interrupts(mind: Mind, state: State, name: str, text: str) -> bool:
    """Whether `text` is no answer to the slot `name`, but a wish for a language or a clear question."""
    slot = guiding.form_of(mind, state).slots[name]
    if slot.kind in ("text", "name", "link"):
        wishes = [f"speak-{language}" for language in ("finnish", "swedish", "english")]
        if _is_one_of(mind, text, wishes):
            return True
    elif language_command(mind, text) is not None:
        return True
    return slot.kind not in ("text", "link", "picture") and (_is_awaited_place(mind, state, slot, text) or _asks(mind, state, slot, text))


def _is_one_of(mind: Mind, text: str, chats: list[str]) -> bool:
    """Whether `text` is, word for word, an utterance of one of `chats`."""
    said = words(normalise(text))
    return any(said == words(normalise(one)) for name in chats for locale in LOCALES for one in mind.knowledge.chats[name].utterances.of(locale))


def _is_awaited_place(mind: Mind, state: State, slot: Slot, text: str) -> bool:
    """Whether a question in the middle asked for a municipality, and here it is."""
    return state.pending is not None and slot.kind not in ("name", "place") and only_place(mind, text.title(), state.locale)


def _asks(mind: Mind, state: State, slot: Slot, text: str) -> bool:
    said = words(normalise(text))
    locale = state.locale if state.locale_chosen else mind.understanding.detect(text, state.locale)
    asking = asks(mind, said, locale) if slot.kind != "name" else bool(mind.knowledge.context["asks"].of(locale) & set(said))
    if slot.kind == "name" and ((asking and "?" in text) or _is_one_of(mind, text, ["greeting", "thanks", "bye", "how-are-you"])):
        return True  # whether or not it can be answered: nobody is called that
    if not (asking or "?" in text):
        return False
    decision = decide(mind, text, locale)
    kind = kind_of(mind, decision.best.name)
    return decision.sure and (decision.scope >= IN_SCOPE if kind == "answer" else kind != "outside")


def afterwards(mind: Mind, before: State, reply: Reply, now: dt.datetime) -> Reply:
    """`reply` with the open question asked again, where it was not itself a step of the dialogue."""
    if before.open is None or reply.state.open != before.open or (reply.topic or "").startswith("form:"):
        return reply
    kind = kind_of(mind, f"{CHAT}{reply.topic}") if reply.topic in mind.knowledge.chats else "answer"
    if kind == "crisis":
        return replace(reply, state=_marked(reply.state, left=True))
    if before.crisis and kind == "chitchat":
        return reply
    return _offering(mind, before, reply, reply.topic in MISSED or kind == "outside") if waits(before, now) else _asked_again(mind, before, reply)


def left(mind: Mind, state: State) -> Reply:
    """What was left half-way, and whether one wants to go on with it."""
    text = mind.phrase("form-left", state.locale, selko=state.selko, title=title(mind, state))
    choices = (guiding.way(mind, state, "resume"), guiding.way(mind, state, "cancel"))
    return Reply(_marked(state, left=True), (Say.of(text, choices),), False, "form:left")


def _offering(mind: Mind, before: State, reply: Reply, missed: bool) -> Reply:
    """A dialogue that waits is offered beside an answer; instead of it where the answer would be that nothing was understood."""
    if missed:
        return left(mind, reply.state.model_copy(update={"locale": before.locale}))
    state = _marked(reply.state, left=True)
    *first, last = reply.says
    later = guiding.way(mind, state, "resume-later", "resume")
    return replace(reply, state=state, says=(*first, replace(last, choices=(*last.choices, later))))


def _aside(say: Say) -> Say:
    """`say` in the middle of a dialogue: its choices have no numbers, and what only leads away is left out."""
    kept = tuple(choice for choice in say.choices if choice.data.partition(":")[0] not in LEADING_AWAY)
    return replace(say, choices=(), controls=(*say.controls, *kept))


def _asked_again(mind: Mind, before: State, reply: Reply) -> Reply:
    """What was said, its choices without numbers, and then the open question in the language of the dialogue."""
    state = reply.state if reply.state.locale_chosen else reply.state.model_copy(update={"locale": before.locale})
    says = () if reply.topic in LANGUAGES else tuple(_aside(say) for say in reply.says)
    notes: tuple[Part, ...] = ()
    if reply.topic in MISSED:
        says, notes = (), (Part("note", mind.phrase("form-missed", state.locale, selko=state.selko)),)
    if guiding.open_slot(mind, state) is not None or reply.topic in LANGUAGES:
        return replace(reply, state=state, says=(*says, guiding.question(mind, state, *notes)))
    waiting = Part("note", mind.phrase("summary-waits", state.locale, selko=state.selko))
    return replace(reply, state=state, says=(*says, Say((*notes, waiting), guiding.confirming(mind, state))))
