"""Questions in, replies out, one JSON object a line; each line is a fresh person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.render import render
from bot.session import Clock, Session, UnknownPlaceError, finnish_now, place_key
from dialogs.mind import Mind
from dialogs.model import Reply, State
from knowledge.parts import Locale

Row = dict[str, Any]


class Line(BaseModel):
    """One line of input."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    """Comes back with the reply."""
    text: str | None = None
    """One question."""
    turns: Annotated[list[str], Field(min_length=1)] | None = None
    """Or several turns of one conversation."""
    locale: Locale | None = None
    """The person's chosen language."""
    place: str | None = None
    """The person's municipality, any form of its name."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Line:
        if (self.text is None) == (self.turns is None):
            raise ValueError("give either text or turns")
        return self


def replies(mind: Mind, lines: Iterable[str], clock: Clock = finnish_now) -> Iterator[Row]:
    """A reply for each line that is not blank; a bad line gives {"id", "error"} and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _reply(mind, line, number, clock)


def _reply(mind: Mind, line: str, number: int, clock: Clock) -> Row:
    given: Any = None
    try:
        given = json.loads(line)
        return _talk(mind, Line.model_validate(given), clock)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"line {number}: not JSON: {error.msg}"}
    except ValidationError as error:
        reason = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors())
        return {"id": given.get("id") if isinstance(given, dict) else None, "error": f"line {number}: {reason}"}
    except UnknownPlaceError as error:
        return {"id": given.get("id"), "error": f"line {number}: place: {error}"}


def _talk(mind: Mind, line: Line, clock: Clock) -> Row:
    place = place_key(mind, line.place) if line.place else None
    state = State(locale=line.locale or "fi", locale_chosen=line.locale is not None, place=place)
    session = Session(mind, state, clock)
    rows = [row(session.say(text)) for text in (line.turns or [line.text or ""])]
    if line.turns is None:
        return {"id": line.id, **rows[0]}
    joined = {key: [one[key] for one in rows] for key in rows[0]}
    return {"id": line.id, "replies": joined.pop("reply"), **joined}


def row(reply: Reply) -> Row:
    """A reply as the fields of one line of output."""
    return {
        "reply": render(reply),
        "answered": reply.answered,
        "topic": reply.topic,
        "facet": reply.facet,
        "score": round(reply.score, 4),
        "locale": reply.state.locale,
        "choices": [choice.label for say in reply.says for choice in say.choices],
    }
