"""What people say that is no question: greetings, commands in words, other worlds, and crises."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from dialogs import choosing, placing
from dialogs.answering import checked_on, say_answer
from dialogs.dates import date
from dialogs.mind import Mind, spoken
from dialogs.model import Part, Reply, Say, State
from knowledge.matcher import Match
from knowledge.parts import LOCALES
from knowledge.text import normalise, words
from knowledge.understanding import CHAT

BRIEF = 6
"""Words up to which a message may be nothing but a wish for a language."""
LEAST = 2
"""Words that a question beside a wish for a language has."""
WISHES = ("selko-on", "speak-finnish", "speak-swedish", "speak-english")
"""Commands that may be said beside a question."""
WISH = 0.5
"""Score from which it is one."""
Command = Callable[[Mind, State, dt.datetime, str], Reply]


def chat(mind: Mind, state: State, match: Match, now: dt.datetime) -> Reply:
    """The reply to talk called "chat:<name>"."""
    name = match.name.removeprefix(CHAT)
    command = COMMANDS.get(name)
    reply = command(mind, state, now, name) if command else _said(mind, state, name)
    return replace(reply, score=match.score)


def language_command(mind: Mind, text: str) -> Match | None:
    """A wish for another language, in whichever language it is said: "suomeksi" must be understood in Swedish too."""
    said = frozenset(words(normalise(text)))
    if len(said) > BRIEF or not any(mind.knowledge.context["languages"].of(locale) & said for locale in LOCALES):
        return None
    found = [mind.understanding.rank(text, locale, 1)[0] for locale in LOCALES]
    wishes = [match for match in found if match.name.startswith(f"{CHAT}speak-") and match.score >= WISH]
    return max(wishes, key=lambda match: match.score, default=None)


def wish(mind: Mind, text: str) -> tuple[str, str] | None:
    """The command that `text` wishes for beside a question, and the question: "mitä on vertaistuki selkokielellä"."""
    said = " ".join(words(normalise(text)))
    for name in WISHES:
        phrases = mind.knowledge.context[name]
        for phrase in (phrase for locale in LOCALES for phrase in phrases.of(locale) if phrase in said):
            rest = re.sub(rf"\b{phrase}\b", "", said).strip()
            if rest != said and len(words(rest)) >= LEAST:
                return name, rest
    return None


def _said(mind: Mind, state: State, name: str) -> Reply:
    """What the file of the talk `name` says, word for word."""
    entry = mind.knowledge.chats[name]
    operator = mind.operator or mind.phrase("operator-unknown", state.locale)
    text = spoken(entry.reply, state.locale, selko=state.selko).replace("{operator}", operator)
    say = Say.of(text, choosing.steps(mind, entry.next, state))
    return Reply(state, (say,), entry.kind != "outside", name)


def _cancel(mind: Mind, state: State, _: dt.datetime, name: str) -> Reply:
    return _said(mind, state.model_copy(update={"topic": None, "facet": None, "pending": None, "open": None}), name)


def _again(**update: object) -> Command:
    """A change of language: the last answer is said again in it, and from now on it is theirs."""

    def command(mind: Mind, state: State, now: dt.datetime, name: str) -> Reply:
        state = state.model_copy(update=update)
        if state.pending is not None:
            return placing.ask(mind, state, state.pending)
        return _said(mind, state, name) if state.topic is None or state.open else _last(mind, state, now)

    return command


def original(mind: Mind, state: State, answer: str, now: dt.datetime) -> Reply:
    """The Finnish original of the answer called `answer`. Raises KeyError when there is none."""
    shown = _told(mind, state.model_copy(update={"locale": "fi", "selko": False}), answer, now)
    return replace(shown, state=state, says=tuple(replace(say, choices=()) for say in shown.says))


def _told(mind: Mind, state: State, answer: str, now: dt.datetime) -> Reply:
    topic, facet, found = mind.knowledge.answer(answer)
    return Reply(state, (say_answer(mind, state, answer, now),), not found.gap, topic.topic, str(facet))


def _last(mind: Mind, state: State, now: dt.datetime) -> Reply:
    return _told(mind, state, f"{state.topic}/{state.facet}", now)


def _original(mind: Mind, state: State, now: dt.datetime, name: str) -> Reply:
    return _said(mind, state, name) if state.topic is None else original(mind, state, f"{state.topic}/{state.facet}", now)


def _source(mind: Mind, state: State, now: dt.datetime, name: str) -> Reply:
    if state.topic is None:
        return _said(mind, state, name)
    reply = _last(mind, state, now)
    checked = mind.phrase("checked", state.locale, date=date(checked_on(mind, f"{state.topic}/{state.facet}"), state.locale))
    parts = [part for say in reply.says for part in say.parts if part.kind in ("source", "note")]
    return replace(reply, says=(Say((*parts, Part("note", checked)), reply.says[0].choices),))


COMMANDS: dict[str, Command] = {
    "cancel": _cancel,
    "speak-finnish": _again(locale="fi", locale_chosen=True),
    "speak-swedish": _again(locale="sv", locale_chosen=True),
    "speak-english": _again(locale="en", locale_chosen=True),
    "selko-on": _again(selko=True, locale="fi", locale_chosen=True),
    "selko-off": _again(selko=False),
    "show-original": _original,
    "show-source": _source,
}
"""Talk with an effect, by the name of its file in knowledge/data/system/; all other talk only says what its file says."""
