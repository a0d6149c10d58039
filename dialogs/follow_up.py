"""Questions that leave something out: "entä milloin?", "entä kumppanuusavustus?", "entä Forssassa?"."""

from __future__ import annotations

from dialogs.deciding import NEAR_SCOPE, Decision, judged
from dialogs.mind import Mind
from dialogs.model import State
from knowledge.matcher import Match
from knowledge.parts import Locale
from knowledge.schema import Facet
from knowledge.text import normalise, words
from knowledge.understanding import CHAT

NAMED = 0.5
"""Likeness from which the rest of a fragment is the name of a topic."""
SPOKEN = 0.35
"""Score from which talk ("kiitos", "mistä tieto on") is no question about the topic."""
FOREIGN = -0.05
"""Scope below which even a short message is about something else ("mikä on pizza")."""
SHORT = 3
"""Words up to which a message may be a fragment without any pointing word."""
LONGEST = 12
"""Words up to which a message with a pointing word may be a fragment."""


def follow_up(mind: Mind, state: State, text: str, plain: Decision, leaning: bool = False) -> Decision:
    """What `text` means in the light of what was said last; `plain`, what it means alone, where that is nothing to it.

    A text leans on what was said when it is short or points back, or when the caller says so.
    """
    if state.topic is None or state.topic not in mind.knowledge.topics:
        return Decision((), sure=False, scope=0.0) if _says_nothing(mind, text, state.locale) else plain
    if _is_command(plain) or not (leaning or _leans(mind, text, state.locale, plain.scope)):
        return plain
    content = _content(mind, text, state.locale)
    rest = " ".join(content) or text
    named = _other_topic(mind, state, rest, plain) if len(content) < len(words(normalise(text))) else None
    if named is not None:
        return Decision((named,), sure=True)
    after = judged(mind, mind.understanding.rank_after(rest, state.topic, state.locale), 1.0)
    return after if after.sure else plain


def only_place(mind: Mind, text: str, locale: Locale) -> bool:
    """Whether `text` holds a place and nothing else worth reading."""
    named = {word for found in mind.understanding.places.find(text) for word in found.text.split()}
    return bool(named) and not [word for word in words(normalise(text)) if word not in named | mind.knowledge.context["fillers"].of(locale)]


def _is_command(plain: Decision) -> bool:
    return plain.best.name.startswith(CHAT) and plain.best.score >= SPOKEN


def _says_nothing(mind: Mind, text: str, locale: Locale) -> bool:
    """Whether `text` ("missä se on") only asks and points, so that without a topic it means nothing."""
    context = mind.knowledge.context
    small = frozenset().union(*(context[key].of(locale) for key in ("leads", "pointers", "asks", "fillers")))
    return set(words(normalise(text))) <= small


def _leans(mind: Mind, text: str, locale: Locale, scope: float) -> bool:
    said = words(normalise(text))
    context = mind.knowledge.context
    asks = bool(context["asks"].of(locale) & set(said))
    points = bool(said) and (said[0] in context["leads"].of(locale) or bool(context["pointers"].of(locale) & set(said)))
    short = len(said) <= SHORT and (scope >= NEAR_SCOPE or ((asks or points) and scope > FOREIGN))
    return short or (points and len(said) <= LONGEST)


def _content(mind: Mind, text: str, locale: Locale) -> list[str]:
    """The words of `text` without the ones that only lead on."""
    said = words(normalise(text))
    leads = mind.knowledge.context["leads"].of(locale)
    while said and said[0] in leads:
        said = said[1:]
    return said


def _other_topic(mind: Mind, state: State, rest: str, plain: Decision) -> Match | None:
    """ "entä kumppanuusavustus?": another topic is named and nothing is asked about it, so the facet stays."""
    if mind.knowledge.context["asks"].of(state.locale) & set(words(rest)):
        return None
    named = mind.understanding.topic(rest, state.locale)
    if named.score < NAMED or named.name == state.topic or len(words(rest)) > SHORT:
        return None
    answers = mind.knowledge.topics[named.name].answers
    facet = next((f for f in (state.facet,) if f in answers), next(iter(answers)))
    return Match(f"{named.name}/{Facet(facet)}", max(named.score, plain.best.score))
