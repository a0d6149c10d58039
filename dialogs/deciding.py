"""From ranked meanings to a decision: answer, ask which, or say that it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.mind import Mind
from knowledge.matcher import Match
from knowledge.parts import LOCALES, Locale
from knowledge.text import normalise, sentences, words
from knowledge.understanding import CHAT

TALK = 0.25
"""Score from which talk is taken for what it is."""
IN_SCOPE = 0.30
"""Scope from which a message is about what the bot knows; one such message in fifty of another world passes."""
NEAR_SCOPE = 0.15
"""Scope that is enough for a meaning that is clear by itself."""
ACCEPT = 0.22
"""Score from which an answer is given within the scope."""
CLEAR = 0.42
"""Score from which a meaning is clear by itself."""
PLAIN = 0.62
"""Score from which a meaning is plain even at the border of the scope ("kunnan avustukset Riihimäki")."""
BORDER = -0.10
"""Scope down to which it may be."""
MAYBE = 0.12
"""Score from which a meaning within the scope is offered as "did you mean"."""
ALARM = 0.08
"""Alarm from which a message is taken for a crisis; low, because a miss costs more than a false alarm."""
ALARM_OF_STORY = 0.14
"""The same for a story: it has many words, and some of them are always those of a crisis."""
STORY = 30
"""Words from which a message is a story."""
ALARM_OF_FEW = 0.50
"""The same for one to three words, which may mean anything, and for one sentence of a long message."""
LEAD = 1.5
"""How many times likelier than a crisis something else must be to be taken for it; no crisis that we know comes near."""
FEW = 3
"""Words that are few."""
LONG = 18
"""Words from which a message is no small talk, whatever greeting it begins with."""
MOST = 60
"""Sentences read of a very long message, the last ones first."""
EVERY = 10_000
"""More meanings than there are."""
SURE = ((IN_SCOPE, ACCEPT), (0.22, 0.28), (0.18, 0.35), (NEAR_SCOPE, CLEAR), (BORDER, PLAIN))
"""Scope and score that are together enough for an answer."""
QUESTIONS = 3
"""Questions of a long message that are read by themselves too, the last ones."""
TOO_LONG = 150
"""Words from which a message is read sentence by sentence."""
QUESTION = 0.2
"""What a question mark adds to the weight of a sentence of such a message."""


@dataclass(frozen=True)
class Decision:
    """What a message is taken to mean."""

    ranked: tuple[Match, ...]
    """Meanings, best first."""
    sure: bool
    """Whether the best is near enough to be said."""
    scope: float = 1.0
    """How far the message is about what the bot knows at all."""

    @property
    def best(self) -> Match:
        """The best meaning; empty when there is none."""
        return self.ranked[0] if self.ranked else Match("", 0.0)

    def nearest(self) -> Match | None:
        """The answer that comes nearest, however far; None when there is none at all."""
        return next((match for match in self.ranked if not match.name.startswith(CHAT) and match.score >= MAYBE), None)

    def near(self, limit: int = 3) -> list[str]:
        """Names of answers near enough to be offered."""
        least = MAYBE if self.scope >= NEAR_SCOPE else ACCEPT
        if self.scope < 0:
            return []
        return [m.name for m in self.ranked if m.score >= least and not m.name.startswith(CHAT)][:limit]


def decide(mind: Mind, text: str, locale: Locale) -> Decision:
    """What `text` means. A very long message is judged by the sentence of it that is understood best."""
    alarmed = mind.understanding.alarm(text, locale) >= _alarming(text) and not _only_no(mind, text)
    ranked = _calm(mind, mind.understanding.rank(text, locale), alarmed)
    plain = judged(mind, ranked, mind.understanding.scope(text, locale))
    if not _is_long(text) and len(sentences(text)) < 2:
        return plain
    matter = _decide_long(mind, text, locale, alarmed)
    return matter if matter.sure or _is_long(text) else plain


def _alarming(text: str) -> float:
    """The alarm from which a message of its length is taken for a crisis."""
    return ALARM_OF_STORY if len(words(text)) >= STORY else ALARM


def _calm(mind: Mind, ranked: Sequence[Match], alarmed: bool) -> Sequence[Match]:
    """`ranked`, without crises where nothing alarms: a figure of speech ("olin kuolla nauruun") may be likest to one."""
    return ranked if alarmed else [match for match in ranked if kind_of(mind, match.name) != "crisis"] or ranked


def _is_long(text: str) -> bool:
    return len(words(text)) > LONG


def _decide_long(mind: Mind, text: str, locale: Locale, alarmed: bool) -> Decision:
    """What a message of several sentences means, its greetings and thanks left out."""
    pieces = _pieces(text)
    place = " ".join(found.text for found in mind.understanding.places.find(text)[:1])
    weights = {_with(piece, place): 1.0 + (QUESTION if "?" in piece else 0.0) for piece in pieces}
    scope = max(mind.understanding.scope(piece, locale) for piece in weights)
    asked = [sentence for sentence in sentences(text) if sentence.endswith("?")][-QUESTIONS:]
    return judged(mind, _calm(mind, mind.understanding.rank_pieces(weights, asked, locale), alarmed), scope)


def judged(mind: Mind, ranked: Sequence[Match], scope: float) -> Decision:
    """Whether the best of `ranked` is sure, given how far the message is within the scope of what is known."""
    if scope >= IN_SCOPE:
        ranked = [match for match in ranked if kind_of(mind, match.name) != "outside"]
    best = ranked[0]
    if best.name.startswith(CHAT):
        return Decision(tuple(ranked), best.score >= TALK, scope)
    return Decision(tuple(ranked), any(scope >= far and best.score >= enough for far, enough in SURE), scope)


def topic_of(name: str) -> str:
    """The topic of an answer's name; for talk the whole name."""
    return name.partition("/")[0]


def crisis(mind: Mind, text: str, locale: Locale) -> Match | None:
    """The crisis that `text`, or one sentence of a long one, speaks of; None when it speaks of none, or only says no ("en")."""
    if _only_no(mind, text):
        return None
    needed = {text: _alarming(text) if len(words(text)) > FEW else ALARM_OF_FEW}
    if _is_long(text):
        needed |= {sentence: ALARM_OF_FEW for sentence in sentences(text)[:MOST] if sentence != text}
    for piece, alarm in needed.items():
        found = mind.understanding.alarm(piece, locale)
        if found >= alarm and (meant := _crisis_of(mind, piece, locale, found)) is not None:
            return meant
    return None


def _crisis_of(mind: Mind, piece: str, locale: Locale, alarm: float) -> Match | None:
    """The likeliest crisis; None where a low alarm only hears the words of a figure of speech ("tää lomake tappaa mut")."""
    ranked = mind.understanding.rank(piece, locale, EVERY)
    likeliest = next((match for match in ranked if kind_of(mind, match.name) == "crisis"), None)
    figure = kind_of(mind, ranked[0].name) != "crisis" and alarm < ALARM_OF_FEW
    if likeliest is None or (figure and ranked[0].score >= max(TALK, LEAD * likeliest.score)):
        return None
    return likeliest


def _only_no(mind: Mind, text: str) -> bool:
    """Whether `text` is nothing but a no: "en" is likest to "en jaksa", and far from it."""
    return any(normalise(text) in mind.knowledge.typed["none"].of(one) for one in LOCALES)


def heard(mind: Mind, text: str) -> str | None:
    """The name of the talk about the crisis that `text` speaks of, whatever its language; None when it speaks of none."""
    locale = mind.understanding.detect(text, None)
    found = next((match for match in (crisis(mind, text, one) for one in dict.fromkeys((locale, LOCALES[0]))) if match), None)
    return found.name.removeprefix(CHAT) if found else None


def kind_of(mind: Mind, name: str) -> str:
    """What `name` is: "answer", or the kind of talk."""
    return mind.knowledge.chats[name.removeprefix(CHAT)].kind if name.startswith(CHAT) else "answer"


def _with(piece: str, place: str) -> str:
    """`piece` with the place that another sentence named."""
    return piece if place in piece.casefold() else f"{piece} {place}"


def _pieces(text: str) -> list[str]:
    parts = sentences(text)
    if len(words(text)) <= TOO_LONG or len(parts) < 2:
        return [text]
    pairs = [f"{first} {second}" for first, second in pairwise(parts)]
    return list(dict.fromkeys((parts + pairs)[::-1]))[:MOST]
