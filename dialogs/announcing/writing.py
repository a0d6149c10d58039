"""What a coordinator does with an announcement: writes, aims, sends it, takes it back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast, get_args

from dialogs import guiding
from dialogs.announcing.effects import (
    AddPress,
    Aim,
    Approve,
    CountPress,
    Dimension,
    Draft,
    ListBroadcasts,
    PostTo,
    Pressed,
    Send,
    SetPicture,
    ShowBroadcast,
    View,
    Withdraw,
    Write,
)
from dialogs.announcing.model import TONGUES, Tongue
from dialogs.choosing import identity
from dialogs.mind import Mind
from dialogs.model import Open, Picture, Reply, State

if TYPE_CHECKING:
    from dialogs import rooms
    from dialogs.effects import Outcome


def _lists(_: Mind, state: State, __: str, ___: dt.datetime) -> Reply:
    return Reply(state, (), effect=ListBroadcasts())


def _shows(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    number, _slash, view = value.partition("/")
    if view and view not in get_args(View):
        raise ValueError(view)
    return Reply(state, (), effect=ShowBroadcast(identity(number), cast(View, view or "page")))


def _begins(mind: Mind, state: State, _: str, __: dt.datetime) -> Reply:
    return guiding.begin(mind, state, "announce", {})


def _corrects(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    return guiding.begin(mind, state, "announce", {"id": identity(value)})


def _writes(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    number, _slash, tongue = value.partition("/")
    if tongue not in TONGUES:
        raise ValueError(tongue)
    name = mind.phrase(f"tongue-{tongue}", state.locale)
    return guiding.begin(mind, state, "announce-text", {"id": identity(number), "tongue": tongue, "name": name})


def _aims(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    number, dimension, key = value.split("/")
    if dimension not in get_args(Dimension):
        raise ValueError(dimension)
    return Reply(state, (), effect=Aim(identity(number), cast(Dimension, dimension), key))


def _presses(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """A button that leads to an evening, or one that is to be described."""
    number, _slash, evening = value.partition("/")
    if evening:
        return Reply(state, (), effect=AddPress(identity(number), mind.phrase("press-register", state.locale), f"evening:{identity(evening)}"))
    return guiding.begin(mind, state, "announce-press", {"id": identity(number)})


def _unpresses(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    return Reply(state, (), effect=AddPress(identity(value), "", ""))


def _pictures(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    return guiding.begin(mind, state, "announce-picture", {"id": identity(value)})


def _posts(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    number, _slash, channel = value.partition("/")
    return Reply(state, (), effect=PostTo(identity(number), int(channel)))


def _sends(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    return Reply(state, (), effect=Send(identity(value)))


def _later(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    return guiding.begin(mind, state, "announce-when", {"id": identity(value)})


def _drops(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    return Reply(state, (), effect=Withdraw(identity(value)))


def _decides(yes: bool) -> rooms.Kind:
    return lambda _, state, value, __: Reply(state, (), effect=Approve(identity(value), yes))


def _pressed(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    number, _slash, press = value.partition("/")
    return Reply(state, (), effect=CountPress(identity(number), identity(press)))


def _leads(mind: Mind, state: State, pressed: Pressed, now: dt.datetime) -> Reply:
    from dialogs.tapping import tapped  # which knows this module

    return tapped(mind, state, pressed.to, now)


def _drafted(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    corrects = opened.about.get("id")
    return Reply(state, (), effect=Draft(str(opened.filled["text"]), int(corrects) if corrects else None))


def _written(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    text = opened.filled["text"]
    tongue = cast(Tongue, opened.about["tongue"])
    return Reply(state, (), effect=Write(_id(opened), tongue, None if text is None else str(text)))


def _timed(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    return Reply(state, (), effect=Send(_id(opened), dt.datetime.fromisoformat(str(opened.filled["when"]))))


def _described(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    return Reply(state, (), effect=AddPress(_id(opened), " ".join(str(opened.filled["label"]).split()), str(opened.filled["to"])))


def _pictured(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    value = opened.filled["picture"]
    if value is None:
        return Reply(state, (), effect=SetPicture(_id(opened), None))
    kind, _colon, number = str(value).partition(":")
    return Reply(state, (), effect=SetPicture(_id(opened), Picture("photo" if kind == "photo" else "document", number)))


def _id(opened: Open) -> int:
    return int(opened.about["id"] or 0)


KINDS: dict[str, rooms.Kind] = {
    "broadcasts": _lists,
    "broadcast": _shows,
    "announce": _begins,
    "correct": _corrects,
    "write": _writes,
    "aim": _aims,
    "press": _presses,
    "unpress": _unpresses,
    "picture": _pictures,
    "post-to": _posts,
    "send": _sends,
    "later": _later,
    "drop": _drops,
    "approve": _decides(True),
    "refuse": _decides(False),
    "pressed": _pressed,
}
CONFIRMED: dict[str, rooms.Confirmed] = {
    "announce": _drafted,
    "announce-text": _written,
    "announce-when": _timed,
    "announce-press": _described,
    "announce-picture": _pictured,
}
OUTCOMES: dict[type[Outcome], rooms.Told] = {Pressed: _leads}
