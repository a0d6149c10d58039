"""Reply → the messages that Telegram is given: HTML that it accepts, never too long, with a button for every choice."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from bot.render import numbered, unnumbered
from dialogs.limits import CAPTION, LONGEST, units
from dialogs.model import Choice, File, Part, Picture, Reply, Say, State

WIDE = 18
"""Characters of the longest label up to which two buttons fit beside each other on a phone."""
NARROW = 12
"""The same for three."""
TAGS = {"newer": "b", "note": "i", "source": "i"}
"""How the kinds of a Part look; all others are plain."""


class Button(BaseModel):
    """One choice under a message."""

    model_config = ConfigDict(frozen=True)

    label: str
    """What stands on it."""
    data: str
    """What comes back when it is tapped; at most 64 bytes."""


class Attached(BaseModel):
    """A file that is sent with a message."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    name: str
    """Its name with ending."""
    content: bytes
    """All of it; base64 in JSON."""


class Message(BaseModel):
    """One message as it waits in the outbox. Goes through JSON unchanged."""

    model_config = ConfigDict(frozen=True)

    html: str
    """Text with Telegram's tags; everything else in it is escaped. "" for a file without a word."""
    file: Attached | None = None
    """A file, under which the text stands."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
    answers: int | None = None
    """The message it is an answer to, where that must be shown: in a group."""
    thread: int | None = None
    """The topic of a forum that it belongs to."""
    picture: Picture | None = None
    """A picture or file of Telegram's, under which the text stands."""
    changes: int | None = None
    """The message that it takes the place of."""
    erases: int | None = None
    """The message that is to be deleted; then nothing else counts."""
    offers: tuple[str, ...] = ()
    """Of what is said unasked: data of the numbered choices, which a typed number chooses from once it has arrived."""


def messages(reply: Reply, answers: int | None = None, thread: int | None = None) -> list[Message]:
    """The messages of a turn; numbers run through all of them, as they do in the terminal."""
    made: list[Message] = []
    first = 1
    for say in reply.says:
        parts = [*say.parts, *_ways(say, first)]
        first += len(say.choices)
        pages = list(_pages(parts))
        own = [Message(html=page, thread=thread) for page in pages]
        if own:
            own[-1] = own[-1].model_copy(update={"buttons": (*rows(say.choices), *rows(say.controls))})
        if say.picture and own:
            own[0] = own[0].model_copy(update={"picture": say.picture})
        made += _with_file(own, say.file, parts, thread) if say.file else own
    return [made[0].model_copy(update={"answers": answers}), *made[1:]] if made else []


def unasked(say: Say, changes: int | None = None) -> str:
    """What is said unasked, or takes the place of a message, as JSON of one message. Raises ValueError when it does not fit into one."""
    made = messages(Reply(State(), (say,)))
    if len(made) != 1:
        raise ValueError("what is said unasked must fit into one message")
    offers = () if changes else tuple(choice.data for choice in say.choices)
    return made[0].model_copy(update={"offers": offers, "changes": changes}).model_dump_json()


def erasing(message_id: int) -> str:
    """The deletion of a message, as JSON."""
    return Message(html="", erases=message_id).model_dump_json()


def _with_file(made: list[Message], file: File, parts: Sequence[Part], thread: int | None) -> list[Message]:
    """The messages with a file: the last one's text stands under it where it fits there, else the file comes after."""
    attached = Attached(name=file.name, content=file.content)
    if len(made) == 1 and sum(units(part.text) + 1 for part in parts) <= CAPTION:
        return [made[0].model_copy(update={"file": attached})]
    return [*made, Message(html="", file=attached, thread=thread)]


def _ways(say: Say, first: int) -> Iterator[Part]:
    """Choices and ways around as text too, for those who type."""
    if say.choices:
        yield Part("text", numbered(say.choices, first))
    if say.controls:
        yield Part("text", unnumbered(say.controls))


def _pages(parts: Sequence[Part]) -> Iterator[str]:
    """The parts as HTML, in as few messages as Telegram's limit allows; one, unless somebody wrote a very long answer."""
    page: list[str] = []
    used = 0
    for part in (piece for whole in parts for piece in _pieces(whole)):
        if page and used + units(part.text) + 1 > LONGEST:
            yield "\n".join(page)
            page, used = [], 0
        page.append(_marked(part))
        used += units(part.text) + 1
    if page:
        yield "\n".join(page)


def _pieces(part: Part) -> Iterator[Part]:
    """`part`, cut between words where it is too long for one message."""
    text = part.text
    while units(text) > LONGEST:
        cut = text[: LONGEST // 2]  # whatever the characters are, half as many fit
        cut = cut[: cut.rfind(" ")] if " " in cut.strip() else cut
        yield Part(part.kind, cut)
        text = text[len(cut) :].lstrip()
    if text:
        yield Part(part.kind, text)


def _marked(part: Part) -> str:
    escaped, tag = html.escape(part.text, quote=False), TAGS.get(part.kind)
    return f"<{tag}>{escaped}</{tag}>" if tag else escaped


def rows(choices: Sequence[Choice]) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of one, two or three, by the longest label."""
    longest = max((len(choice.label) for choice in choices), default=0)
    width = 3 if longest <= NARROW else 2 if longest <= WIDE else 1
    buttons = [Button(label=choice.label, data=choice.data) for choice in choices]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
