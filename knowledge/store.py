"""Fitted matchers on disk: fitting takes seconds, reading takes none.

A file is named after a digest of all that goes into it, so that it can be stale for nobody; files of other digests are deleted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from knowledge.matcher import Groups, Matcher
from knowledge.morphology import Analyse

Arrays = Mapping[str, Any]
UNCONCERNED = {"calendar.py", "form_lint.py", "forms.py", "glossary.py", "lint.py", "loader.py", "manual.py", "schema.py", "store.py"}
"""Files of this package that change nothing about what a fit comes to."""


def digest(examples: Mapping[str, Sequence[str]], kin: Mapping[str, Groups], besides: str = "") -> str:
    """A short name for exactly these examples, and what goes in `besides` them, fitted by exactly this code."""
    code = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")) if path.name not in UNCONCERNED]
    text = json.dumps([{k: list(v) for k, v in examples.items()}, {k: dict(v) for k, v in kin.items()}, code, besides], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def kept(folder: Path | None, name: str, key: str, analyse: Analyse, fit: Callable[[], Matcher]) -> Matcher:
    """The matcher called `name`: read from `folder` when it is there, else fitted and left there for the next start."""
    if folder is None:
        return fit()
    path = folder / f"{name}-{key}.npz"
    if (read := _read(path, analyse)) is not None:
        return read
    fitted = fit()
    _write(path, fitted.arrays())
    for old in folder.glob(f"{name}-*.npz"):
        if old != path:
            old.unlink(missing_ok=True)
    return fitted


def _read(path: Path, analyse: Analyse) -> Matcher | None:
    """The matcher in `path`; None when there is none, or when the file is not whole."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Matcher.restored({key: arrays[key] for key in arrays.files}, analyse)
    except (OSError, KeyError, ValueError, BadZipFile):
        return None


def _write(path: Path, arrays: Arrays) -> None:
    """Whole or not at all; a folder that cannot be written costs only time at the next start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half.npz")
        np.savez(half, **arrays)
        half.replace(path)
    except OSError:
        return
