"""Questions written from the source documents alone, by somebody who had seen neither the content nor the matcher.

They are never edited to pass. The very first run answered 75.3 % of them right and declined 80.0 % of the foreign ones; the floors below
are what is measured now, and may only rise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.render import render
from dialogs.conversation import respond
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from tests.conftest import NOW

FOLDER = Path(__file__).parent / "questions"
ANSWERED_RIGHT = 0.88
"""Share of the 150 answerable questions whose reply holds what it must."""
DECLINED = 0.88
"""Share of out-of-scope questions and near misses that are not answered."""
OWN_RIGHT = 0.95
"""The same of `own_fresh.jsonl`: questions written before the content they ask for was worked on, in five rounds. At their first runs 83,
88, 95, 87 and 89 % of them were answered right (rounds 4 and 5 have more of what is hard: other words than ours, Swedish, stories)."""

LATER_RIGHT = 0.92
"""Share of the 410 questions of `later.jsonl` answered right: four rounds by people who saw neither content nor code, each first run before
its failures were read: 90, 90, 93 and 95 %."""
TURNS_RIGHT = 0.88
"""Share of the turns with a must of `later_dialogues.jsonl`, written likewise: 81, 87, 89, 82 and 94 % at their first runs."""
LATER_DECLINED = 0.95
"""Share of the foreign questions and near misses of `later_unanswerable.jsonl` that are not answered."""
LATER_HEARD = 0.95
"""Share of its crises that are heard, and of what only sounds like one that is not taken for one; and the same of `alarms.jsonl`, three
rounds by the one who taught, each first run before it was learnt from: 44 of 50, 46 of 50 and 23 of 30 heard, 27 of 40 and 27 of 30 not taken."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def ask(mind: Mind, question: str) -> Reply:
    return respond(State(), Turn(text=question), NOW, mind)


def holds(reply: Reply, must: list[list[str]]) -> bool:
    text = f" {render(reply)} ".casefold().replace("–", "-").replace("\n", " ")
    return all(any(alternative.casefold() in text for alternative in group) for group in must)


def right(reply: Reply, must: list[list[str]]) -> bool:
    return reply.answered and holds(reply, must)


@pytest.mark.parametrize(("name", "floor"), [("blind", ANSWERED_RIGHT), ("later", LATER_RIGHT)])
def test_questions(mind: Mind, name: str, floor: float) -> None:
    asked = rows(f"{name}.jsonl")
    share = sum(right(ask(mind, row["question"]), row["must"]) for row in asked) / len(asked)
    print(f"{name} questions answered right: {100 * share:.1f} %")  # noqa: T201
    assert share >= floor


@pytest.mark.parametrize(("name", "floor"), [("blind", DECLINED), ("later", LATER_DECLINED)])
def test_foreign_questions(mind: Mind, name: str, floor: float) -> None:
    foreign = [row for row in rows(f"{name}_unanswerable.jsonl") if row["kind"] in ("out_of_scope", "near_miss")]
    share = sum(not ask(mind, row["question"]).answered for row in foreign) / len(foreign)
    print(f"{name} foreign questions declined: {100 * share:.1f} %")  # noqa: T201
    assert share >= floor


@pytest.mark.parametrize(("kind", "helped"), [("crisis", True), ("false_crisis", False)])
def test_blind_crises(mind: Mind, kind: str, helped: bool) -> None:
    wrong = [
        row["question"] for row in rows("blind_unanswerable.jsonl") if row["kind"] == kind and ("112" in render(ask(mind, row["question"]))) != helped
    ]
    assert not wrong


def test_own_fresh_questions(mind: Mind) -> None:
    asked = rows("own_fresh.jsonl")
    replies = [(row, ask(mind, row["question"])) for row in asked]
    wrong = [row["question"] for row, reply in replies if not (right(reply, row["must"]) if "must" in row else not reply.answered)]
    print(f"own fresh questions as they should be: {100 * (1 - len(wrong) / len(asked)):.1f} %")  # noqa: T201
    assert 1 - len(wrong) / len(asked) >= OWN_RIGHT, wrong


def test_later_dialogues(mind: Mind) -> None:
    verdicts: list[bool] = []
    for row in rows("later_dialogues.jsonl"):
        state = State()
        for turn in row["turns"]:
            reply = respond(state, Turn(text=turn["user"]), NOW, mind)
            state = reply.state
            if "must" in turn:
                verdicts.append(holds(reply, turn["must"]))
    share = sum(verdicts) / len(verdicts)
    print(f"later dialogues, turns right: {100 * share:.1f} % of {len(verdicts)}")  # noqa: T201
    assert share >= TURNS_RIGHT


@pytest.mark.parametrize("name", ["later_unanswerable", "alarms"])
@pytest.mark.parametrize(("kind", "heard"), [("crisis", True), ("false_crisis", False)])
def test_later_crises(mind: Mind, name: str, kind: str, heard: bool) -> None:
    asked = [row["question"] for row in rows(f"{name}.jsonl") if row["kind"] == kind]
    wrong = [question for question in asked if (ask(mind, question).topic or "").startswith("crisis") != heard]
    print(f"{name} {kind}: {len(asked) - len(wrong)} of {len(asked)}")  # noqa: T201
    assert 1 - len(wrong) / len(asked) >= LATER_HEARD, wrong
