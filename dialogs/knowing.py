"""Near misses: an answer about the right thing that lacks the very number, year or phone number that was asked for is no answer to it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from dialogs.mind import Mind
from dialogs.model import Part, Reply
from knowledge.parts import Locale
from knowledge.text import normalise, sentences, words

_YEAR = re.compile(r"\b(20\d\d)\b")
_NO_NUMBER = re.compile(r"\b(luku|kap\.|ch\.) [\d., ]+|\b(19|20)\d\d\b|\d+\.\d+")
"""Years and chapters are no numbers of things."""
TIMES = frozenset({"when", "amount", "cost"})
"""Facets whose answers hold for one year only."""


class Detail(NamedTuple):
    """Something that may be asked for and is easily missing; words are keys of context.yaml."""

    phrase: str
    """What is said where it is missing."""
    asks: str
    """Words that ask for it."""
    tells: str | None
    """Words of an answer that has it; None where words do not tell."""
    pattern: re.Pattern[str] | None
    """What else in an answer tells it; None where nothing does."""


DETAILS = (
    Detail("decision-unknown", "decisions", None, None),
    # a number or an address may be the matter itself ("where in PTV does the phone number go"): an answer that speaks of it tells it
    Detail("details-unknown", "details", "details", re.compile(r"\b\d{2,3} \d{3}|@|\b112\b")),
    Detail("hours-unknown", "hours", "open", re.compile(r"\b\d{1,2}[.:]\d{2}\b(?!\.)|\b\d{1,2}\s?[–-]\s?\d{1,2}\b")),
    Detail("number-unknown", "prices", "free", re.compile(r"\d\s?(?:€|eur|%)")),
    Detail("number-unknown", "counts", "numbers", re.compile(r"\d")),
    Detail("frequency-unknown", "often", "every", None),
    Detail("age-unknown", "ages", "years", None),
    Detail("address-unknown", "addresses", None, re.compile(r"\w(?:tie|katu|kuja|gatan|vägen)\s?\d")),
    Detail("day-unknown", "days", "months", re.compile(r"\b\d{1,2}\.\d{1,2}")),
)


def honest(mind: Mind, reply: Reply, text: str, year: int) -> Reply:
    """`reply` to `text`; where what was asked is not in it, that is said first, and it counts as not answered."""
    key = _lacking(mind, reply, text, year) if reply.topic in mind.knowledge.topics else None
    if key is None:
        return reply
    first, *rest = reply.says
    note, again = (Part("note", mind.phrase(told, reply.state.locale)) for told in (key, "said-already"))
    parts = (part for part in first.parts if part != again)  # one thing that is not known is enough
    return replace(reply, says=(replace(first, parts=(note, *parts)), *rest), answered=False)


def _lacking(mind: Mind, reply: Reply, text: str, year: int) -> str | None:
    said = " ".join(part.text for say in reply.says for part in say.parts).casefold()
    locale = reply.state.locale
    asked = _question(mind, text, locale)
    years = {int(found) for found in _YEAR.findall(text)} | ({year + 1} if _has(mind, "next-year", asked, locale) else set())
    if reply.facet in TIMES and any(found > year and str(found) not in said for found in years):
        return "year-unknown"
    if not reply.answered:
        return None
    missing = (d.phrase for d in DETAILS if _has(mind, d.asks, asked, locale) and not _tells(mind, d, said, locale))
    return next(missing, None)


def _question(mind: Mind, text: str, locale: Locale) -> str:
    """What is asked in `text`, word by word: its questions alone if it has any, and not what one would go without ("ilman palkkaa")."""
    questions = [sentence for sentence in sentences(text) if sentence.endswith("?")]
    said = words(normalise(" ".join(questions) or text))
    without = mind.knowledge.context["without"].of(locale)
    return " ".join(word for before, word in zip(["", *said], said, strict=False) if before not in without)


def _has(mind: Mind, key: str, text: str, locale: Locale) -> bool:
    """Whether `text` has one of the words or phrases, where * stands for any ending."""
    return _any_of(mind.knowledge.context[key].of(locale)).search(text) is not None


@cache
def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    """One pattern for all of `phrases`, made once for each list."""
    found = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in sorted(phrases))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)")


def _tells(mind: Mind, detail: Detail, said: str, locale: Locale) -> bool:
    plain = _NO_NUMBER.sub(" ", said) if detail.asks == "counts" else said
    worded = detail.tells is not None and _has(mind, detail.tells, plain, locale)
    return worded or (detail.pattern is not None and detail.pattern.search(plain) is not None)
