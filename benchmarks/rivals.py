"""What the matcher is compared with: the same job done by ready-made means, each in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.matcher import Matcher
from knowledge.parts import Locale

Examples = Mapping[str, Sequence[str]]
Best = tuple[str, float]
"""The best intent and its score."""
Ask = Callable[[str], Best]


def siltabotti(examples: Examples, locale: Locale) -> Ask:
    """The project's own."""
    matcher = Matcher.from_examples(examples, locale)

    def ask(text: str) -> Best:
        best = matcher.rank(text, 1)[0]
        return best.name, best.score

    return ask


def _fuzzy(scorer: Callable[..., float]) -> Callable[[Examples, Locale], Ask]:
    def fit(examples: Examples, _: Locale) -> Ask:
        owners = [name for name, texts in examples.items() for _ in texts]
        known = [utils.default_process(text) for texts in examples.values() for text in texts]

        def ask(text: str) -> Best:
            found = process.extractOne(utils.default_process(text), known, scorer=scorer)
            return (owners[found[2]], found[1]) if found else ("", 0.0)

        return ask

    return fit


def _grams() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32)


def nearest(examples: Examples, _: Locale) -> Ask:
    """The utterance whose character 2-5-grams (TF-IDF) are the most alike."""
    owners = [name for name, texts in examples.items() for _ in texts]
    grams = _grams()
    known = grams.fit_transform([text for texts in examples.values() for text in texts])

    def ask(text: str) -> Best:
        likeness = (known @ grams.transform([text]).T).toarray()[:, 0]
        best = int(likeness.argmax())
        return owners[best], float(likeness[best])

    return ask


def linear(examples: Examples, _: Locale) -> Ask:
    """A linear support vector machine over the same character n-grams."""
    grams = _grams()
    known = grams.fit_transform([text for texts in examples.values() for text in texts])
    machine = LinearSVC().fit(known, [name for name, texts in examples.items() for _ in texts])

    def ask(text: str) -> Best:
        scores = machine.decision_function(grams.transform([text]))[0]
        best = int(scores.argmax())
        return str(machine.classes_[best]), float(scores[best])

    return ask


ALL: Mapping[str, Callable[[Examples, Locale], Ask]] = {
    "WRatio": _fuzzy(fuzz.WRatio),
    "token_set_ratio": _fuzzy(fuzz.token_set_ratio),
    "n-grams, nearest": nearest,
    "n-grams, linear": linear,
    "Siltabotti": siltabotti,
}
