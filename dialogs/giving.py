"""What is given in the end: an answer, the question which place or which answer is meant, or that it is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import choosing, placing
from dialogs.answering import choice, needs_place, say_answer
from dialogs.deciding import Decision
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Reply, Say, State
from knowledge.matcher import Match
from knowledge.places import HOME


def placed(mind: Mind, state: State, now: dt.datetime) -> Reply:
    """A place alone: the one that was asked for, or a follow-up ("entä Forssassa?"), or simply news about the person."""
    if state.pending == placing.ITSELF:
        return placing.noted(mind, state.model_copy(update={"pending": None, "asked_back": False}))
    if state.pending:
        return answered(mind, state, Match(state.pending, 1.0), now, named=True)
    if state.topic in mind.knowledge.topics:
        return answered(mind, state, Match(f"{state.topic}/{_facet_of_place(mind, state)}", 1.0), now, named=True)
    return placing.noted(mind, state)


def _facet_of_place(mind: Mind, state: State) -> str:
    """What is told of the topic in the place: the facet of before, unless only another one's answer names the place."""
    place = mind.knowledge.places[state.place or ""]
    answers = mind.knowledge.topics[state.topic or ""].answers
    stem = place.genitive.removesuffix("n")
    telling = [str(facet) for facet, answer in answers.items() if state.place in answer.places or needs_place(answer) or stem in answer.fi]
    facet = state.facet or ""
    return facet if facet in telling or not telling else telling[0]


def answered(mind: Mind, state: State, match: Match, now: dt.datetime, named: bool = False) -> Reply:
    """The answer called `match.name` for this person, where it holds for them; `named` when they have just named the place."""
    match = replace(match, name=placing.for_place(mind, match.name, state.place))
    topic, facet, answer = mind.knowledge.answer(match.name)
    place = mind.knowledge.places.get(state.place or "")
    if needs_place(answer) and (place is None or place.region == state.place):
        return placing.ask(mind, state, match.name)
    elsewhere = place.region if place is not None and place.region != HOME else None
    if elsewhere and (needs_place(answer) or (named and placing.is_of_another(mind, match.name, elsewhere))):
        return placing.outside(mind, state, match)
    name = f"{topic.topic}/{facet}"
    heard = f"{state.locale} {state.place} {name}"
    again = state.heard == heard and not state.quiet
    state = state.model_copy(update={"topic": topic.topic, "facet": str(facet), "heard": heard, "pending": None, "asked_back": False})
    say = say_answer(mind, state, name, now)
    if again:  # the same words alone would help nobody who did not get what they asked for
        say = replace(say, parts=(Part("note", mind.phrase("said-already", state.locale)), *say.parts))
    return Reply(state, (say,), not answer.gap, topic.topic, str(facet), match.score)


def unsure(mind: Mind, state: State, plain: Decision) -> Reply:
    """Did you mean one of these? Or, where nothing is near, that it is not known; after a second miss, whom to ask."""
    near = plain.near()
    if not near:
        return declined(mind, state, "unknown" if state.misses == 0 else ("unknown-further", "unknown-again")[state.misses % 2])
    choices = tuple(choice(mind, name, None, state.locale) for name in near)
    parts = [Part("text", mind.phrase("did-you-mean", state.locale, selko=state.selko))]
    if state.misses:
        parts.append(Part("note", mind.phrase("ask-person", state.locale)))
    return Reply(state, (Say(tuple(parts), _distinct(choices)),), False, None, None, plain.best.score)


def _distinct(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple({c.label: c for c in reversed(choices)}.values())[::-1]


def declined(mind: Mind, state: State, key: str, topic: str | None = None, **filled: str) -> Reply:
    """The phrase `key` and the five areas as a way on."""
    text = mind.phrase(key, state.locale, selko=state.selko, **filled)
    return Reply(state, (Say.of(text, choosing.areas(mind, state.locale)),), False, topic)
