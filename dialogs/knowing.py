"""Near misses: an answer about the right thing that lacks the very number, year or phone number that was asked for is no answer to it."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.mind import Mind
from dialogs.model import Part, Reply
from knowledge.parts import Locale
from knowledge.text import normalise, words

_YEAR = re.compile(r"\b(20\d\d)\b")
_DETAIL = re.compile(r"\b\d{2,3} \d{3}|@|\b112\b")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b(?!\.)|\b\d{1,2}\s?[–-]\s?\d{1,2}\b")
TIMES = frozenset({"when", "amount", "cost"})
"""Facets whose answers hold for one year only."""


def honest(mind: Mind, reply: Reply, text: str, year: int) -> Reply:
    """`reply` to `text`; where what was asked is not in it, that is said first, and it counts as not answered."""
    key = _lacking(mind, reply, text, year) if reply.answered and reply.topic in mind.knowledge.topics else None
    if key is None:
        return reply
    first, *rest = reply.says
    note = Part("note", mind.phrase(key, reply.state.locale))
    return replace(reply, says=(replace(first, parts=(note, *first.parts)), *rest), answered=False)


def _lacking(mind: Mind, reply: Reply, text: str, year: int) -> str | None:
    said = " ".join(part.text for say in reply.says for part in say.parts).casefold()
    coming = [found for found in _YEAR.findall(text) if int(found) > year and found not in said]
    if coming and reply.facet in TIMES:
        return "year-unknown"
    locale = reply.state.locale
    if _asks_for(mind, "details", text, locale) and not _DETAIL.search(said):
        return "details-unknown"
    if _asks_for(mind, "hours", text, locale) and not (_CLOCK.search(said) or _tells(mind, "open", said, locale)):
        return "hours-unknown"
    counted = _asks_for(mind, "counts", text, locale) and not _has_number(mind, said, locale)
    priced = _asks_for(mind, "prices", text, locale) and not (_has_number(mind, said, locale) or _tells(mind, "free", said, locale))
    return "number-unknown" if counted or priced else None


def _asks_for(mind: Mind, what: str, text: str, locale: Locale) -> bool:
    """Whether `text` has one of the words or phrases that ask for it: "montako", "how many", "puhelinnumero"."""
    asked = f" {' '.join(words(normalise(text)))} "
    return any(f" {phrase} " in asked for phrase in mind.knowledge.context[what].of(locale))


def _tells(mind: Mind, what: str, said: str, locale: Locale) -> bool:
    return any(word in said for word in mind.knowledge.context[what].of(locale))


def _has_number(mind: Mind, said: str, locale: Locale) -> bool:
    """Whether the answer counts anything; years and chapters are no numbers of things."""
    plain = re.sub(r"\b(luku|kapitel|chapter) [\d., ]+|\b(19|20)\d\d\b|\d+\.\d+", " ", said)
    numbers = mind.knowledge.context["numbers"].of(locale)
    return bool(re.search(r"\d", plain)) or any(word in numbers for word in words(plain))
