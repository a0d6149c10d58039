"""Questions that leave something out: "entä milloin?", "entä kumppanuusavustus?", "entä Forssassa?"."""

from __future__ import annotations

from dialogs.deciding import Decision, topic_of
from dialogs.mind import Mind
from dialogs.model import State
from knowledge.matcher import Match
from knowledge.parts import Locale
from knowledge.schema import Facet
from knowledge.text import normalise, words
from knowledge.understanding import CHAT

CLEAR = 0.45
"""Score from which a message is clear without what was said before."""
NAMED = 0.5
"""Likeness from which the rest of a fragment is the name of a topic."""
FACET = 0.3
"""Score from which a fragment asks for a facet."""
WITHIN = 0.2
"""Score from which an answer of the topic that was talked about is what is asked now."""
SHORT = 3
"""Words up to which a message may be a fragment without any pointing word."""
LONGEST = 12
"""Words up to which a message with a pointing word may be a fragment."""


def follow_up(mind: Mind, state: State, text: str, plain: Decision) -> Match | None:
    """The answer that `text` means in the light of the last one, or None when it must stand alone."""
    if state.topic not in mind.knowledge.topics or not _leans(mind, text, state.locale):
        return None
    rest = " ".join(_content(mind, text, state.locale)) or text
    return _other_topic(mind, state, rest, plain) or _same_topic(mind, state, text, rest, plain)


def only_place(mind: Mind, text: str, locale: Locale) -> bool:
    """Whether `text` holds a place and nothing else worth reading."""
    named = {word for found in mind.understanding.places.find(text) for word in found.text.split()}
    return bool(named) and not [word for word in words(normalise(text)) if word not in named | mind.knowledge.context["fillers"].of(locale)]


def _leans(mind: Mind, text: str, locale: Locale) -> bool:
    said = words(normalise(text))
    context = mind.knowledge.context
    points = bool(said) and (said[0] in context["leads"].of(locale) or bool(context["pointers"].of(locale) & set(said)))
    return len(said) <= SHORT or (points and len(said) <= LONGEST)


def _content(mind: Mind, text: str, locale: Locale) -> list[str]:
    """The words of `text` without the ones that only lead on."""
    said = words(normalise(text))
    leads = mind.knowledge.context["leads"].of(locale)
    while said and said[0] in leads:
        said = said[1:]
    return said


def _other_topic(mind: Mind, state: State, rest: str, plain: Decision) -> Match | None:
    """ "entä kumppanuusavustus?": another topic is named and nothing is asked about it, so the facet stays."""
    named = mind.understanding.topic(rest, state.locale)
    if named.score < NAMED or named.name == state.topic or len(words(rest)) > SHORT:
        return None
    answers = mind.knowledge.topics[named.name].answers
    facet = next((f for f in (state.facet,) if f in answers), next(iter(answers)))
    return Match(f"{named.name}/{Facet(facet)}", max(named.score, plain.best.score))


def _same_topic(mind: Mind, state: State, text: str, rest: str, plain: Decision) -> Match | None:
    topic = state.topic or ""
    if plain.best.score >= CLEAR and topic_of(plain.best.name) not in mind.understanding.family(topic):
        return None
    facet, surely = mind.understanding.facet(rest, state.locale)
    if surely >= FACET and facet in mind.knowledge.topics[topic].answers:
        return Match(f"{topic}/{facet}", surely)
    within = [m for m in mind.understanding.within(text, topic, state.locale) if m.score >= WITHIN]
    if plain.sure and not plain.best.name.startswith(CHAT) and (not within or plain.best.score >= within[0].score):
        return None
    return within[0] if within else None
