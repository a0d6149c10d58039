"""Kernel ridge regression over likenesses to examples, kept small and quick: 8-bit weights, and only for the intents that are near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from knowledge.features import Vector

Matrix = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[Any]]

RIDGE = 0.2
"""Regularisation; chosen on data like the next, see docs/why.md."""
POWER = 1.3
"""Exponent of the cosine, so that what every sentence shares counts little."""
BLOCK = 1_000
"""Rows of the kernel that are made at a time."""
NEAR = 60
"""Intents, those with the likest examples, that are weighed; the rest are too far to be meant and would only cost time."""


def sharpened(likeness: Matrix) -> Matrix:
    """Cosines raised to POWER."""
    return np.asarray(np.power(np.maximum(likeness, 0), POWER), dtype=np.float32)


@dataclass(frozen=True)
class Examples:
    """Vectors of the examples, feature by feature: a message then touches only the features it has."""

    starts: npt.NDArray[np.int64]
    """Where each feature's entries begin; one more than there are features."""
    owners: npt.NDArray[np.uint16]
    """The example of each entry."""
    values: Matrix
    """The value of each entry."""
    count: int
    """How many examples there are."""

    @classmethod
    def of(cls, vectors: Sequence[Vector], features: int) -> Examples:
        """Turn vectors around. At most 65 535 of them."""
        owners = np.repeat(np.arange(len(vectors), dtype=np.uint16), [len(columns) for columns, _ in vectors])
        columns = np.concatenate([columns for columns, _ in vectors])
        values = np.concatenate([values for _, values in vectors])
        order = np.argsort(columns, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=features))]).astype(np.int64)
        return cls(starts, owners[order], values[order].astype(np.float32), len(vectors))

    def likeness(self, vector: Vector) -> Matrix:
        """The cosine of `vector` with every example."""
        columns, values = vector
        return np.asarray(values @ self._by_feature[columns], dtype=np.float32)

    @cached_property
    def _by_feature(self) -> sparse.csr_matrix[np.float32]:
        """Features × examples."""
        shape = (len(self.starts) - 1, self.count)
        return sparse.csr_matrix((self.values, self.owners.astype(np.int32), self.starts.astype(np.int32)), shape=shape)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """For a file; `restored` takes them back."""
        return {"starts": self.starts, "owners": self.owners, "values": self.values, "count": np.array(self.count)}

    @classmethod
    def restored(cls, arrays: Arrays) -> Examples:
        """The same as those whose `arrays` these are."""
        return cls(arrays["starts"], arrays["owners"], arrays["values"], int(arrays["count"]))


@dataclass(frozen=True)
class Weights:
    """What each example says for each intent and each group: 8-bit numbers, and one scale for each of those."""

    steps: npt.NDArray[np.int8]
    """Intents and then groups × examples, from -127 to 127."""
    scale: Matrix
    """What one step is worth, for each intent and group."""
    firsts: npt.NDArray[np.int64]
    """The first example of each intent; those of one intent follow each other."""

    @classmethod
    def of(cls, weights: Matrix, sizes: Sequence[int]) -> Weights:
        """Round `weights` (examples × intents and groups) to 8 bits; `sizes` are the numbers of examples of the intents."""
        scale = np.asarray(np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127, dtype=np.float32)
        steps = np.ascontiguousarray(np.round(weights / scale).astype(np.int8).T)
        return cls(steps, scale, np.cumsum([0, *sizes[:-1]]))

    def speak(self, likeness: Matrix) -> Matrix:
        """The score of every intent and group for a message of this `likeness` to the examples; 0 for intents too far to be meant."""
        scores = np.zeros(len(self.steps), dtype=np.float32)
        for row in self._near(likeness):  # one row at a time stays in the processor's cache, all of them do not
            scores[row] = np.dot(self.steps[row].astype(np.float32), likeness)
        return scores * self.scale

    def _near(self, likeness: Matrix) -> list[int]:
        """The intents whose likest example is among the likest, and all groups."""
        count = len(self.firsts)
        best = np.maximum.reduceat(likeness, self.firsts)
        near = np.argpartition(best, -NEAR)[-NEAR:] if count > NEAR else np.arange(count)
        return [*near.tolist(), *range(count, len(self.steps))]

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """For a file; `restored` takes them back."""
        return {"steps": self.steps, "scale": self.scale, "firsts": self.firsts}

    @classmethod
    def restored(cls, arrays: Arrays) -> Weights:
        """The same as those whose `arrays` these are."""
        return cls(arrays["steps"], arrays["scale"], arrays["firsts"])


def fitted(vectors: Sequence[Vector], features: int, wanted: Matrix, sizes: Sequence[int]) -> tuple[Examples, Weights]:
    """Fit: `wanted` (examples × intents and groups) is what each example should say, likenesses among the examples are the kernel.

    `sizes` are the numbers of examples of the intents, whose examples follow each other.

    Takes the square of the number of examples times four bytes: 1 GB for 16 000.
    """
    from scipy import linalg  # 30 MB that only fitting needs

    kernel = _kernel(vectors, features)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    factor = linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    solved = linalg.cho_solve(factor, wanted, check_finite=False)
    return Examples.of(vectors, features), Weights.of(np.asarray(solved, dtype=np.float32), sizes)


def _kernel(vectors: Sequence[Vector], features: int) -> Matrix:
    """Sharpened likenesses of all examples to those before them (what is above the diagonal is not read), a block of columns at a time."""
    columns = np.concatenate([columns for columns, _ in vectors])
    rows = np.repeat(np.arange(len(vectors)), [len(found) for found, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(vectors), features), dtype=np.float32)
    kernel = np.empty((len(vectors), len(vectors)), dtype=np.float32, order="F")
    for start in range(0, len(vectors), BLOCK):
        block = matrix[start : start + BLOCK].T.tocsr()
        kernel[start:, start : start + BLOCK] = sharpened((matrix[start:] @ block).toarray())
    return kernel
