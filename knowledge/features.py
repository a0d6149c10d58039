"""Words → sparse features in families; each family is weighted by rarity and scaled to its weight before they are joined.

Families: base forms, compound parts and roots, pairs of base forms (neighbours, or with one word between), and
character n-grams of the word as typed (dots folded).
A feature is known by a 32-bit number made from its text, not by the text, which would take most of the memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from knowledge.morphology import Analyse
from knowledge.text import fold, normalise, words

Numbers = npt.NDArray[np.uint32]
Values = npt.NDArray[np.float32]
Vector = tuple[npt.NDArray[np.int64], Values]
"""Columns and values of what is not zero."""

WORD, PART, BIGRAM, GRAM = range(4)
WEIGHTS = np.array([0.6, 0.5, 0.5, 1.2], dtype=np.float32)
"""How much each family counts, in that order. Chosen on data, see docs/why.md."""
NEAREST = 80
"""rapidfuzz ratio (0-100) from which an unknown word may be read as a word of the vocabulary."""
MISTAKES = 12
"""Letters for each further mistake that a word may have besides the first."""
GRAMS = (2, 3, 4, 5)
"""Lengths of character n-grams."""
COMMON = 0.25
"""Share of utterances from which a feature is too common to tell anything."""


REMEMBERED = 10_000
"""Words, last met, that are not worked out anew."""


def number(family: int, text: str) -> int:
    """The number of a feature: the family in the two highest bits, a checksum of the text in the rest."""
    return family << 30 | crc32(text.encode()) & 0x3FFFFFFF


def ngrams(word: str) -> Iterator[str]:
    """Character n-grams of the folded word with its edges marked."""
    marked = f"<{fold(word)}>"
    return (marked[i : i + n] for n in GRAMS for i in range(len(marked) - n + 1))


class Features:
    """Turns text into vectors over what it saw when it was fitted."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._mend = lru_cache(REMEMBERED)(self._nearest)
        self._of_word = lru_cache(REMEMBERED)(self._read)
        self._numbers: Numbers = np.zeros(0, dtype=np.uint32)
        self._rarity: Values = np.zeros(0, dtype=np.float32)
        self._words: tuple[str, ...] = ()
        self._dotted: frozenset[str] = frozenset()
        self._spelling: dict[str, str] = {}
        self._long: list[str] = []

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self._numbers)

    def fit(self, texts: Sequence[str]) -> list[Vector]:
        """Learn vocabulary and rarity from `texts`; returns their vectors."""
        lines = [words(normalise(text)) for text in texts]
        self._learn([word for word, _ in Counter(sorted(word for line in lines for word in line)).most_common()])
        of_word = {word: self._of_word(word) for word in self._words}
        counted = [self._count(line, of_word) for line in lines]
        self._numbers, seen = np.unique(np.concatenate([numbers for numbers, _ in counted]), return_counts=True)
        self._rarity = np.sqrt(np.log((1 + len(texts)) / (seen + 0.5)) + 0.3).astype(np.float32)
        self._rarity[(seen < 2) & (self._numbers >> 30 == GRAM)] = 0  # seen once: it can match nothing, only lengthen
        self._rarity[seen > max(COMMON * len(texts), 3)] = 0
        return [self._weighted(numbers, counts) for numbers, counts in counted]

    def of(self, text: str) -> Vector:
        """The vector of a new text; words close to a known one are read as that."""
        return self._weighted(*self._count([self._mend(word) for word in words(normalise(text))], {}))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What was learnt, as arrays; `restored` takes them back."""
        vocabulary = np.frombuffer("\n".join(self._words).encode(), dtype=np.uint8)
        return {"numbers": self._numbers, "rarity": self._rarity, "vocabulary": vocabulary}

    @classmethod
    def restored(cls, arrays: Mapping[str, npt.NDArray[Any]], analyse: Analyse) -> Features:
        """The same features as those whose `arrays` these are."""
        features = cls(analyse)
        features._numbers, features._rarity = arrays["numbers"], arrays["rarity"]
        features._learn(arrays["vocabulary"].tobytes().decode().split("\n"))
        return features

    def _learn(self, vocabulary: Sequence[str]) -> None:
        """Know the words of `vocabulary`, which has the most frequent first."""
        self._words = tuple(vocabulary)
        self._dotted = frozenset(word for word in vocabulary if word != fold(word))
        for word in vocabulary:
            self._spelling.setdefault(fold(word), word)
        self._long = [word for word in self._spelling if len(word) > 3]

    def _nearest(self, word: str) -> str:
        """The word of the vocabulary that `word` is read as. Dots are left out, never added: "var" may be "vår", "vår" is not "var"."""
        if word in self._dotted:
            return word
        folded = fold(word)
        if folded in self._spelling:
            return self._spelling[folded]
        if len(folded) < 4 or self._analyse(word).known:
            return word
        mistakes = 1 + len(folded) // MISTAKES
        like = max(NEAREST, 100 * (1 - (mistakes + 0.1) / len(folded)))  # one wrong letter of n makes a ratio of 1 - 1/n
        best = process.extractOne(folded, self._long, scorer=fuzz.ratio, score_cutoff=like)
        return self._spelling[best[0]] if best else word

    def _count(self, line: Sequence[str], of_word: Mapping[str, list[int]]) -> tuple[Numbers, Values]:
        numbers = [n for word in line for n in of_word.get(word) or self._of_word(word)]
        bases = ["^", *(self._analyse(word).bases[0] for word in line), "$"]
        numbers += [number(BIGRAM, f"{first} {second}") for first, second in pairwise(bases)]
        numbers += [number(BIGRAM, f"{first} _ {third}") for first, third in zip(bases, bases[2:], strict=False)]
        found, counts = np.unique(np.array(numbers, dtype=np.uint32), return_counts=True)
        return found, counts.astype(np.float32)

    def _read(self, word: str) -> list[int]:
        known = self._analyse(word)
        numbers = [number(WORD, base) for base in known.bases]
        numbers += [number(PART, part) for part in (*known.parts, *known.bases)]
        return numbers + [number(GRAM, gram) for gram in ngrams(word)]

    def _weighted(self, numbers: Numbers, counts: Values) -> Vector:
        columns = np.searchsorted(self._numbers, numbers)
        columns[columns == len(self._numbers)] = 0
        known = self._numbers[columns] == numbers if len(self._numbers) else np.zeros(len(numbers), dtype=bool)
        columns, counts = columns[known], counts[known]
        values = (1 + np.log(counts)) * self._rarity[columns]
        family = self._numbers[columns] >> 30
        lengths = np.sqrt(np.bincount(family, values**2, minlength=len(WEIGHTS)))
        values *= (WEIGHTS / np.maximum(lengths, 1e-9))[family]
        kept = values > 0
        return columns[kept], (values[kept] / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)
