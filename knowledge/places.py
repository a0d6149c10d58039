"""Municipalities and regions: inflected forms in, one value out.

Forms are written out by rule from four given ones, never guessed by likeness alone: "loppui" is nearer to Loppi than "Lopella" is.
Only a word that no dictionary knows may be a mistyped name of the home region ("hatula"); most often a letter is doubled that is
single, or the other way round ("Foorsa").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.parts import Place, back_or_front
from knowledge.text import RECENT, fold, words

HOME = "kanta-hame"
SILTA_AREA = frozenset({"hameenlinna", "hattula", "janakkala"})
"""Where the SILTA network works (its page, 2020)."""
NEAREST = 86
"""rapidfuzz ratio (0-100) from which an unknown word is read as a name of the home region."""
_DOUBLED = re.compile(r"(.)\1+")
_LONGEST_NAME = 3
_LONG = 10
"""Letters from which a form without its dots is the place even where some dictionary word reads the same."""
_REMEMBERED = 100_000


@dataclass(frozen=True)
class Found:
    """A place named in a message."""

    key: str
    """Its key in places.yaml."""
    text: str
    """The words that named it, normalised."""


def forms(place: Place) -> Iterator[str]:
    """Every form of the name that people type, in lower case; Swedish genitive and spoken Finnish cases included."""
    stem = place.genitive.casefold().removesuffix("n")
    a = back_or_front(stem)
    s, end = ("l", "ll") if place.local == "outer" else ("s", "ss")
    yield from (place.fi.casefold(), place.genitive.casefold(), place.illative.casefold())
    yield from (f"{stem}{end}{a}", f"{stem}{s}t{a}", f"{stem}{s}", f"{stem}{s}t", f"{stem}{end}{a}kin", f"{stem}{end}{a}ki")
    yield _partitive(place, a)
    yield from (f"{stem}l{a}i{ending}" for ending in ("nen", "set", "sia", "siä", "sen", "sten", "sille", "sessa", "sessä", "ssa"))
    yield from (place.sv.casefold(), f"{place.sv.casefold()}s")
    yield from (form.casefold() for form in place.forms)


def _partitive(place: Place, a: str) -> str:
    """ "Forssaa", "Riihimäkeä", "Jokioista": what one means ("tarkoitin Forssaa"); the name itself where no rule of ours makes it."""
    name = place.fi.casefold()
    if name.endswith("nen"):
        return f"{name.removesuffix('nen')}st{a}"
    if name.endswith("i") and place.genitive.endswith("en"):
        return f"{name.removesuffix('i')}e{a}"
    if name.endswith("e"):
        return f"{name}tt{a}"
    return f"{name}{a}" if name[-1] in "aiouyäö" else name


class Places:
    """Finds places in messages."""

    def __init__(self, places: Mapping[str, Place], known_word: Callable[[str], bool]) -> None:
        self._places = places
        self._known_word = known_word
        self._forms: dict[str, str] = {}
        for key, place in sorted(places.items(), key=lambda item: item[1].region != HOME):
            for form in forms(place):
                self._forms.setdefault(" ".join(words(form)), key)
        self._folded = {fold(form): form for form in reversed(self._forms)}
        self._seen: dict[str, str | None] = {}
        self._recent = lru_cache(RECENT)(self._find)
        self._home = [fold(form) for form, key in self._forms.items() if places[key].region == HOME and len(form) > 4]
        self._single = {_single(form): form for form in reversed(self._home)}

    def __getitem__(self, key: str) -> Place:
        return self._places[key]

    def find(self, text: str) -> tuple[Found, ...]:
        """The places named in `text` (as typed: capital letters count), in order, each once."""
        return self._recent(text)

    def _find(self, text: str) -> tuple[Found, ...]:
        typed = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text)
        found: dict[str, Found] = {}
        at = 0
        while at < len(typed):
            size, hit = self._at(typed, at)
            if hit is not None:
                found.setdefault(hit.key, hit)
            at += size
        return tuple(found.values())

    def _at(self, typed: list[str], at: int) -> tuple[int, Found | None]:
        for size in range(min(_LONGEST_NAME, len(typed) - at), 0, -1):
            name = " ".join(typed[at : at + size])
            if (key := self._key(name)) is not None:
                return size, Found(key, name.casefold())
        return 1, None

    def _key(self, name: str) -> str | None:
        if name not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[name] = self._look_up(name)
        return self._seen[name]

    def _look_up(self, name: str) -> str | None:
        low = name.casefold()
        key = self._forms.get(low)
        if key is None and (key := self._without_dots(low)) is not None and len(low) < _LONG and self._known_word(low):
            return None
        if key is None:
            return self._mistyped(low)
        place = self._places[key]
        ordinary = place.also_word and fold(low) in (fold(place.fi.casefold()), fold(place.sv.casefold()))
        return None if ordinary and name[0].islower() else key

    def _without_dots(self, low: str) -> str | None:
        """The place whose form `low` is with dots left out. Nobody adds dots: "hälso" is not Halso."""
        form = self._folded.get(fold(low))
        if form is None or any(typed not in (letter, fold(letter)) for typed, letter in zip(low, form, strict=False)):
            return None
        return self._forms[form]

    def _mistyped(self, low: str) -> str | None:
        if len(low) < 5 or " " in low:
            return None
        form = self._single.get(_single(fold(low))) or self._nearest(fold(low))
        if form is None or self._known_word(low):  # asked last: to look an unseen word up takes longer than all the rest
            return None
        return self._forms[self._folded[form]]

    def _nearest(self, folded: str) -> str | None:
        best = process.extractOne(folded, self._home, scorer=fuzz.ratio, score_cutoff=NEAREST)
        return best[0] if best and best[0][0] == folded[0] else None


def _single(word: str) -> str:
    """`word` with every doubled letter written once."""
    return _DOUBLED.sub(r"\1", word)
