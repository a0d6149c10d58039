"""Base forms and compound parts of words.

Finnish words are looked up in a generated file (every word of the content stands there, see `lexicon`), and only words that are
not in it are analysed, with Voikko, when they are met. Swedish and English get Snowball stems.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from knowledge.parts import Locale
from knowledge.voikko import Voikko

_MOST = 4
"""Readings kept of one word: a word with more is ambiguous beyond use."""


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one word form."""

    bases: tuple[str, ...]
    """Base forms, one per reading, sorted: "hallitusta" → ("hallittu", "hallitus"). The word itself when unknown."""
    parts: tuple[str, ...] = ()
    """Base forms of compound parts and roots: "yhdistysilta" → ("ilta", "yhdistys", "yhdistää")."""
    known: bool = False
    """Whether the dictionary knows the word; an unknown one may be a typing error."""


Analyse = Callable[[str], Word]


@lru_cache(maxsize=20_000)
def finnish(word: str) -> Word:
    """Voikko's readings of `word` (lower case); a name is tried with a capital letter when nothing else fits."""
    voikko = _voikko()
    readings = (voikko.readings(word) or voikko.readings(word.capitalize()))[:_MOST]
    bases = {_clean(reading.base) for reading in readings}
    parts = {_clean(part) for reading in readings for part in (*reading.parts, *reading.roots)}
    if not bases:
        return Word((word,), tuple(sorted(p for piece in word.split("-") if piece != word for p in finnish(piece).bases)))
    return Word(tuple(sorted(bases)), tuple(sorted(parts - bases)), known=True)


@lru_cache(maxsize=1)
def _voikko() -> Voikko:
    """Voikko, read when the first unseen word is met, in a fifth of a second. What only its reading needed is given back."""
    found = Voikko()
    with suppress(OSError, AttributeError):  # no such function on this system: then it costs 12 MB more
        ctypes.CDLL(None).malloc_trim(0)
    return found


def _clean(base: str) -> str:
    """Voikko marks word boundaries inside base forms with = and doubles a hyphen that is written."""
    return base.replace("=", "").replace("--", "-").casefold()


def stemming(locale: Locale) -> Analyse:
    """A stemmer for Swedish or English with the same shape as `finnish`; a stem counts as known."""
    stem = snowballstemmer.stemmer({"sv": "swedish", "en": "english", "fi": "finnish"}[locale]).stemWord

    @lru_cache(maxsize=20_000)
    def analyse(word: str) -> Word:
        pieces = [piece for piece in re.split(r"[-']", word) if piece]
        return Word((stem(word),), tuple(stem(p) for p in pieces) if len(pieces) > 1 else ())

    return analyse


def with_lexicon(lexicon: Mapping[str, Word], analyse: Analyse) -> Analyse:
    """Look words up in `lexicon` before asking `analyse`."""
    return lambda word: lexicon.get(word) or analyse(word)


def analyser(locale: Locale, lexicon: Mapping[str, Word] | None = None) -> Analyse:
    """The way words of `locale` are analysed."""
    return with_lexicon(lexicon or {}, finnish) if locale == "fi" else stemming(locale)
