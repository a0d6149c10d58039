"""The end of every turn: a stranger is welcomed beside the first answer, and what was said and offered is remembered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import choosing
from dialogs.mind import Mind
from dialogs.model import Part, Reply, Say, State

ROOM = 850
"""Characters of an answer up to which the welcome is said beside it; after a longer one it waits for the next turn."""


def welcomed(mind: Mind, before: State, reply: Reply, now: dt.datetime) -> Reply:
    """`reply` with the welcome where it is due, and with the state that is to be remembered."""
    says = _with_person(mind, before, reply)
    told = any(c.data.startswith("area:") for say in says for c in say.choices)
    asks = any(c.data.startswith("talk:") for say in says for c in say.choices)  # which language: that is to be answered first
    in_crisis = _kind(mind, reply) == "crisis"
    after_crisis = before.crisis and _kind(mind, reply) == "chitchat"
    if after_crisis:
        says = tuple(replace(say, choices=()) for say in says)
    if not (before.greeted or in_crisis or after_crisis or reply.state.pending or reply.state.open or told or asks or choosing.length(says) > ROOM):
        says = (*says, Say.of(mind.phrase("welcome", reply.state.locale, selko=reply.state.selko)))
        told = True
    update = {
        "offered": choosing.offered(says),
        "labels": tuple(c.label for say in says for c in say.choices),
        "crisis": in_crisis or after_crisis,
        "greeted": before.greeted or told,
        "last_at": now,
        "quiet": 0 if reply.topic is not None and reply.topic == reply.state.topic else before.quiet + 1,
        "misses": 0 if reply.answered else before.misses + 1,
    }
    return replace(reply, says=says, state=reply.state.model_copy(update=update))


def _kind(mind: Mind, reply: Reply) -> str | None:
    """The kind of talk it was; None for everything else."""
    chat = mind.knowledge.chats.get(reply.topic or "")
    return chat.kind if chat else None


def _with_person(mind: Mind, before: State, reply: Reply) -> tuple[Say, ...]:
    """What is said; after a second miss in a row with a person to ask, where only another world was named."""
    if not before.misses or _kind(mind, reply) != "outside":
        return reply.says
    first, *rest = reply.says
    note = Part("note", mind.phrase("ask-person", reply.state.locale))
    return (replace(first, parts=(*first.parts, note)), *rest)
