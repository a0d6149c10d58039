"""Which of many intents does a message mean? Usable on its own:

>>> matcher = Matcher.from_examples({"premises": ["is there a room for us"], "grants": ["where can we get money"]}, locale="en")
>>> matcher.rank("we need a room")[0].name
'premises'

Each intent is known by example utterances. A message is compared with all of them (cosine of the vectors of `features`, raised to a
power so that what every sentence shares counts little), and a ridge regression, fitted in closed form over those likenesses, tells
how much each of them speaks for each intent. Intents may be kin: an utterance of one then speaks a little for the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.features import Features
from knowledge.morphology import Analyse, analyser
from knowledge.parts import Locale
from knowledge.regression import Examples, Matrix, Weights, fitted, sharpened

Groups = Mapping[str, float]
"""Groups an intent belongs to, each with what one shared membership is worth (the intent itself is worth 1)."""

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

    def __init__(self, names: Sequence[str], groups: Sequence[str], features: Features, examples: Examples, weights: Weights) -> None:
        self.names = tuple(names)
        self.groups = tuple(groups)
        self._features = features
        self._examples = examples
        self._weights = weights

    @classmethod
    def from_examples(
        cls,
        examples: Mapping[str, Sequence[str]],
        locale: Locale = "fi",
        *,
        analyse: Analyse | None = None,
        kin: Mapping[str, Groups] | None = None,
        report: Sequence[str] = (),
    ) -> Matcher:
        """Fit on `examples` (intent → utterances). Raises ValueError when there is no utterance at all.

        `kin` says which groups an intent belongs to; groups whose names begin with one of `report` get scores of their own.
        """
        named = {name: texts for name, texts in examples.items() if texts}
        if not named:
            raise ValueError("a matcher needs at least one utterance")
        features = Features(analyse or analyser(locale))
        vectors = features.fit([text for texts in named.values() for text in texts])
        sizes = [len(texts) for texts in named.values()]
        owners = np.repeat(np.arange(len(named)), sizes)
        groups, worth = _memberships(list(named), kin or {})
        told = [number for number, group in enumerate(groups) if group.startswith(tuple(report))]
        wanted = np.concatenate([_kinship(worth), np.sign(worth[:, told])], axis=1)[owners]
        return cls(list(named), [groups[number] for number in told], features, *fitted(vectors, features.size, wanted, sizes))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What was fitted, as arrays; `restored` takes them back."""
        names, groups = (np.frombuffer("\n".join(found).encode(), dtype=np.uint8) for found in (self.names, self.groups))
        return {"names": names, "groups": groups, **self._examples.arrays(), **self._weights.arrays(), **self._features.arrays()}

    @classmethod
    def restored(cls, arrays: Mapping[str, npt.NDArray[Any]], analyse: Analyse) -> Matcher:
        """The same matcher as the one whose `arrays` these are."""
        names, groups = (arrays[key].tobytes().decode().split("\n") for key in ("names", "groups"))
        return cls(
            names, [group for group in groups if group], Features.restored(arrays, analyse), Examples.restored(arrays), Weights.restored(arrays)
        )

    def scores(self, text: str) -> Matrix:
        """The score of every intent, in the order of `names`, then that of every group, in the order of `groups`."""
        return self._weights.speak(sharpened(self._examples.likeness(self._features.of(text))))

    def rank(self, text: str, limit: int = 5) -> list[Match]:
        """The `limit` best intents, best first."""
        return self.named(self.scores(text), limit)

    def named(self, scores: Matrix, limit: int) -> list[Match]:
        """The `limit` best intents by `scores` (which may go on with groups), with their names."""
        best = np.argsort(-scores[: len(self.names)], kind="stable")[:limit]
        return [Match(self.names[i], round(score, 4)) for i, score in zip(best.tolist(), scores[best].tolist(), strict=True)]

    def match(self, text: str) -> Match | None:
        """The best intent, or None when nothing is near enough or two are too near each other."""
        first, second, *_ = [*self.rank(text, 2), Match("", 0.0)]
        return first if first.score >= ACCEPT and first.score - second.score >= MARGIN else None


def _memberships(names: Sequence[str], kin: Mapping[str, Groups]) -> tuple[list[str], Matrix]:
    """All groups, and what each intent's membership in each is worth: intents × groups."""
    groups = list(dict.fromkeys(group for name in names for group in kin.get(name, {})))
    worth = np.array([[kin.get(name, {}).get(group, 0.0) for group in groups] for name in names], dtype=np.float32)
    return groups, worth.reshape(len(names), len(groups))


def _kinship(worth: Matrix) -> Matrix:
    """How much an utterance of one intent speaks for another, 1 for itself: intents × intents."""
    shares = np.sqrt(worth)
    together = np.eye(len(worth)) + shares @ shares.T
    return np.asarray(together / together.diagonal(), dtype=np.float32)
