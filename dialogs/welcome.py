"""The end of every turn: a stranger is welcomed beside the first answer, and what was offered is remembered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import choosing
from dialogs.mind import Mind
from dialogs.model import Reply, Say, State

ROOM = 780
"""Characters of an answer up to which the welcome is said beside it; after a longer one it waits for the next turn."""


def welcomed(mind: Mind, before: State, reply: Reply, now: dt.datetime) -> Reply:
    """`reply` with the welcome where it is due, and with the state that is to be remembered."""
    in_crisis = reply.topic is not None and reply.topic.startswith("crisis")
    says = reply.says
    if not (before.greeted or in_crisis or reply.state.pending or _menu(says) or choosing.length(says) > ROOM):
        text = mind.phrase("welcome", reply.state.locale, selko=reply.state.selko)
        says = (*says, Say.of(text, choosing.areas(mind, reply.state.locale)))
    update = {
        "offered": choosing.offered(says),
        "greeted": before.greeted or _areas(says),
        "last_at": now,
        "misses": 0 if reply.answered else before.misses + 1,
    }
    return replace(reply, says=says, state=reply.state.model_copy(update=update))


def _menu(says: tuple[Say, ...]) -> bool:
    """Whether something is to be chosen already, areas or a language: a second menu would only be in the way."""
    return _areas(says) or any(c.data.startswith("talk:") for say in says for c in say.choices)


def _areas(says: tuple[Say, ...]) -> bool:
    return any(c.data.startswith("area:") for say in says for c in say.choices)
