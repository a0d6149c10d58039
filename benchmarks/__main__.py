"""Print accuracy on the content's own test sentences, on the evaluation's sample and the public sets where they are, time and memory.

`python -m benchmarks content cost calibration public` prints all; name some for less.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import calibration, cost, public
from bot.batch import replies
from dialogs.deciding import decide, topic_of
from dialogs.mind import Mind
from knowledge.loader import load
from knowledge.parts import LOCALES
from knowledge.understanding import unseen

SAMPLE = Path(__file__).parents[2] / "shared" / "eval"
PARTS = ("content", "cost", "calibration", "public")


def accuracy(mind: Mind) -> None:
    """Content test sentences: answered with the right topic, asked back or declined, answered with a wrong one."""
    for locale in LOCALES:
        counts = {"right": 0, "asked back": 0, "wrong": 0, "answer right": 0}
        for name, language, text in unseen(mind.knowledge):
            if language != locale:
                continue
            decision = decide(mind, text, locale)
            right = topic_of(decision.best.name) == topic_of(name)
            counts["asked back" if not decision.sure else "right" if right else "wrong"] += 1
            counts["answer right"] += decision.best.name == name
        total = sum(counts.values()) - counts["answer right"]
        print(f"test sentences {locale}: {total}, " + ", ".join(f"{key} {100 * n / total:.1f} %" for key, n in counts.items()))


def sample(mind: Mind) -> None:
    """The evaluation's sample, judged by its own scorer."""
    lines = []
    for name in ("answerable", "dialogues", "unanswerable"):
        for line in (SAMPLE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked = {"turns": [turn["user"] for turn in row["turns"]]} if "turns" in row else {"text": row["question"]}
            lines.append(json.dumps({"id": row["id"], **asked}))
    answered = [json.dumps(reply, ensure_ascii=False) for reply in replies(mind, lines, lambda: cost.NOW)]
    path = Path("var") / "sample-replies.jsonl"
    path.write_text("\n".join(answered), encoding="utf-8")
    scored = subprocess.run([sys.executable, str(SAMPLE / "score.py"), str(path)], capture_output=True, text=True, check=True)  # noqa: S603
    print(scored.stdout[scored.stdout.index("SUMMARY") :])


def main(parts: list[str]) -> None:
    """Run what is named, or everything."""
    parts = parts or list(PARTS)
    if wrong := set(parts) - set(PARTS):
        sys.exit(f"no such part: {', '.join(sorted(wrong))}; there are {', '.join(PARTS)}")
    mind = Mind.of(load(), None, Path("var"))
    if "content" in parts:
        accuracy(mind)
        if (SAMPLE / "score.py").is_file():
            sample(mind)
    if "cost" in parts:
        cost.turns(mind)
        cost.chat_memory()
        cost.growth(mind.knowledge)
    if "calibration" in parts:
        calibration.reliability(mind)
    if "public" in parts:
        public.table()


if __name__ == "__main__":
    main(sys.argv[1:])
