"""Whatever anybody types or taps, for several turns: never an error, never nothing, never too long for a chat."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.conversation import respond
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from tests.conftest import NOW

LONGEST_MESSAGE = 4_096
"""UTF-16 units that one message of a chat may have."""
LONGEST_DATA = 64
"""Bytes that a button may carry."""
KINDS = ["answer:", "area:", "place:", "original:", "welcome:", ""]
FAMILIAR = [
    "entä milloin?",
    "Forssa",
    "lahti",
    "ei kun tarkoitin olkaa",
    "1",
    "på svenska",
    "selkokielellä",
    "kiitos",
    "tack",
    "where is it",
    "jag orkar inte",
]

texts = st.one_of(st.text(max_size=200), st.sampled_from(FAMILIAR), st.lists(st.sampled_from(FAMILIAR), max_size=60).map(" ".join))
data = st.one_of(st.text(max_size=80), st.builds(str.__add__, st.sampled_from(KINDS), st.text(max_size=40)), st.just("answer:olka/where"))
turns = st.lists(st.tuples(st.one_of(texts.map(Turn), data.map(lambda found: Turn(data=found))), st.integers(0, 90)), min_size=1, max_size=6)


def units(text: str) -> int:
    """How long Telegram counts `text`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_well_formed(reply: Reply) -> bool:
    """Whether something is said, and everything fits where it must."""
    messages = ["\n".join([*(part.text for part in say.parts), *(choice.label for choice in say.choices)]) for say in reply.says]
    buttons = [choice.data for say in reply.says for choice in say.choices]
    readable = bool(messages) and all(text.strip() and units(text) <= LONGEST_MESSAGE for text in messages)
    return readable and all(len(found.encode()) <= LONGEST_DATA for found in buttons)


@given(turns=turns)
@settings(derandomize=True, deadline=None, max_examples=150, database=None, suppress_health_check=list(HealthCheck))
def test_any_conversation_is_answered(mind: Mind, turns: list[tuple[Turn, int]]) -> None:
    state, now = State(), NOW
    for turn, minutes in turns:
        now += dt.timedelta(minutes=minutes)
        reply = respond(state, turn, now, mind)
        assert is_well_formed(reply), turn
        state = State.model_validate_json(reply.state.model_dump_json())
