"""Where the thresholds of `dialogs.deciding` and `knowledge.matcher` come from: what share is right at which score.

The content's own test sentences stand for the questions to be answered, its sentences of other worlds (and MASSIVE's, where they are) for
the rest. Read down a column to the score from which what is left is right often enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from benchmarks import public
from dialogs.deciding import kind_of, topic_of
from dialogs.mind import Mind
from knowledge.matcher import Matcher
from knowledge.parts import Locale
from knowledge.understanding import unseen

SCOPES = (-1.0, 0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
SCORES = (0.0, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 9.0)
MARGINS = (0.0, 0.01, 0.03, 0.05, 0.1, 0.2, 0.4, 9.0)
LOCALE: Locale = "fi"


class Seen(NamedTuple):
    """One sentence and what was made of it."""

    scope: float
    score: float
    margin: float
    right: bool


def scope_table(ours: Sequence[Seen], foreign: Sequence[float]) -> None:
    """What the scope keeps of our own questions, and lets pass of the world's."""
    print(f"\nscope from …  ours kept ({len(ours)})  foreign passing ({len(foreign)})")
    for least in SCOPES[1:]:
        kept, passing = np.mean([seen.scope >= least for seen in ours]), np.mean([scope >= least for scope in foreign])
        print(f"{least:9.2f}  {100 * kept:12.1f} %  {100 * passing:16.1f} %")


def bins(title: str, edges: Iterable[float], found: Sequence[tuple[float, bool]]) -> None:
    """A reliability table: between two edges, how many there are and what share of them is right."""
    print(f"\n{title:14}  sentences  right")
    for low, high in pairwise(edges):
        right = [is_right for value, is_right in found if low <= value < high]
        if right:
            print(f"{low:5.2f} to {high:5.2f}  {len(right):9}  {100 * np.mean(right):5.1f} %")


def reliability(mind: Mind) -> None:
    """Print the tables."""
    ours = [_seen(mind, name, text) for name, locale, text in unseen(mind.knowledge) if locale == LOCALE and kind_of(mind, name) == "answer"]
    foreign = [text for name, locale, text in unseen(mind.knowledge) if locale == LOCALE and kind_of(mind, name) == "outside"]
    if public.FOLDER.is_dir():
        data = json.loads((public.FOLDER / "massive_fi.json").read_text(encoding="utf-8"))
        foreign += [text for text, _ in data["valid"]]
    scope_table(ours, [mind.understanding.scope(text, LOCALE) for text in foreign])
    bins("score, content", SCORES, [(seen.score, seen.right) for seen in ours])
    bins("lead, content", MARGINS, [(seen.margin, seen.right) for seen in ours])
    if public.FOLDER.is_dir():
        found = _public(data)
        bins("score, MASSIVE", SCORES, [(seen.score, seen.right) for seen in found])
        bins("lead, MASSIVE", MARGINS, [(seen.margin, seen.right) for seen in found])


def _seen(mind: Mind, name: str, text: str) -> Seen:
    """Right is the topic; the lead is over the best of another topic, because the facets of one are hardly strangers."""
    first, *rest = mind.understanding.rank(text, LOCALE, 50)
    second = next((match.score for match in rest if topic_of(match.name) != topic_of(first.name)), 0.0)
    return Seen(mind.understanding.scope(text, LOCALE), first.score, first.score - second, topic_of(first.name) == topic_of(name))


def _public(data: dict[str, list[tuple[str, str]]]) -> list[Seen]:
    """MASSIVE with ten utterances an intent, asked its validation split."""
    matcher = Matcher.from_examples(public.drawn(data, 10, 0), LOCALE)
    ranked = [(matcher.rank(text, 2), intent) for text, intent in data["valid"]]
    return [Seen(1.0, first.score, first.score - second.score, first.name == intent) for (first, second), intent in ranked]
