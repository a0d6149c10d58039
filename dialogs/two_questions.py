"""Two questions in one message: "mitä aiheita yhdistysiltaan ja millä kanavilla kutsu lähtee"."""

from __future__ import annotations

import re

from dialogs.asking import asks
from dialogs.deciding import LONG
from dialogs.mind import Mind
from knowledge.parts import Locale
from knowledge.text import normalise, sentences, words

LEAST = 2
"""Words that each question must have."""


def halves(mind: Mind, text: str, locale: Locale) -> tuple[str, str] | None:
    """The two questions of `text` when it may hold two: two sentences with a question mark, or a joint before a question word."""
    if len(words(normalise(text))) > LONG * 2:
        return None
    asked = [sentence for sentence in sentences(text) if sentence.endswith("?")]
    if len(asked) == 2:
        return asked[0], asked[1]
    return _joined(mind, text, locale)


def _joined(mind: Mind, text: str, locale: Locale) -> tuple[str, str] | None:
    joins = mind.knowledge.context["joins"].of(locale)
    for joint in re.finditer(r"[,\s]+(\w+)\s+(?=(\w+))", text):
        first, second = text[: joint.start()], text[joint.end() :]
        starts = joint.group(1).casefold() in joins and asks(mind, [joint.group(2).casefold()], locale)
        if starts and min(len(words(normalise(first))), len(words(normalise(second)))) >= LEAST:
            return first, second
    return None
