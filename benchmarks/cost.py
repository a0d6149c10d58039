"""Time and memory."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np
import psutil
from threadpoolctl import threadpool_limits

from dialogs.conversation import respond
from dialogs.mind import Mind
from dialogs.model import State, Turn
from knowledge.calendar import FINLAND
from knowledge.features import Features
from knowledge.lexicon import read_lexicon
from knowledge.loader import Knowledge
from knowledge.matcher import Matcher
from knowledge.morphology import analyser
from knowledge.parts import LOCALES
from knowledge.regression import Examples, Weights
from knowledge.understanding import unseen

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=FINLAND)
UNSEEN = ["yhdistyskummitusten", "kyläkahvitteluillassa", "rahoituskuvioiden", "vertaisohjaajuuksista"]
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
"""Utterances in the matchers of the growth table."""
INTENTS = 600
CHAT = "milloin avustuksia voi hakea\nvalmiina xyzzy\nkyläkahvitteluillassa\nvad är SILTA?\nwho can apply?\n"


def chat_memory() -> None:
    """What `siltabotti chat` takes, in 10^6 bytes, when it has talked in three languages and read words that nobody had written."""
    chat = subprocess.Popen([sys.executable, "-m", "bot.cli", "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if chat.stdin is None or chat.stdout is None:
        return
    chat.stdin.write(CHAT)
    chat.stdin.flush()
    blank = 0
    while blank < CHAT.count("\n"):  # a reply ends with an empty line, and may hold some
        blank += chat.stdout.readline() == "\n"
    print(f"memory of siltabotti chat: {psutil.Process(chat.pid).memory_info().rss / 1e6:.0f} MB, Voikko loaded")
    chat.communicate()


def spread(times: Sequence[float]) -> str:
    """Median and p99 of seconds, in milliseconds."""
    return f"median {1_000 * np.median(times):6.2f} ms, p99 {1_000 * np.percentile(times, 99):6.2f} ms"


def timed(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Seconds for each of `texts`."""
    times = []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        times.append(time.perf_counter() - start)
    return times


def turns(mind: Mind) -> None:
    """A whole turn on one core, for test sentences, a fifth of them with a word never seen before."""
    threadpool_limits(1)
    texts = [text for _, _, text in unseen(mind.knowledge)][::3]
    asked = [f"{text} {UNSEEN[n // 5 % len(UNSEEN)]}{n}" if n % 5 == 0 else text for n, text in enumerate(texts)]
    print(f"turn: {spread(timed(lambda text: respond(State(), Turn(text=text), NOW, mind), asked))} ({len(asked)} turns)")


def growth(knowledge: Knowledge) -> None:
    """Matching time by the number of utterances. The weights are noise: they take as long as fitted ones."""
    print("\nutterances    matching a message")
    found = [text for _, _, _, answer in knowledge.answers() for locale in LOCALES for text in answer.utterances.of(locale)]
    found = found[:: max(1, len(found) // SIZES[-1])]
    asked = [text for _, locale, text in unseen(knowledge) if locale == "fi"][::4]
    for size in SIZES:
        matcher = _noisy(list(islice(found[:: max(1, len(found) // size)], size)))
        print(f"{size:10}    {spread(timed(lambda text, matcher=matcher: matcher.rank(text, 5), asked))}", flush=True)


def _noisy(texts: Sequence[str]) -> Matcher:
    features = Features(analyser("fi", read_lexicon()))
    vectors = features.fit(texts)
    noise = np.random.default_rng(1).normal(size=(len(texts), INTENTS)).astype(np.float32)
    sizes = [len(part) for part in np.array_split(np.arange(len(texts)), INTENTS)]
    return Matcher([f"intent {n}" for n in range(INTENTS)], [], features, Examples.of(vectors, features.size), Weights.of(noise, sizes))
