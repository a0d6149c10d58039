"""Finnish, Swedish or English? Naive Bayes over character 1- to 4-grams, learnt from the content's own utterances."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from knowledge.parts import LOCALES, Locale
from knowledge.text import normalise, words

Scores = dict[Locale, float]
_REMEMBERED = 10_000
"""Words, last met, that are not worked out anew."""
_SEEN = 3
"""Times that a gram must have been seen to count; rarer ones cost memory and tell nothing."""
_CLEAR = 2.0
"""Log-odds over the next language from which a message is taken to be in it."""
_CLEAR_OF_FEW = 20.0
"""The same for so few words that begin a conversation: they may be but names."""
_WORDLIKE = 0.85
"""Share of the grams of unknown words that must have been seen in some language for them to tell one."""
_FEW = 2
"""Words that are so few."""
_SWITCH = {0: 99.0, 1: 99.0, 2: 12.0}
"""The same for a message of so few words to change the language of a conversation: it may be but a name."""


class Languages:
    """Tells the language of a short message."""

    def __init__(self, texts: Mapping[Locale, Collection[str]]) -> None:
        counts: dict[Locale, Counter[str]] = {locale: _counted(texts[locale]) for locale in LOCALES}
        self._words = {locale: frozenset(word for text in texts[locale] for word in words(normalise(text))) for locale in LOCALES}
        grams = {gram for gram, times in sum(counts.values(), Counter[str]()).items() if times >= _SEEN}
        self._unseen = {locale: -math.log(sum(counts[locale].values()) + len(grams)) for locale in LOCALES}
        self._of_word = lru_cache(_REMEMBERED)(self._read)
        self._logs = {gram: tuple(math.log(counts[locale][gram] + 1) for locale in LOCALES) for gram in grams}

    def scores(self, text: str) -> Scores:
        """Log-likelihood of `text` in each language; only grams that were seen in some language count."""
        of_words = [self._of_word(word) for word in words(normalise(text))]
        return {locale: sum(scores[locale] for scores in of_words) for locale in LOCALES}

    def _read(self, word: str) -> Scores:
        logs = [self._logs[gram] for gram in _grams(word) if gram in self._logs]
        return {locale: sum(log[n] + self._unseen[locale] for log in logs) for n, locale in enumerate(LOCALES)}

    def detect(self, text: str, current: Locale | None = None, prior: Locale = "fi") -> Locale:
        """The language of `text`; an unclear one (a name, a number, one short word) stays `current`.

        Where nothing was said before, `prior` is what one would guess: it holds for words that are used in it too ("OLKA") and are not
        clearly of another language.
        """
        said = words(normalise(text))
        unknown = not any(known.intersection(said) for known in self._words.values())
        if unknown and current:
            return current
        whole = [locale for locale, known in self._words.items() if known.issuperset(said)]
        if len(whole) == 1 and not current:  # only one language has all of its words, whatever they look like: "explain järjestöfoorumi"
            return whole[0]
        scores = self.scores(text)
        (best, first), (_, second), _ = sorted(scores.items(), key=lambda item: -item[1])
        if unknown:
            return best if first - second >= _CLEAR_OF_FEW and self._wordlike(text) else prior
        if current:
            return best if first - second >= _SWITCH.get(len(said), _CLEAR) else current
        needed = _CLEAR if len(said) > _FEW else _CLEAR_OF_FEW
        return prior if self._words[prior].issuperset(said) and first - scores[prior] < needed else best

    def _wordlike(self, text: str) -> bool:
        """Whether words that nobody has used yet look like words at all ("regionfullmäktige"), not like "hjklö"."""
        grams = _grams(text)
        return sum(gram in self._logs for gram in grams) >= _WORDLIKE * len(grams) > 0


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
