"""A day's announcements in as few messages as fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.limits import LONGEST, units
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Say
from knowledge.parts import Locale

ROOM = LONGEST - 200
"""UTF-16 units of the texts in one message; the rest is for its heading and its way out."""


def digest(mind: Mind, locale: Locale, texts: Sequence[str]) -> list[Say]:
    """The messages; the way out stands under each."""
    stop = Choice(mind.phrase("stop-announcements", locale), "stop-all:")
    heading = Part("newer", mind.phrase("digest-heading", locale))
    return [Say((heading, Part("text", "\n\n".join(page))), (stop,)) for page in _pages(texts)]


def _pages(texts: Sequence[str]) -> Iterator[list[str]]:
    page: list[str] = []
    used = 0
    for text in texts:
        size = units(text) + 2
        if page and used + size > ROOM:
            yield page
            page, used = [], 0
        page.append(text)
        used += size
    if page:
        yield page
