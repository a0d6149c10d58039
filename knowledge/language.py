"""Finnish, Swedish or English? Naive Bayes over character 1- to 4-grams, learnt from the content's own utterances."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from knowledge.parts import LOCALES, Locale
from knowledge.text import normalise, words

Scores = dict[Locale, float]
_SEEN = 3
"""Times that a gram must have been seen to count; rarer ones cost memory and tell nothing."""
_CLEAR = 2.0
"""Log-odds over the next language from which a message is taken to be in it."""
_SWITCH = {0: 99.0, 1: 99.0, 2: 12.0}
"""The same for a message of so few words to change the language of a conversation: it may be but a name."""


class Languages:
    """Tells the language of a short message."""

    def __init__(self, texts: Mapping[Locale, Collection[str]]) -> None:
        counts: dict[Locale, Counter[str]] = {locale: _counted(texts[locale]) for locale in LOCALES}
        self._words = frozenset(word for found in texts.values() for text in found for word in words(normalise(text)))
        grams = {gram for gram, times in sum(counts.values(), Counter[str]()).items() if times >= _SEEN}
        self._unseen = {locale: -math.log(sum(counts[locale].values()) + len(grams)) for locale in LOCALES}
        self._logs = {gram: tuple(math.log(counts[locale][gram] + 1) for locale in LOCALES) for gram in grams}

    def scores(self, text: str) -> Scores:
        """Log-likelihood of `text` in each language; only grams that were seen in some language count."""
        grams = [gram for gram in _grams(text) if gram in self._logs]
        totals = [sum(logs) for logs in zip(*(self._logs[g] for g in grams), strict=True)] if grams else [0.0] * len(LOCALES)
        return {locale: total + len(grams) * self._unseen[locale] for locale, total in zip(LOCALES, totals, strict=True)}

    def detect(self, text: str, current: Locale | None = None) -> Locale:
        """The language of `text`; an unclear one (a name, a number, one short word) stays `current`, or Finnish."""
        if not self._words.intersection(words(normalise(text))):
            return current or "fi"
        ranked = sorted(self.scores(text).items(), key=lambda item: -item[1])
        (best, first), (_, second) = ranked[0], ranked[1]
        needed = _SWITCH.get(len(words(normalise(text))), _CLEAR) if current else _CLEAR
        return best if first - second >= needed else current or ("fi" if first == second else best)


def _counted(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, times in Counter(word for text in texts for word in words(normalise(text))).items():
        for gram in _grams(word):
            counts[gram] += times
    return counts


def _grams(text: str) -> list[str]:
    return [
        padded[i : i + n] for word in words(normalise(text)) for padded in (f" {word} ",) for n in (1, 2, 3, 4) for i in range(len(padded) - n + 1)
    ]
