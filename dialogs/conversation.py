"""One turn of talk: `respond` decides what to say next. Pure: the same state, turn and time always give the same reply."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import choosing, commands, guiding, interrupting, placing, rooms, steering
from dialogs.choosing import length
from dialogs.commands import meaning, parted
from dialogs.correcting import corrected
from dialogs.deciding import FEW, Decision, crisis, decide, heard, kind_of
from dialogs.effects import Outcome
from dialogs.follow_up import Manner, follow_up, only_place
from dialogs.giving import answered, declined, placed, unsure
from dialogs.knowing import honest
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from dialogs.siblings import with_sibling
from dialogs.talk import chat, language_command, wish
from dialogs.tapping import tapped, unread
from dialogs.two_questions import halves
from dialogs.welcome import welcomed
from knowledge.matcher import Match
from knowledge.text import normalise, words
from knowledge.understanding import CHAT

LONGEST = 950
"""Characters that the messages of one turn may have together."""
WHOLE = 0.5
"""Share of the whole message's score that each of two questions must reach to be one of two."""
FADES = dt.timedelta(minutes=30)
"""How long what was talked about is remembered."""
QUIET = 5
"""Turns about other things (a greeting, thanks, a miss) after which it is forgotten."""


def respond(state: State, turn: Turn, now: dt.datetime, mind: Mind) -> Reply:
    """What to say to `turn`, and what to remember. `now` in Finnish local time. Never raises for anything a person can type."""
    state = guiding.known(mind, _faded(state, now))
    if turn.picture is not None and (taken := steering.pictured(mind, state, turn.picture, now)) is not None:
        return _finished(mind, state, taken, now)
    if turn.unread is not None:
        return unread(mind, state, turn.unread)
    reply = tapped(mind, state, turn.data, now) if turn.data is not None else _typed(mind, state, turn.text, now)
    return _finished(mind, state, reply, now)


def _finished(mind: Mind, before: State, reply: Reply, now: dt.datetime) -> Reply:
    """`reply` with what belongs at its end: a dialogue's open question, the welcome; nothing while an effect is still to come."""
    return reply if reply.effect else welcomed(mind, before, interrupting.afterwards(mind, before, reply, now), now)


def _faded(state: State, now: dt.datetime) -> State:
    late = state.last_at is not None and now - state.last_at > FADES
    if late:
        return state.model_copy(update={"topic": None, "facet": None, "quiet": 0, "pending": None, "misses": 0})
    return state.model_copy(update={"topic": None, "facet": None, "quiet": 0}) if state.quiet >= QUIET else state


def told(state: State, outcome: Outcome, now: dt.datetime, mind: Mind) -> Reply:
    """What is said of what came of an effect; `state` is that of the reply which asked for it. May ask for another effect."""
    return _finished(mind, state, rooms.OUTCOMES[type(outcome)](mind, state, outcome, now), now)


def refused(state: State, reason: str, now: dt.datetime, mind: Mind) -> Reply:
    """What is said instead when an effect of a turn was refused; `state` is the one before that turn."""
    operator = mind.operator or mind.phrase("operator-unknown", state.locale)
    return _finished(mind, state, declined(mind, state, f"refused-{reason}", topic="refused", operator=operator), now)


def _typed(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply:
    if (data := choosing.chosen(state, text)) is not None:
        return tapped(mind, state, data, now)
    if not any(c.isalpha() for word in words(normalise(text)) for c in word):
        key = "no-such-choice" if choosing.typed_number(text) is not None and state.offered else "empty"
        return steering.typed(mind, state, text, now) or declined(mind, state, key, topic="empty")
    command, rest = parted(text)
    spoken = _in_language(mind, state, rest)
    if (found := crisis(mind, rest, spoken.locale) or _crisis_in_answer(mind, state, rest)) is not None:
        return chat(mind, spoken, found, now)
    if command:
        return tapped(mind, _command_instead(state), meaning(mind, command, rest), now)
    return steering.typed(mind, state, text, now) or _spoken(mind, state, spoken, text, now)


def _crisis_in_answer(mind: Mind, state: State, text: str) -> Match | None:
    """A crisis in whatever language inside a dialogue, whose answers are kept: what is not to be stored is no answer."""
    name = heard(mind, text) if state.open else None
    return Match(f"{CHAT}{name}", 1.0) if name else None


def _spoken(mind: Mind, before: State, state: State, text: str, now: dt.datetime) -> Reply:
    """What is answered to `text`, which is neither a number nor a command nor a crisis; `before` is the state in the language of before."""
    if (does := commands.said(mind, text)) is not None:
        return tapped(mind, _command_instead(state), does, now)
    if (wished := _wished(mind, state, text, now)) is not None:
        return wished
    if (wanted := language_command(mind, text)) is not None:
        return chat(mind, before, wanted, now)
    return _both(mind, state, text, now) or _asked(mind, state, text, now)


def _command_instead(state: State) -> State:
    """A command instead of the municipality that was asked for: the question is dropped."""
    return state.model_copy(update={"pending": None}) if state.pending == placing.ITSELF else state


def _wished(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply | None:
    """A question with a wish for a language beside it: understood in the language it is in, answered in the other."""
    found = wish(mind, text)
    if found is None:
        return None
    name, question = found
    if not decide(mind, question, state.locale).sure:
        return None
    reply = _asked(mind, state, question, now)
    return chat(mind, reply.state, Match(f"{CHAT}{name}", reply.score), now) if _known(mind, reply) else None


def _both(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply | None:
    """Two questions answered one after the other, when both are understood and lead to different answers."""
    parts = halves(mind, text, state.locale)
    if parts is None:
        return None
    first = _asked(mind, state, parts[0], now)
    second = _asked(mind, first.state, parts[1], now, Manner.LEANS)
    if not (_from_content(mind, first) and _from_content(mind, second)) or (first.topic, first.facet) == (second.topic, second.facet):
        return None
    if min(first.score, second.score) < decide(mind, text, state.locale).best.score * WHOLE:
        return None
    says = (*(replace(say, choices=()) for say in first.says), *second.says)
    return replace(second, says=says, score=min(first.score, second.score)) if length(says) <= LONGEST else None


def _known(mind: Mind, reply: Reply) -> bool:
    return reply.topic in mind.knowledge.topics


def _from_content(mind: Mind, reply: Reply) -> bool:
    return reply.answered and _known(mind, reply)


def _in_language(mind: Mind, state: State, text: str) -> State:
    if state.locale_chosen:
        return state
    current = state.locale if state.last_at else None  # somebody new: the language of their Telegram is a guess, not what was spoken
    return state.model_copy(update={"locale": mind.understanding.detect(text, current, state.locale)})


def _asked(mind: Mind, state: State, text: str, now: dt.datetime, manner: Manner = Manner.OPEN) -> Reply:
    read = text.title() if state.pending else text  # asked for a place, one may type "lahti"
    named = placing.municipality(mind, read)
    if named is not None:
        state = state.model_copy(update={"place": named})
        if only_place(mind, corrected(mind, text, state.locale) or read, state.locale):
            return placed(mind, state, now)
    meant = _meant(mind, state, text, manner)
    talks = meant.sure and meant.best.name.startswith(CHAT) and kind_of(mind, meant.best.name) != "outside"  # "turenki" is no talk of trains here
    if state.pending and named is None and not state.asked_back and len(words(text)) <= FEW and not talks:
        return placing.ask(mind, state, state.pending, again=True)
    if not meant.sure:
        elsewhere = placing.is_elsewhere(mind, named) and meant.nearest()
        return placing.outside(mind, state, elsewhere) if elsewhere else unsure(mind, state, meant)
    if meant.best.name.startswith(CHAT):
        return chat(mind, state, meant.best, now)
    said = placing.other_region(mind, state, text, meant.best) or answered(mind, state, meant.best, now, named is not None)
    return honest(mind, with_sibling(mind, said, meant, now), text, now.year)


def _meant(mind: Mind, state: State, text: str, manner: Manner) -> Decision:
    """What `text` means after what was said; a correction is read as what it puts in the place of that."""
    instead = corrected(mind, text, state.locale)
    if instead is not None:
        plain = decide(mind, instead, state.locale)
        whole = plain.sure and len(words(instead)) > FEW  # says all that it puts in the place of what was understood
        meant = plain if whole else follow_up(mind, state, instead, plain, Manner.CORRECTS)
        if meant.sure:
            return meant
    return follow_up(mind, state, text, decide(mind, text, state.locale), manner)
