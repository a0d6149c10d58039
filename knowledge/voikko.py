"""Voikko's Finnish dictionary, read from the file that pyvoikko brings along, in 8 MB instead of the 215 of kfst.

The dictionary is a transducer: half a million transitions between states, each taking a letter and giving a letter or a tag. kfst keeps
them in tables of tables of objects; here they are a few arrays, one row a transition, and are walked in Python, which costs about a
millisecond a word and is needed only for words that stand in no content file. The readings are the same (a test compares them).
"""

from __future__ import annotations

import lzma
import re
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

_HEADER = struct.Struct("!4sHHII?")
"""Signature, version, numbers of symbols, transitions and final states, whether there are weights."""
_TRANSITION = np.dtype([("start", ">u4"), ("end", ">u4"), ("taken", ">u2"), ("given", ">u2")])
_FLAG = re.compile(r"@([PCDRU])\.([^.@]+)(?:\.([^@]+))?@")
_EPSILON = "@0@"
_TOKEN = re.compile(r"\[[^\]]*\]|[^\[]+")
_ROOT = re.compile(r"\[Xp\]([^\[]+)\[X\]")
_STEPS = 20_000
"""Transitions tried for one word: a hundred times what a long compound takes; "suosuosuosuosuo…" would go on for ever."""
_CLASS = re.compile(r"\[L(\w+)\]")
_ADJECTIVES = ("l", "nl")

Flags = Mapping[str, str]
"""What a path has promised so far: the transducer's flag diacritics, those of input and output apart."""
Test = tuple[str, str, str | None]
"""Kind of a flag diacritic, its key with the side in front, its value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word."""

    base: str
    """Base form, with = between compound parts as Voikko writes it."""
    parts: tuple[str, ...]
    """Base forms of the parts, when it is a compound."""
    roots: tuple[str, ...]
    """Words it is derived from."""


class Transducer:
    """The dictionary as arrays. Rows are ordered by state, then by what they take; those that take nothing come first."""

    def __init__(self, content: bytes) -> None:
        """Unpack `content`, a file in the KFST format. Raises ValueError when it is not one that is understood here."""
        signature, version, symbols, rows, finals, weighted = _HEADER.unpack_from(content)
        if signature != b"KFST" or version or weighted:
            raise ValueError("not a KFST file of version 0 without weights")
        *names, packed = content[_HEADER.size :].split(b"\0", symbols)
        data = lzma.decompress(packed)
        self._fill([name.decode() for name in names], np.frombuffer(data, _TRANSITION, rows))
        self._finals = frozenset(np.frombuffer(data, ">u4", finals, rows * _TRANSITION.itemsize).tolist())

    def _fill(self, names: list[str], table: np.ndarray) -> None:
        silent = np.array([name.startswith("@") for name in names])
        self._first = int(silent.sum())
        order = np.argsort(~silent, kind="stable")  # symbols that take no letter get the lowest numbers
        rank = np.empty(len(names), dtype=np.uint16)
        rank[order] = np.arange(len(names))
        taken = rank[table["taken"]]
        rows = np.lexsort((taken, table["start"]))
        counts = np.bincount(table["start"], minlength=int(table["end"].max()) + 1)
        self._starts = array("I", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32).tobytes())
        silent_rows = np.bincount(table["start"][taken < self._first], minlength=len(counts))
        self._silent = array("I", (np.frombuffer(self._starts, np.uint32)[:-1] + silent_rows).astype(np.uint32).tobytes())
        self._taken = array("H", taken[rows].tobytes())
        self._given = array("H", rank[table["given"]][rows].tobytes())
        self._ends = array("I", table["end"][rows].astype(np.uint32).tobytes())
        ranked = [names[i] for i in order]
        self._letters = {name: number for number, name in enumerate(ranked) if len(name) == 1}
        self._texts = ["" if number < self._first else name for number, name in enumerate(ranked)]
        self._tests = {side: [_test(side, name) for name in ranked[: self._first]] for side in "<>"}
        self._free = [number >= self._first or name == _EPSILON for number, name in enumerate(ranked)]

    def look_up(self, word: str) -> list[str]:
        """What the transducer gives for `word`, each once, in the order of the file."""
        letters = [self._letters.get(letter, 0) for letter in word]
        return list(dict.fromkeys(self._walk(letters))) if all(letters) else []

    def _walk(self, letters: list[int]) -> Iterator[str]:
        paths: list[tuple[int, int, Flags, str]] = [(0, 0, {}, "")]
        steps = 0
        while paths and steps < _STEPS:
            state, at, flags, given = paths.pop()
            if at == len(letters) and state in self._finals:
                yield given
            rows = self._rows(state, letters[at] if at < len(letters) else None)
            steps += len(rows)
            for row in reversed(rows):
                taken, gives = self._taken[row], self._given[row]
                after = flags if self._free[taken] and self._free[gives] else self._passed(taken, gives, flags)
                if after is not None:
                    paths.append((self._ends[row], at + (taken >= self._first), after, given + self._texts[gives]))

    def _rows(self, state: int, letter: int | None) -> Sequence[int]:
        start, silent, end = self._starts[state], self._silent[state], self._starts[state + 1]
        if letter is None:
            return range(start, silent)
        found = bisect_left(self._taken, letter, silent, end)
        last = bisect_left(self._taken, letter + 1, found, end)
        return [*range(start, silent), *range(found, last)] if silent > start else range(found, last)

    def _passed(self, taken: int, given: int, flags: Flags) -> Flags | None:
        """The promises after taking and giving these symbols; None when one is broken."""
        for side, symbol in ((">", given), ("<", taken)):
            test = self._tests[side][symbol] if symbol < self._first else None
            if test is not None:
                after = _kept(test, flags)
                if after is None:
                    return None
                flags = after
        return flags


def _test(side: str, symbol: str) -> Test | None:
    """The flag diacritic in `symbol`; None for the empty symbol."""
    if symbol == _EPSILON:
        return None
    found = _FLAG.fullmatch(symbol)
    if found is None:
        raise ValueError(f"a symbol that is not understood: {symbol}")
    return found[1], side + found[2], found[3]


def _kept(test: Test, flags: Flags) -> Flags | None:
    kind, key, value = test
    has = key in flags if value is None else flags.get(key) == value
    if kind == "P" or (kind == "U" and key not in flags):
        return {**flags, key: value or ""}
    if kind == "C":
        return {name: kept for name, kept in flags.items() if name != key}
    return flags if has != (kind == "D") else None


class Voikko:
    """Reads Finnish words."""

    def __init__(self) -> None:
        """Find pyvoikko's dictionary without importing pyvoikko, whose import would load it in the large form."""
        spec = find_spec("pyvoikko")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("pyvoikko is not installed")
        self._transducer = Transducer((Path(spec.origin).parent / "voikko.kfst").read_bytes())

    def readings(self, word: str) -> list[Reading]:
        """All readings of `word`; none when the dictionary does not know it."""
        return [reading for given in self._transducer.look_up(word) if (reading := _reading(given))]


def _reading(given: str) -> Reading | None:
    units = [unit for unit in given.split("[Bc]") if "[L" in unit]
    if not units:
        return None
    if len(units) == 1:
        return Reading(_form_and_base(units[0])[1], (), tuple(_ROOT.findall(units[0])))
    forms = [_form_and_base(unit) for unit in units]
    whole = ""
    for unit, (form, base) in zip(units, forms, strict=True):
        inflected = unit == units[-1] or _CLASS.findall(unit)[-1] in _ADJECTIVES
        whole += (base if inflected else form) + ("-" if form.endswith("-") else "")
    return Reading(whole, tuple(base for _, base in forms), tuple(_ROOT.findall(given)))


def _form_and_base(unit: str) -> tuple[str, str]:
    """The form and the base form of one part: letters as they are typed, and between [Xp] and [X] what stands for them in the base."""
    form = base = typed = stands = ""
    mode = ""
    for piece in _TOKEN.findall(unit):
        if piece in ("[Xp]", "[Xj]"):
            base, form, typed, stands, mode = base + typed, form + typed, "", "", "base"
        elif piece in ("[Xr]", "[Xs]"):
            mode = "skipped"
        elif piece == "[X]":
            mode = ""
        elif piece.startswith("["):
            continue
        elif mode == "base":
            stands += piece
        elif mode == "":
            typed += piece
    base, form = base + stands, form + typed
    base = base or form.removesuffix("-")
    if "[De]" in unit and form.endswith("is-"):
        base = form.removesuffix("-")
    return form, base.lower() if "[Dg]" in unit else base.capitalize() if "[De]" in unit else base
