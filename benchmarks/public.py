"""The matcher on public sets of intents (MASSIVE, CLINC150, BANKING77), side by side with the ready-made means of `rivals`.

Draws of n utterances an intent are those of the evaluation's runner. Nothing was chosen on the test split that is judged here.
"""

from __future__ import annotations

import json
import random
import time
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.rivals import ALL, Ask, Examples
from knowledge.parts import Locale

FOLDER = Path(__file__).parents[2] / "shared" / "eval" / "public"
SLOW = {"WRatio": 300, "token_set_ratio": 600}
"""Test sentences for which a means has the patience when it must compare with more than 5 000 utterances."""
MANY = 5_000
ERRORS = 0.4
"""Share of longer words that get a typing error."""
LONGER = 5
"""Letters from which a word is longer."""

Pairs = list[tuple[str, str]]
"""Texts and their intents."""
Data = Mapping[str, Any]


class Row(NamedTuple):
    """One line of the table."""

    title: str
    data: str
    shots: int | None
    """Utterances an intent; None for all."""
    draws: int = 1
    errors: bool = False


ROWS = [
    Row("MASSIVE fi, 5", "massive_fi", 5, 3),
    Row("MASSIVE fi, 10", "massive_fi", 10, 3),
    Row("MASSIVE fi, 10, errors", "massive_fi", 10, 3, errors=True),
    Row("MASSIVE sv, 10", "massive_sv", 10, 3),
    Row("BANKING77, 10", "banking77", 10),
    Row("CLINC150, all", "clinc150_full", None),
    Row("MASSIVE fi, all", "massive_fi", None),
]


def table() -> None:
    """Print every row as it is measured."""
    if not FOLDER.is_dir():
        print(f"public sets: not measured, there is no folder {FOLDER}")
        return
    print("\npublic sets, accuracy in per cent (CLINC: in scope / recall of out of scope), then milliseconds a text:")
    print(f"{'':24}" + "".join(f"{name:>22}" for name in ALL))
    for row in ROWS:
        data = json.loads((FOLDER / f"{row.data}.json").read_text(encoding="utf-8"))
        cells = [_cell(name, fit, row, data) for name, fit in ALL.items()]
        print(f"{row.title:24}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


def _cell(name: str, fit: Callable[[Examples, Locale], Ask], row: Row, data: Data) -> str:
    right, spent = [], 0.0
    for draw in range(row.draws):
        examples = drawn(data, row.shots, draw)
        ask = fit(examples, data["meta"]["lang"])
        asked = shuffled(data["test"], 5)
        if name in SLOW and sum(map(len, examples.values())) > MANY:
            asked = asked[: SLOW[name]]
        texts = [mistyped(text, number) if row.errors else text for number, (text, _) in enumerate(asked)]
        start = time.perf_counter()
        found = [ask(text) for text in texts]
        spent = 1_000 * (time.perf_counter() - start) / len(texts)
        if "oos_test" in data:
            return f"{_in_and_out(ask, data, asked, found)}  {spent:5.1f} ms"
        right.append(np.mean([best == intent for (best, _), (_, intent) in zip(found, asked, strict=True)]))
    return f"{100 * np.mean(right):.1f}  {spent:5.1f} ms"


def drawn(data: Data, shots: int | None, draw: int) -> dict[str, list[str]]:
    """`shots` utterances of each intent, the published ones where there are such; all for None."""
    if f"train_{shots}" in data and draw == 0:
        pairs, shots = data[f"train_{shots}"], None
    else:
        pairs = data["train"] if shots is None else shuffled(data["train"], 1_000 + draw)
    examples: dict[str, list[str]] = {}
    for text, intent in pairs:
        known = examples.setdefault(intent, [])
        if shots is None or len(known) < shots:
            known.append(text)
    return examples


def shuffled(pairs: Sequence[Any], seed: int) -> Pairs:
    """`pairs` in an order that depends on `seed` alone."""
    mixed = [(text, intent) for text, intent in pairs]
    random.Random(seed).shuffle(mixed)  # noqa: S311
    return mixed


def mistyped(text: str, seed: int) -> str:
    """`text` with one edit in ERRORS of its longer words: letters changed places, one left out, doubled or another."""
    chance = random.Random(seed)  # noqa: S311
    return " ".join(_edited(word, chance) if len(word) >= LONGER and chance.random() < ERRORS else word for word in text.split())


def _edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    first, second, rest = word[at], word[at + 1], word[at + 2 :]
    letter = chance.choice("aeiouyäönstlkrmvphjdg")
    return word[:at] + chance.choice([second + first, second, first + first + second, letter + second]) + rest


def _in_and_out(ask: Ask, data: Data, asked: Pairs, found: Sequence[tuple[str, float]]) -> str:
    """In-scope accuracy and out-of-scope recall, with the threshold that is best on the validation split."""
    share = len(asked) / len(data["test"])

    def few(rows: Sequence[Any]) -> Sequence[Any]:
        return rows[: max(100, int(len(rows) * share))]

    valid = [(*ask(text), intent) for text, intent in few(shuffled(data["valid"], 5))]
    right = sorted(score for best, score, intent in valid if best == intent)
    foreign = sorted(ask(text)[1] for text in few(data["oos_valid"]))
    candidates = sorted({score for _, score, _ in valid} | set(foreign))
    threshold = max(candidates, key=lambda least: len(right) - bisect_left(right, least) + bisect_left(foreign, least))
    inside = np.mean([best == intent and score >= threshold for (best, score), (_, intent) in zip(found, asked, strict=True)])
    outside = np.mean([ask(text)[1] < threshold for text in few(data["oos_test"])])
    return f"{100 * inside:.1f} / {100 * outside:.0f}"
