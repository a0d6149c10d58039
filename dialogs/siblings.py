"""Two answers of one topic that are about equally likely meant ("who arranges it" or "where is it") are both said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs.answering import say_answer
from dialogs.choosing import length
from dialogs.deciding import PLAIN, Decision, topic_of
from dialogs.mind import Mind
from dialogs.model import Reply, Say

NEAR = 0.95
"""Share of the best answer's score from which a sibling is about as likely."""
LONGEST = 600
"""Characters that the two may have together."""


def with_sibling(mind: Mind, reply: Reply, meant: Decision, now: dt.datetime) -> Reply:
    """`reply` to what was `meant`, and the next likely answer where that is about as likely, of the same topic and no gap."""
    name = _sibling(mind, reply, meant)
    if name is None:
        return reply
    first, second = reply.says[0], say_answer(mind, reply.state, name, now)
    both = _joined(first, second, f"answer:{name}")
    return replace(reply, says=(both,)) if length((both,)) <= LONGEST else reply


def _sibling(mind: Mind, reply: Reply, meant: Decision) -> str | None:
    """The name of the second likeliest meaning, where it is to be said too."""
    if not reply.answered or f"{reply.topic}/{reply.facet}" != meant.best.name or meant.best.score >= PLAIN or len(meant.ranked) < 2:
        return None
    second = meant.ranked[1]
    near = topic_of(second.name) == reply.topic and second.score >= NEAR * meant.best.score
    return second.name if near and not mind.knowledge.answer(second.name)[2].gap else None


def _joined(first: Say, second: Say, data: str) -> Say:
    """The second text after the first; what is newer, limits and sources once each; no button for what is said already."""
    newer = [part for part in second.parts if part.kind == "newer"]
    text = [part for part in second.parts if part.kind == "text"]
    rest = [part for part in second.parts if part.kind not in ("newer", "text")]
    at = next(number for number, part in enumerate(first.parts) if part.kind == "text") + 1
    parts = dict.fromkeys((*newer, *first.parts[:at], *text, *first.parts[at:], *rest))
    return Say(tuple(parts), tuple(choice for choice in first.choices if choice.data != data))
