"""Which of many intents does a message mean? Usable on its own:

>>> matcher = Matcher.from_examples({"premises": ["is there a room for us"], "grants": ["where can we get money"]}, locale="en")
>>> matcher.rank("we need a room")[0].name
'premises'

Each intent is known by example utterances. A message is compared with all of them (cosine of the vectors of `features`), and a
ridge regression, fitted in closed form over those similarities, tells how much each likeness speaks for each intent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from knowledge.features import Features, Vector
from knowledge.morphology import Analyse, analyser
from knowledge.parts import Locale

RIDGE = 1.0
"""Regularisation of the regression; chosen on data, see docs/why.md."""
LIKENESS = 0.1
"""Share of the nearest utterance in the score; the regression has the rest."""
ACCEPT = 0.40
"""Score from which `match` accepts."""
MARGIN = 0.05
"""Lead over the second intent from which `match` accepts."""


@dataclass(frozen=True)
class Match:
    """One intent and how well it fits."""

    name: str
    """The intent."""
    score: float
    """About 0 (nothing in common) to 1 (an utterance word for word)."""


class Matcher:
    """Ranks intents for a message. Fitted once, then read-only: safe to share between threads."""

    def __init__(self, names: Sequence[str], owners: npt.NDArray[np.int32], features: Features, vectors: Sequence[Vector]) -> None:
        self._names = list(names)
        self._owners = owners
        self._features = features
        self._examples = _stack(vectors)
        self._weights = self._fit()
        self._starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])

    @classmethod
    def from_examples(cls, examples: Mapping[str, Sequence[str]], locale: Locale = "fi", *, analyse: Analyse | None = None) -> Matcher:
        """Fit on `examples` (intent → utterances). Raises ValueError when there is no utterance at all."""
        named = {name: texts for name, texts in examples.items() if texts}
        if not named:
            raise ValueError("a matcher needs at least one utterance")
        features = Features(analyse or analyser(locale))
        vectors = features.fit([text for texts in named.values() for text in texts])
        owners = np.repeat(np.arange(len(named), dtype=np.int32), [len(texts) for texts in named.values()])
        return cls(list(named), owners, features, vectors)

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """The score of every intent, in the order the intents were given."""
        likeness = self._likeness(self._features.of(text))
        nearest = np.maximum.reduceat(likeness, self._starts)
        result: npt.NDArray[np.float32] = (1 - LIKENESS) * (likeness @ self._weights) + LIKENESS * nearest
        return result

    def rank(self, text: str, limit: int = 5) -> list[Match]:
        """The `limit` best intents, best first."""
        scores = self.scores(text)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Match(self._names[i], round(float(scores[i]), 4)) for i in best]

    def match(self, text: str) -> Match | None:
        """The best intent, or None when nothing is near enough or two are too near each other."""
        first, *rest = [*self.rank(text, 2), Match("", 0.0)]
        return first if first.score >= ACCEPT and first.score - rest[0].score >= MARGIN else None

    def _likeness(self, vector: Vector) -> npt.NDArray[np.float32]:
        index, values = vector
        if not len(index):
            return np.zeros(len(self._owners), dtype=np.float32)
        width = self._examples.shape[0]
        query = sparse.csr_matrix((values, index, np.array([0, len(index)])), shape=(1, width))
        likeness: npt.NDArray[np.float32] = (query @ self._examples).toarray()[0]
        return likeness

    def _fit(self) -> npt.NDArray[np.float32]:
        likeness = (self._examples.T @ self._examples).toarray()
        likeness[np.diag_indices_from(likeness)] += RIDGE
        wanted = np.zeros((len(self._owners), len(self._names)), dtype=np.float32)
        wanted[np.arange(len(self._owners)), self._owners] = 1
        solved: npt.NDArray[np.float32] = linalg.solve(likeness, wanted, assume_a="pos", overwrite_a=True, overwrite_b=True, check_finite=False)
        return solved


def _stack(vectors: Sequence[Vector]) -> sparse.csr_matrix:
    """Features × examples: a query then touches only the rows of its own features."""
    lengths = [len(index) for index, _ in vectors]
    column = np.repeat(np.arange(len(vectors)), lengths)
    row = np.concatenate([index for index, _ in vectors])
    value = np.concatenate([values for _, values in vectors])
    return sparse.csr_matrix((value, (row, column)), dtype=np.float32)
