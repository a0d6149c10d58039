"""Words → sparse features in families; each family is weighted by rarity and scaled to its weight before they are joined.

Families: base forms, compound parts and roots, neighbouring base forms, and character n-grams of the word as typed (dots folded).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from knowledge.morphology import Analyse
from knowledge.text import fold, normalise, words

Ids = npt.NDArray[np.int32]
Values = npt.NDArray[np.float32]
Vector = tuple[Ids, Values]

FAMILIES = "wpbc"
WEIGHTS = np.array([0.6, 0.5, 0.8, 1.0], dtype=np.float32)
"""How much each family counts: words, parts, bigrams, characters. Chosen on data, see docs/why.md."""
NEAREST = 80
"""rapidfuzz ratio (0-100) from which an unknown word is read as a word of the vocabulary."""
GRAMS = (3, 4, 5)
"""Lengths of character n-grams."""
COMMON = 0.12
"""Share of utterances from which a feature is too common to tell anything."""


def ngrams(word: str) -> list[str]:
    """Character n-grams of the folded word with its edges marked."""
    marked = f"<{fold(word)}>"
    return [marked[i : i + n] for n in GRAMS for i in range(len(marked) - n + 1)]


@dataclass
class _Names:
    """Numbers for feature names, given in order of appearance while learning, and only known ones afterwards."""

    numbers: dict[str, int] = field(default_factory=dict)
    learning: bool = True

    def __call__(self, names: Iterable[str]) -> list[int]:
        if self.learning:
            return [self.numbers.setdefault(name, len(self.numbers)) for name in names]
        return [self.numbers[name] for name in names if name in self.numbers]


class Features:
    """Turns text into vectors over what it saw when it was fitted."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._names = _Names()
        self._of_word: dict[str, list[int]] = {}
        self._rarity: Values = np.zeros(0, dtype=np.float32)
        self._family: Ids = np.zeros(0, dtype=np.int32)
        self._vocabulary: dict[str, str] = {}
        self._folded: list[str] = []

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self._rarity)

    def fit(self, texts: Sequence[str]) -> list[Vector]:
        """Learn vocabulary and rarity from `texts`; returns their vectors."""
        lines = [words(normalise(text)) for text in texts]
        self._learn(sorted({word for line in lines for word in line}))
        counted = [self._count(line) for line in lines]
        self._names.learning = False
        self._family = np.array([FAMILIES.index(name[0]) for name in self._names.numbers], dtype=np.int32)
        seen = np.bincount(np.concatenate([ids for ids, _ in counted]), minlength=len(self._family))
        self._rarity = (np.log((1 + len(texts)) / (seen + 0.5)) + 0.3).astype(np.float32)
        self._rarity[(seen < 2) & (self._family == FAMILIES.index("c"))] = 0  # seen once: it can match nothing, only lengthen
        self._rarity[seen > max(COMMON * len(texts), 3)] = 0
        return [self._weighted(ids, counts) for ids, counts in counted]

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What was learnt, as arrays; `restored` takes them back."""
        return {
            "features": np.array(list(self._names.numbers)),
            "rarity": self._rarity,
            "family": self._family,
            "vocabulary": np.array(list(self._vocabulary.values())),
        }

    @classmethod
    def restored(cls, arrays: Mapping[str, npt.NDArray[Any]], analyse: Analyse) -> Features:
        """The same features as those whose `arrays` these are."""
        features = cls(analyse)
        features._names = _Names({name: i for i, name in enumerate(arrays["features"].tolist())}, learning=False)
        features._rarity, features._family = arrays["rarity"], arrays["family"]
        features._learn(arrays["vocabulary"].tolist())
        return features

    def _learn(self, vocabulary: Iterable[str]) -> None:
        for word in vocabulary:
            self._vocabulary.setdefault(fold(word), word)
        self._folded = [word for word in self._vocabulary if len(word) > 3]

    def of(self, text: str) -> Vector:
        """The vector of a new text; words close to a known one are read as that."""
        return self._weighted(*self._count([self._mend(word) for word in words(normalise(text))]))

    def _mend(self, word: str) -> str:
        folded = fold(word)
        if folded in self._vocabulary:
            return self._vocabulary[folded]
        if len(folded) < 4 or self._analyse(word).known:
            return word
        best = process.extractOne(folded, self._folded, scorer=fuzz.ratio, score_cutoff=NEAREST)
        return self._vocabulary[best[0]] if best else word

    def _count(self, line: Sequence[str]) -> tuple[Ids, Values]:
        numbers = [number for word in line for number in self._word(word)]
        bases = ["^", *(self._analyse(word).bases[0] for word in line), "$"]
        numbers += self._names(f"b{first} {second}" for first, second in pairwise(bases))
        ids, counts = np.unique(np.array(numbers, dtype=np.int32), return_counts=True)
        return ids, counts.astype(np.float32)

    def _word(self, word: str) -> list[int]:
        if word in self._of_word:
            return self._of_word[word]
        known = self._analyse(word)
        names = [f"w{base}" for base in known.bases]
        names += [f"p{part}" for part in (*known.parts, *known.bases)]
        names += [f"c{gram}" for gram in ngrams(word)]
        numbers = self._names(names)
        if self._names.learning:
            self._of_word[word] = numbers
        return numbers

    def _weighted(self, ids: Ids, counts: Values) -> Vector:
        values = (1 + np.log(counts)) * self._rarity[ids]
        family = self._family[ids]
        lengths = np.sqrt(np.bincount(family, values**2, minlength=len(FAMILIES)))
        values *= (WEIGHTS / np.maximum(lengths, 1e-9))[family]
        kept = values > 0
        return ids[kept], (values[kept] / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)
