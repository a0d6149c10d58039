"""Words → sparse features in families; each family is weighted by rarity and scaled to length 1 before they are joined.

Families: base forms, compound parts and roots, neighbouring base forms, and character n-grams of the word as typed (dots folded).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from knowledge.morphology import Analyse, Word
from knowledge.text import fold, normalise, words

Vector = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]

WEIGHTS = {"w": 0.6, "p": 0.5, "b": 0.5, "c": 1.2}
"""How much each family counts: words, parts, bigrams, characters. Chosen on data, see docs/why.md."""
NEAREST = 80
"""rapidfuzz ratio (0-100) from which an unknown word is read as a word of the vocabulary."""


@lru_cache(maxsize=20_000)
def ngrams(word: str) -> tuple[str, ...]:
    """Character 2- to 5-grams of the folded word with its edges marked."""
    marked = f"<{fold(word)}>"
    return tuple(marked[i : i + n] for n in (2, 3, 4, 5) for i in range(len(marked) - n + 1))


class Features:
    """Turns text into vectors over what it saw when it was fitted."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._index: dict[str, int] = {}
        self._rarity: npt.NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._vocabulary: dict[str, str] = {}
        self._folded: list[str] = []

    def fit(self, texts: Sequence[str]) -> list[Vector]:
        """Learn vocabulary and rarity from `texts`; returns their vectors."""
        tokens = [words(normalise(text)) for text in texts]
        for word in sorted({word for line in tokens for word in line}):
            self._vocabulary.setdefault(fold(word), word)
        self._folded = [word for word in self._vocabulary if len(word) > 3]
        counted = [self._count(line) for line in tokens]
        seen = Counter(name for counts in counted for name in counts)
        kept = [name for name, n in seen.items() if n > 1 or name[0] != "c" or len(name) < 6]
        self._index = {name: i for i, name in enumerate(kept)}
        self._rarity = np.array([math.log((1 + len(texts)) / (seen[n] + 0.5)) + 0.3 for n in kept], dtype=np.float32)
        return [self._vector(counts) for counts in counted]

    def of(self, text: str) -> Vector:
        """The vector of a new text; words close to a known one are read as that."""
        return self._vector(self._count([self._mend(word) for word in words(normalise(text))]))

    def known(self, text: str) -> list[tuple[str, bool]]:
        """Each word of `text` as it is read, with whether the vocabulary holds it."""
        return [(word, fold(word) in self._vocabulary) for word in map(self._mend, words(normalise(text)))]

    def _mend(self, word: str) -> str:
        folded = fold(word)
        if folded in self._vocabulary:
            return self._vocabulary[folded]
        if len(folded) < 4 or self._analyse(word).known:
            return word
        return self._similar(word, folded)

    def _similar(self, word: str, folded: str) -> str:
        best = process.extractOne(folded, self._folded, scorer=fuzz.ratio, score_cutoff=NEAREST)
        return self._vocabulary[best[0]] if best else word

    def _count(self, line: Iterable[str]) -> Counter[str]:
        analysed: list[tuple[str, Word]] = [(word, self._analyse(word)) for word in line]
        counts: Counter[str] = Counter()
        for word, known in analysed:
            counts.update(f"w{base}" for base in known.bases)
            counts.update(f"p{part}" for part in (*known.parts, *known.bases))
            counts.update(f"c{gram}" for gram in ngrams(word))
        bases = ["^", *(known.bases[0] for _, known in analysed), "$"]
        counts.update(f"b{first} {second}" for first, second in zip(bases, bases[1:], strict=False))
        return counts

    def _vector(self, counts: Counter[str]) -> Vector:
        named = [(self._index[name], name[0], n) for name, n in counts.items() if name in self._index]
        if not named:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        index = np.array([i for i, _, _ in named], dtype=np.int32)
        values = (1 + np.log(np.array([n for _, _, n in named], dtype=np.float32))) * self._rarity[index]
        family = np.array([family for _, family, _ in named])
        for name, weight in WEIGHTS.items():
            mine = family == name
            length = float(np.linalg.norm(values[mine]))
            if length:
                values[mine] *= weight / length
        return index, (values / np.linalg.norm(values)).astype(np.float32)
