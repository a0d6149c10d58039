"""A room of the tests: two dialogues that end in a sentence, with a fake register of associations to look up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from dialogs import guiding, rooms, tapping
from dialogs.effects import Effect, Outcome
from dialogs.mind import Mind
from dialogs.model import Open, Reply, Say, State
from knowledge.forms import Form
from knowledge.loader import Knowledge

FOLDER = Path(__file__).parent / "dialogs"
KNOWN = ("Hattulan Hakapojat ry", "Hattulan Hiihtäjät ry")


@dataclass(frozen=True)
class LookUp(Effect):
    """Which associations resemble what was typed?"""

    typed: str


@dataclass(frozen=True)
class Found(Outcome):
    """Those that do."""

    typed: str
    names: tuple[str, ...]


def forms() -> Mapping[str, Form]:
    """The dialogues of this folder."""
    return {path.stem: Form.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.yaml"))}


def with_forms(knowledge: Knowledge) -> Knowledge:
    """`knowledge` with the dialogues of the tests, which "try:<form>" begins."""
    tapping.KINDS["try"] = _begin
    rooms.CONFIRMED.update(dict.fromkeys(forms(), _confirmed))
    return replace(knowledge, forms={**knowledge.forms, **forms()})


def look_up(asked: LookUp) -> Found:
    """What the fake register says."""
    return Found(asked.typed, tuple(name for name in KNOWN if name[:3].casefold() == asked.typed[:3].casefold()))


def found(mind: Mind, state: State, outcome: Found, _: dt.datetime) -> Reply:
    """Tell it, the way a real room does."""
    return guiding.suggest(mind, state, "association", outcome.typed, outcome.names)


def _begin(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    return guiding.begin(mind, state, value, {"id": 12, "subject": "{ilta} <b>"})


def _confirmed(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    told = "; ".join(f"{name}={value}" for name, value in opened.filled.items())
    return Reply(state, (Say.of(f"Vahvistettu: {told}"),), topic="tried")
