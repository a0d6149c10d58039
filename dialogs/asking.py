"""Question words: which words of a message ask something."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.mind import Mind
from knowledge.parts import Locale

SHORTEST = 5
"""Letters that a Finnish word must have for its ending to ask ("maksaako", "saaks")."""


def asks(mind: Mind, said: Collection[str], locale: Locale) -> bool:
    """Whether one of the words `said` asks something."""
    known = mind.knowledge.context["asks"].of(locale)
    return any(word in known or (locale == "fi" and _asking(word)) for word in said)


def _asking(word: str) -> bool:
    """Whether a Finnish word has the ending of a question; "verkko" has not."""
    return len(word) >= SHORTEST and word.endswith(("ko", "kö")) and word[-3] not in "ks"
