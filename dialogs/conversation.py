"""One turn of talk: `respond` decides what to say next. Pure: the same state, turn and time always give the same reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from dialogs import choosing, placing
from dialogs.answering import LOCAL, choice, needs_place, say_answer
from dialogs.choosing import length
from dialogs.commands import ask_language, meaning
from dialogs.correcting import corrected
from dialogs.deciding import FEW, Decision, crisis, decide
from dialogs.follow_up import Manner, follow_up, only_place
from dialogs.knowing import honest
from dialogs.mind import Mind
from dialogs.model import Choice, Effect, Part, Reply, Say, State, Turn, Unread
from dialogs.talk import chat, language_command, original, wish
from dialogs.two_questions import halves
from dialogs.welcome import welcomed
from knowledge.matcher import Match
from knowledge.places import HOME
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
    state = _faded(state, now)
    if turn.unread is not None:
        return _unread(mind, state, turn.unread)
    reply = _tapped(mind, state, turn.data, now) if turn.data is not None else _typed(mind, state, turn.text, now)
    return welcomed(mind, state, reply, now)


def _faded(state: State, now: dt.datetime) -> State:
    late = state.last_at is not None and now - state.last_at > FADES
    if late:
        return state.model_copy(update={"topic": None, "facet": None, "quiet": 0, "pending": None, "misses": 0})
    return state.model_copy(update={"topic": None, "facet": None, "quiet": 0}) if state.quiet >= QUIET else state


def _typed(mind: Mind, state: State, text: str, now: dt.datetime) -> Reply:
    if (data := meaning(mind, text)) is not None:
        return _tapped(mind, _command_instead(state), data, now)
    number = choosing.typed_number(text)
    if number is not None and 1 <= number <= len(state.offered):
        return _tapped(mind, state, state.offered[number - 1], now)
    said = words(normalise(text))
    if not any(c.isalpha() for word in said for c in word):
        key = "no-such-choice" if number is not None and state.offered else "empty"
        return _declined(mind, state, key, topic="empty")
    before, state = state, _in_language(mind, state, text)
    if (found := crisis(mind, text, state.locale)) is not None:
        return chat(mind, state, found, now)
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
    return state.model_copy(update={"locale": mind.understanding.detect(text, state.locale if state.last_at else None)})


def _asked(mind: Mind, state: State, text: str, now: dt.datetime, manner: Manner = Manner.OPEN) -> Reply:
    read = text.title() if state.pending else text  # asked for a place, one may type "lahti"
    named = placing.municipality(mind, read)
    if named is not None:
        state = state.model_copy(update={"place": named})
        if only_place(mind, read, state.locale):
            return _placed(mind, state, now)
    meant = _meant(mind, state, text, manner)
    if state.pending and named is None and not state.asked_back and len(words(text)) <= FEW and not (meant.sure and meant.best.name.startswith(CHAT)):
        return placing.ask(mind, state, state.pending, again=True)
    if not meant.sure:
        elsewhere = placing.is_elsewhere(mind, named) and meant.nearest()
        return placing.outside(mind, state, elsewhere) if elsewhere else _unsure(mind, state, meant)
    if meant.best.name.startswith(CHAT):
        return chat(mind, state, meant.best, now)
    return honest(mind, _answered(mind, state, meant.best, now, named is not None), text, now.year)


def _meant(mind: Mind, state: State, text: str, manner: Manner) -> Decision:
    """What `text` means after what was said; a correction is read as what it puts in the place of that."""
    instead = corrected(mind, text, state.locale)
    if instead is not None:
        meant = follow_up(mind, state, instead, decide(mind, instead, state.locale), Manner.CORRECTS)
        if meant.sure:
            return meant
    return follow_up(mind, state, text, decide(mind, text, state.locale), manner)


def _placed(mind: Mind, state: State, now: dt.datetime) -> Reply:
    """A place alone: the one that was asked for, or a follow-up ("entä Forssassa?"), or simply news about the person."""
    if state.pending == placing.ITSELF:
        return placing.noted(mind, state.model_copy(update={"pending": None, "asked_back": False}))
    if state.pending:
        return _answered(mind, state, Match(state.pending, 1.0), now, named=True)
    if state.topic in mind.knowledge.topics:
        return _answered(mind, state, Match(f"{state.topic}/{state.facet}", 1.0), now, named=True)
    return placing.noted(mind, state)


def _answered(mind: Mind, state: State, match: Match, now: dt.datetime, named: bool = False) -> Reply:
    match = replace(match, name=placing.for_place(mind, match.name, state.place))
    topic, facet, answer = mind.knowledge.answer(match.name)
    place = mind.knowledge.places.get(state.place or "")
    if needs_place(answer) and (place is None or place.region == state.place):
        return placing.ask(mind, state, match.name)
    outside = place is not None and place.region != HOME
    if (outside and named and (answer.region or topic.region) in LOCAL) or (needs_place(answer) and outside):
        return placing.outside(mind, state, match)
    name = f"{topic.topic}/{facet}"
    heard = f"{state.locale} {state.place} {name}"
    again = state.heard == heard and not state.quiet
    state = state.model_copy(update={"topic": topic.topic, "facet": str(facet), "heard": heard, "pending": None, "asked_back": False})
    say = say_answer(mind, state, name, now)
    if again:  # the same words alone would help nobody who did not get what they asked for
        say = replace(say, parts=(Part("note", mind.phrase("said-already", state.locale)), *say.parts))
    return Reply(state, (say,), not answer.gap, topic.topic, str(facet), match.score)


def _unsure(mind: Mind, state: State, plain: Decision) -> Reply:
    near = plain.near()
    if not near:
        return _declined(mind, state, "unknown" if state.misses == 0 else ("unknown-further", "unknown-again")[state.misses % 2])
    choices = tuple(choice(mind, name, None, state.locale) for name in near)
    parts = [Part("text", mind.phrase("did-you-mean", state.locale, selko=state.selko))]
    if state.misses:
        parts.append(Part("note", mind.phrase("ask-person", state.locale)))
    return Reply(state, (Say(tuple(parts), _distinct(choices)),), False, None, None, plain.best.score)


def _distinct(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple({c.label: c for c in reversed(choices)}.values())[::-1]


def _declined(mind: Mind, state: State, key: str, topic: str | None = None) -> Reply:
    text = mind.phrase(key, state.locale, selko=state.selko)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), False, topic)


def _tapped(mind: Mind, state: State, data: str, now: dt.datetime) -> Reply:
    kind, _, value = data.partition(":")
    try:
        return KINDS[kind](mind, state, value, now)
    except (KeyError, ValueError):  # a button of an older version, or a forged one
        return _declined(mind, state, "no-such-choice", topic="choice")


def _welcome(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    text = mind.phrase("welcome-alone", state.locale, selko=state.selko)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), topic="welcome")


def _area(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    area = mind.knowledge.areas[value]
    text = getattr(area.intro, state.locale)
    return Reply(state, (Say.of(text, choosing.area_choices(mind, area, state.locale)),), topic=f"area:{value}")


def _place(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    mind.knowledge.places[value]
    return _placed(mind, state.model_copy(update={"place": value}), now)


def _ask(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    if value == "language":
        return ask_language(mind, state)
    return placing.ask(mind, state, placing.ITSELF, again=value == "place-again")


def _selko(mind: Mind, state: State, _: str, now: dt.datetime) -> Reply:
    return chat(mind, state, Match(f"{CHAT}selko-{'off' if state.selko else 'on'}", 1.0), now)


def _unknown_command(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    names = ", ".join(f"/{getattr(command.name, state.locale)}" for command in mind.knowledge.commands.values())
    text = mind.phrase("unknown-command", state.locale, commands=names)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), False, "unknown-command")


def _invitation(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    text = mind.phrase("admin-welcome", state.locale)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), topic="admin", effects=(Effect("become-admin", value),))


def refused(state: State, reason: str, now: dt.datetime, mind: Mind) -> Reply:
    """What is said instead when an effect of a turn was refused; `state` is the one before that turn."""
    return welcomed(mind, state, _declined(mind, state, f"refused-{reason}", topic="refused"), now)


def _unread(mind: Mind, state: State, what: Unread) -> Reply:
    """A kind word about what is not read; nothing else changes, and the numbers shown before stay good."""
    says = (Say.of(mind.phrase(f"sent-{what}", state.locale, selko=state.selko)),)
    return Reply(state, says, False, "unread")


KINDS: dict[str, Callable[[Mind, State, str, dt.datetime], Reply]] = {
    "answer": lambda mind, state, value, now: _answered(mind, state, Match(value, 1.0), now),
    "welcome": _welcome,
    "area": _area,
    "place": _place,
    "original": lambda mind, state, value, now: replace(original(mind, state, value, now), score=1.0),
    "talk": lambda mind, state, value, now: chat(mind, state, Match(f"{CHAT}{value}", 1.0), now),
    "ask": _ask,
    "selko": _selko,
    "invitation": _invitation,
    "unknown-command": _unknown_command,
}
"""What a choice does, by the beginning of its data."""
