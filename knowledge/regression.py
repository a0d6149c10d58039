"""Kernel ridge regression over likenesses to examples, kept small and quick: 16-bit weights, and only for the intents that are near.

Where intents share nothing, its squared loss gives way to the squared hinge, which lets an example say more than is wanted of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
TINY = np.float32(1e-9)
"""What no likeness at all is taken for: it has a logarithm."""
ROUNDS = 40
"""Rounds of the squared hinge; chosen by cross-validation, see docs/why.md."""
STEP = 0.5
"""Share of a round's change that is made: sharpened likenesses are not quite a kernel, and whole steps may then grow without end."""
FINEST = 32_767
"""Steps a weight is rounded to, in each direction. With 127 of them a point of our own tests was lost."""
BLOCK = 1_000
"""Rows of the kernel that are made at a time."""
NEAR = 60
"""Intents, those with the likest examples, that are weighed; the rest are too far to be meant and would only cost time."""
FEW = 16
"""Of them at a time: fewer cost calls, all of them at once do not stay in the cache of a small processor."""


def sharpened(likeness: Matrix) -> Matrix:
    """Cosines raised to POWER, by way of logarithms: numpy works several of those out at once, but not powers."""
    return np.asarray(np.exp(np.float32(POWER) * np.log(np.maximum(likeness, TINY))), dtype=np.float32)


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
        return np.asarray(self._by_feature[:, columns] @ values, dtype=np.float32)

    @cached_property
    def _by_feature(self) -> sparse.csc_matrix[np.float32]:
        """Examples × features."""
        shape = (self.count, len(self.starts) - 1)
        return sparse.csc_matrix((self.values, self.owners.astype(np.int32), self.starts.astype(np.int32)), shape=shape)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """For a file; `restored` takes them back."""
        return {"starts": self.starts, "owners": self.owners, "values": self.values, "count": np.array(self.count)}

    @classmethod
    def restored(cls, arrays: Arrays) -> Examples:
        """The same as those whose `arrays` these are."""
        return cls(arrays["starts"], arrays["owners"], arrays["values"], int(arrays["count"]))


@dataclass(frozen=True)
class Weights:
    """What each example says for each intent and each group: 16-bit numbers, and one scale for each of those."""

    steps: npt.NDArray[np.int16]
    """Intents and then groups × examples, from -FINEST to FINEST."""
    scale: Matrix
    """What one step is worth, for each intent and group."""
    firsts: npt.NDArray[np.int64]
    """The first example of each intent; those of one intent follow each other."""

    @classmethod
    def of(cls, weights: Matrix, sizes: Sequence[int]) -> Weights:
        """Round `weights` (examples × intents and groups) to 16 bits; `sizes` are the numbers of examples of the intents."""
        scale = np.asarray(np.maximum(np.abs(weights).max(axis=0), 1e-9) / FINEST, dtype=np.float32)
        steps = np.ascontiguousarray(np.round(weights / scale).astype(np.int16).T)
        return cls(steps, scale, np.cumsum([0, *sizes[:-1]]))

    def speak(self, likeness: Matrix) -> Matrix:
        """The score of every intent and group for a message of this `likeness` to the examples; 0 for intents too far to be meant."""
        scores = np.zeros(len(self.steps), dtype=np.float32)
        near = self._near(likeness)
        for start in range(0, len(near), FEW):
            rows = near[start : start + FEW]
            scores[rows] = self.steps[rows].astype(np.float32) @ likeness
        return scores * self.scale

    def _near(self, likeness: Matrix) -> npt.NDArray[np.int64]:
        """The intents whose likest example is among the likest, and all groups."""
        count = len(self.firsts)
        best = np.maximum.reduceat(likeness, self.firsts)
        near = np.argpartition(best, -NEAR)[-NEAR:] if count > NEAR else np.arange(count)
        return np.concatenate([near, np.arange(count, len(self.steps))])

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

    def solve(targets: Matrix) -> Matrix:
        return np.asarray(linalg.cho_solve(factor, targets, check_finite=False), dtype=np.float32)

    return Examples.of(vectors, features), Weights.of(hinged(solve, wanted) if _exclusive(wanted) else solve(wanted), sizes)


def _exclusive(wanted: Matrix) -> bool:
    """Whether each example is wanted for one intent and speaks for no kin. Between kin the hinge changed nothing that people asked."""
    return bool((np.count_nonzero(wanted, axis=1) == 1).all())


def hinged(solve: Callable[[Matrix], Matrix], wanted: Matrix) -> Matrix:
    """Weights under the squared hinge loss: for its intent an example should say 1 or more, for all others 0 or less.

    What already says so becomes its own target, so that each round solves the same equations anew (accelerated after Nesterov).
    """
    own = wanted > 0
    targets = before = wanted
    for number in range(ROUNDS):
        said = targets - STEP * RIDGE * solve(targets)
        now = np.where(own, np.maximum(wanted, said), np.minimum(wanted, said))
        targets, before = now + np.float32(number / (number + 3)) * (now - before), now
    return solve(targets)


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
