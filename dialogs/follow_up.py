"""Questions that leave something out: "entä milloin?", "entä kumppanuusavustus?", "entä Forssassa?"."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from dialogs.asking import asks
from dialogs.deciding import CLEAR, EVERY, MAYBE, NEAR_SCOPE, PLAIN, Decision, judged, topic_of
from dialogs.mind import Mind
from dialogs.model import State
from knowledge.matcher import Match
from knowledge.parts import Locale, Region
from knowledge.schema import Facet
from knowledge.text import normalise, words
from knowledge.understanding import CHAT, EXAMPLES_FROM

NAMED = 0.5
"""Likeness from which the rest of a fragment is the name of a topic."""
SPOKEN = 0.35
"""Score from which talk ("kiitos", "mistä tieto on") is no question about the topic."""
FOREIGN = -0.05
"""Scope below which even a short message is about something else ("mikä on pizza")."""
SHORT = 3
"""Words up to which a message may be a fragment without any pointing word."""
ITSELF = 0.1
"""What the topic's own answer to what is asked gains on those of its family when a text names nothing."""
NEAREST = 3
"""Meanings of an unsure text among which one about the topic is looked for."""
LEAD = 4
"""Words that lead on together at most: "hur är det med"."""
LONGEST = 12
"""Words up to which a message with a pointing word may be a fragment."""


STORY = 6
"""Words from which a text may hold what its own small words point to."""


class Manner(Enum):
    """How a text goes on from what was said."""

    OPEN = "to be seen from the text"
    LEANS = "it leans on it, as the second of two questions does"
    CORRECTS = "it puts something in the place of it"


def follow_up(mind: Mind, state: State, text: str, plain: Decision, manner: Manner = Manner.OPEN) -> Decision:
    """What `text` means in the light of what was said last; `plain`, what it means alone, where that is nothing to it.

    A text leans on what was said when it is short or points back, or when the caller says so by its `manner`.
    """
    if state.topic is None or state.topic not in mind.knowledge.topics:
        return _without_topic(mind, text, state.locale, plain)
    if _is_command(plain) or (manner is Manner.OPEN and (_is_clear(text, plain) or _is_story(mind, state, text, plain))):
        return plain
    if plain.best.score < PLAIN and mind.understanding.only_asks(text, state.locale):
        return _about_topic(mind, state, text, plain)
    if manner is Manner.OPEN and not _leans(mind, text, state.locale, plain.scope):
        return _gone_on(mind, state, text, plain)
    return _led_on(mind, state, text, plain, manner)


def _led_on(mind: Mind, state: State, text: str, plain: Decision, manner: Manner) -> Decision:
    """What a text means that leans on what was said and names something: another topic, or more of the same."""
    content = _content(mind, text, state.locale)
    rest = " ".join(content) or text
    if manner is Manner.CORRECTS or len(content) < len(words(normalise(text))):
        if (there := _elsewhere(mind, state, rest)) is not None:
            return there
        if (named := _other_topic(mind, state, rest, plain)) is not None:
            return Decision((named,), sure=True)
    pointers = mind.knowledge.context["pointers"].of(state.locale)
    own = [word for word in words(normalise(rest)) if word not in pointers]
    after = judged(mind, mind.understanding.rank_after(" ".join(own) or rest, state.topic or "", state.locale), 1.0)
    foreign = len(own) == len(content) >= STORY and plain.scope < NEAR_SCOPE and after.best.name not in {match.name for match in plain.ranked}
    return after if after.sure and not foreign else plain  # "entä missä voi neuloa" after grants: nothing in it is of them


def _about_topic(mind: Mind, state: State, text: str, plain: Decision) -> Decision:
    """What a text that names nothing ("kuinka usein", "och för vem?") asks of the topic, or else of its family, whatever else it is likest to."""
    family = mind.understanding.family(state.topic or "")
    ranked = mind.understanding.rank_after(text, state.topic or "", state.locale, EVERY)
    about = [match for match in ranked if topic_of(match.name) in family]
    asked = mind.understanding.asked(text, state.locale)
    own = {f"{state.topic}/{facet}": ITSELF * share for facet, share in asked.items()}
    about.sort(key=lambda match: -match.score - own.get(match.name, 0.0))
    return replace(plain, ranked=tuple(about), sure=True) if about else plain


def _gone_on(mind: Mind, state: State, text: str, plain: Decision) -> Decision:
    """What would only be offered is taken for meant where it goes on about the topic: "where do I sign up" after the volunteers."""
    if plain.sure or plain.scope <= 0 or len(words(text)) > LONGEST:
        return plain
    near = [match.name for match in plain.ranked[:NEAREST] if match.score >= MAYBE]
    family = mind.understanding.family(state.topic or "")
    if not any(topic_of(name) in family for name in near):
        return plain
    after = mind.understanding.rank_after(text, state.topic or "", state.locale)
    meant = after[0].name in near or topic_of(near[0]) == topic_of(after[0].name) == state.topic
    return replace(plain, ranked=tuple(after), sure=True) if meant else plain


def _elsewhere(mind: Mind, state: State, rest: str) -> Decision | None:
    """An example from another region is gone on about ("entä avustuksia?"): the question is read as one about that region."""
    region = mind.knowledge.topics[state.topic or ""].region
    if region not in EXAMPLES_FROM or len(words(rest)) > SHORT or asks(mind, words(rest), state.locale):
        return None
    if mind.understanding.topic(rest, state.locale).score >= NAMED:
        return None
    there = mind.understanding.rank(f"{rest} {mind.phrase(f'short-{region}', state.locale)}", state.locale)
    return Decision(tuple(there), sure=True) if there[0].score >= CLEAR and _region(mind, there[0].name) == region else None


def _region(mind: Mind, name: str) -> Region | None:
    return None if name.startswith(CHAT) else mind.knowledge.region(name)


def only_place(mind: Mind, text: str, locale: Locale) -> bool:
    """Whether `text` holds a place and nothing else worth reading."""
    named = {word for found in mind.understanding.places.find(text) for word in found.text.split()}
    return bool(named) and not [word for word in words(normalise(text)) if word not in named | mind.knowledge.context["fillers"].of(locale)]


def _is_clear(text: str, plain: Decision) -> bool:
    """Whether `text` is a whole question that needs nothing from before, whatever small words stand in it."""
    return len(words(normalise(text))) > SHORT and plain.sure and plain.best.score >= PLAIN


def _is_story(mind: Mind, state: State, text: str, plain: Decision) -> bool:
    """Whether a longer `text` is about another area, and so points only to what it says itself: "mun äiti … mistä sille seuraa"."""
    said = words(normalise(text))
    if len(said) < STORY or not plain.sure or plain.best.score < CLEAR or plain.best.name.startswith(CHAT) or _lead(mind, said, state.locale):
        return False
    paths = mind.knowledge.paths
    return _area(paths[topic_of(plain.best.name)]) != _area(paths[state.topic or ""])


def _area(path: str) -> str:
    return path.split("/")[-2]


def _is_command(plain: Decision) -> bool:
    return plain.best.name.startswith(CHAT) and plain.best.score >= SPOKEN


def _without_topic(mind: Mind, text: str, locale: Locale, plain: Decision) -> Decision:
    """What `text` means with nothing said before: what only points is not guessed ("kuka sitä koordinoi?"), at most offered."""
    if _says_nothing(mind, text, locale):
        return Decision((), sure=False, scope=0.0)
    said = words(normalise(text))
    points = len(said) <= SHORT and bool(mind.knowledge.context["pointers"].of(locale) & set(said))
    vague = points and plain.best.score < CLEAR and not plain.best.name.startswith(CHAT)
    return replace(plain, sure=False) if vague else plain


def _says_nothing(mind: Mind, text: str, locale: Locale) -> bool:
    """Whether `text` ("missä se on") only asks and points, so that without a topic it means nothing."""
    context = mind.knowledge.context
    small = frozenset().union(*(context[key].of(locale) for key in ("leads", "pointers", "asks", "fillers")))
    return set(words(normalise(text))) <= small


def _leans(mind: Mind, text: str, locale: Locale, scope: float) -> bool:
    said = words(normalise(text))
    context = mind.knowledge.context
    asking = asks(mind, said, locale)
    points = bool(_lead(mind, said, locale)) or bool(context["pointers"].of(locale) & set(said))
    few = SHORT + (asking and locale != "fi")  # "what are the conditions": articles are words too
    short = len(said) <= few and (scope >= NEAR_SCOPE or ((asking or points) and scope > FOREIGN))
    return short or (points and len(said) <= (LONGEST if scope > FOREIGN else SHORT + 1))


def _content(mind: Mind, text: str, locale: Locale) -> list[str]:
    """The words of `text` without the ones that only lead on."""
    said = words(normalise(text))
    while lead := _lead(mind, said, locale):
        said = said[lead:]
    return said


def _lead(mind: Mind, said: list[str], locale: Locale) -> int:
    """How many of the first words only lead on: "entä", "what about"."""
    leads = mind.knowledge.context["leads"].of(locale)
    return next((size for size in range(LEAD, 0, -1) if len(said) >= size and " ".join(said[:size]) in leads), 0)


def _other_topic(mind: Mind, state: State, rest: str, plain: Decision) -> Match | None:
    """ "entä kumppanuusavustus?": another topic is named and nothing is asked about it, so the facet stays."""
    if asks(mind, words(rest), state.locale):
        return None
    named = mind.understanding.topic(rest, state.locale)
    if named.score < NAMED or named.name == state.topic or len(words(rest)) > SHORT:
        return None
    answers = mind.knowledge.topics[named.name].answers
    facet = next((f for f in (state.facet,) if f in answers), next(iter(answers)))
    return Match(f"{named.name}/{Facet(facet)}", max(named.score, plain.best.score))
