"""Text as people type it → words. Nothing here knows a language; see `morphology` for that."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 5_000
"""Characters of a message that are read; the rest of a longer one is left out."""
RECENT = 64
"""Texts of which something is kept: a turn asks the same of its few texts many times."""

_TAG = re.compile(r"</?[a-z][^<>]{0,80}>", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SPLIT = re.compile(r"(?<=[.!?…])\s+|\n+")
_FOLD = str.maketrans("äöåéèüÄÖÅÉÈÜ’", "aoaeeuAOAEEU'")


@lru_cache(RECENT)
def normalise(text: str) -> str:
    """`text` in NFC and lower case, without markup, invisible characters and doubled blanks; at most LONGEST characters."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    text = _TAG.sub(" ", text)
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return re.sub(r"[ \t]+", " ", text.replace("\u00ad", "")).strip().casefold()


def words(text: str) -> list[str]:
    """The words of normalised `text`, hyphenated ones whole: "kerta-avustus?" → ["kerta-avustus"]."""
    return _WORD.findall(text)


def fold(word: str) -> str:
    """`word` without dots and rings, as people type on a foreign keyboard: "järjestö" → "jarjesto"."""
    return word.translate(_FOLD)


def sentences(text: str) -> list[str]:
    """The sentences of `text`, trimmed, in order."""
    return [part.strip() for part in _SPLIT.split(text) if part.strip()]
