"""Print accuracy on the content's own test sentences (and on the evaluation's sample where it is), time and memory."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bot.batch import replies
from dialogs.conversation import respond
from dialogs.deciding import decide, topic_of
from dialogs.mind import Mind
from dialogs.model import State, Turn
from knowledge.calendar import FINLAND
from knowledge.loader import load
from knowledge.parts import LOCALES
from knowledge.understanding import unseen

SAMPLE = Path(__file__).parents[2] / "shared" / "eval"
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=FINLAND)
UNSEEN = ["yhdistyskummitusten", "kyläkahvitteluillassa", "rahoituskuvioiden", "vertaisohjaajuuksista"]


def megabytes() -> float:
    """Resident memory of this process."""
    return psutil.Process().memory_info().rss / 1e6


def accuracy(mind: Mind) -> None:
    """Content test sentences: answered with the right topic, asked back or declined, answered with a wrong one."""
    for locale in LOCALES:
        counts = {"right": 0, "asked back": 0, "wrong": 0}
        for name, language, text in unseen(mind.knowledge):
            if language != locale:
                continue
            decision = decide(mind, text, locale)
            right = topic_of(decision.best.name) == topic_of(name)
            counts["asked back" if not decision.sure else "right" if right else "wrong"] += 1
        total = sum(counts.values())
        print(f"test sentences {locale}: {total}, " + ", ".join(f"{key} {100 * n / total:.1f} %" for key, n in counts.items()))


def speed(mind: Mind) -> None:
    """Time of a whole turn, for test sentences, a fifth of them with a word never seen before."""
    texts = [text for _, _, text in unseen(mind.knowledge)][::3]
    times = []
    for number, text in enumerate(texts):
        asked = f"{text} {UNSEEN[number // 5 % len(UNSEEN)]}{number}" if number % 5 == 0 else text
        start = time.perf_counter()
        respond(State(), Turn(text=asked), NOW, mind)
        times.append(1_000 * (time.perf_counter() - start))
    times.sort()
    print(f"turn: median {times[len(times) // 2]:.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms ({len(times)} turns)")


def sample(mind: Mind) -> None:
    """The evaluation's sample, judged by its own scorer."""
    lines = []
    for name in ("answerable", "dialogues", "unanswerable"):
        for line in (SAMPLE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked = {"turns": [turn["user"] for turn in row["turns"]]} if "turns" in row else {"text": row["question"]}
            lines.append(json.dumps({"id": row["id"], **asked}))
    answered = [json.dumps(reply, ensure_ascii=False) for reply in replies(mind, lines, lambda: NOW)]
    path = Path("var") / "sample-replies.jsonl"
    path.write_text("\n".join(answered), encoding="utf-8")
    scored = subprocess.run([sys.executable, str(SAMPLE / "score.py"), str(path)], capture_output=True, text=True, check=True)  # noqa: S603
    print(scored.stdout[scored.stdout.index("SUMMARY") :])


def main() -> None:
    """Run everything."""
    start = time.perf_counter()
    mind = Mind.of(load(), None, Path("var"))
    respond(State(), Turn(text="valmiina xyzzy"), NOW, mind)
    print(f"ready: {time.perf_counter() - start:.2f} s, {megabytes():.0f} MB (Voikko loaded)")
    accuracy(mind)
    speed(mind)
    if SAMPLE.is_dir():
        sample(mind)
    print(f"memory at the end: {megabytes():.0f} MB")


if __name__ == "__main__":
    main()
