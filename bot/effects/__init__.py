"""What a turn changes or looks up besides the conversation, within the turn's transaction. An effect may refuse; then nothing has happened."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from bot.db import queries
from bot.effects import announcing, evenings, hosting, privacy
from bot.effects.work import House, RefusedError, Work
from dialogs.conversation import refused, respond, told
from dialogs.effects import BecomeAdmin, Done, Effect, Outcome
from dialogs.model import Reply, State

__all__ = ["EFFECTS", "House", "RefusedError", "Work", "digest", "reply_to"]
Apply = Callable[[Work, Any], Awaitable[Outcome]]
"""Does what the effect says and gives what came of it. Raises RefusedError."""
MOST = 3
"""Effects that may follow from each other in one turn."""


def digest(code: str) -> str:
    """What is kept of an invitation's code."""
    return hashlib.sha256(code.encode()).hexdigest()


async def _become_admin(work: Work, effect: BecomeAdmin) -> Done:
    person = work.asked.person_id
    if person is None or not await queries.accept(work.session, digest(effect.code), person, work.now):
        raise RefusedError("invitation")
    return Done("admin-welcome")


EFFECTS: dict[type[Effect], Apply] = {BecomeAdmin: _become_admin, **announcing.EFFECTS, **evenings.EFFECTS, **hosting.EFFECTS, **privacy.EFFECTS}
"""All effects, by their kind in dialogs/."""


async def reply_to(work: Work, state: State) -> Reply:
    """What is said to the turn in `work`; its effects have happened, all of them or none."""
    reply = respond(state, work.asked.turn, work.now, work.mind)
    try:
        async with work.session.begin_nested():
            for _ in range(MOST):
                if reply.effect is None:
                    break
                outcome = await EFFECTS[type(reply.effect)](work, reply.effect)
                reply = told(reply.state, outcome, work.now, work.mind)
    except RefusedError as refusal:
        return refused(state, refusal.reason, work.now, work.mind)
    return reply
