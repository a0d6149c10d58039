"""What a coordinator sees of an announcement: its page, whom it is for, how it looks, what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from dialogs.announcing.delivering import locale_of, read_by, say
from dialogs.announcing.effects import Broadcasts, BroadcastShown, Dimension, TooLong, View
from dialogs.announcing.model import TONGUES, Broadcast
from dialogs.announcing.reporting import report
from dialogs.announcing.subscribing import listed
from dialogs.dates import moment
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Reply, Say, State

if TYPE_CHECKING:
    from dialogs import rooms
    from dialogs.effects import Outcome

SHOWN = 160
"""Characters of the text on the page."""
ROLES = ("admin",)
"""Roles that an announcement can be for."""
STEPS: dict[str, tuple[str, ...]] = {
    "draft": ("texts", "audience", "picture", "presses", "channels", "preview", "confirm", "drop"),
    "waiting": ("preview", "approve", "refuse", "drop"),
    "scheduled": ("preview", "ready", "drop"),
    "sending": ("report", "ready", "drop"),
    "sent": ("report", "texts", "correct", "ready", "drop"),
    "cancelled": ("ready",),
    "recalled": ("report", "ready"),
}
"""What can be done with an announcement, by its status."""
VIEWS = get_args(View)
Shown = Callable[[Mind, State, BroadcastShown], tuple[Say, ...]]


def shown(mind: Mind, state: State, outcome: BroadcastShown, _: dt.datetime) -> Reply:
    """One view of one announcement."""
    says = SHOW[outcome.view](mind, state, outcome)
    if outcome.note:
        first, *rest = says
        note = Part("note", mind.phrase(outcome.note, state.locale))
        says = (replace(first, parts=(note, *first.parts)), *rest)
    return Reply(state, says, topic="announcing")


def menu(mind: Mind, state: State, outcome: Broadcasts, _: dt.datetime) -> Reply:
    """Drafts, scheduled ones and those sent last, and a new one."""
    new = Choice(mind.phrase("announce-new", state.locale), "announce:")
    links = Choice(mind.phrase("announce-link", state.locale), "links:")
    ones = tuple(Choice(title(mind, state, one), f"broadcast:{one.id}") for one in outcome.found)
    text = mind.phrase("announce-menu" if ones else "announce-menu-empty", state.locale)
    return Reply(state, (Say.of(text, (new, links, *ones)),), topic="announcing")


def title(mind: Mind, state: State, one: Broadcast) -> str:
    """An announcement in a list: its status and its first words."""
    words = " ".join(one.texts["fi"].split())
    return f"{mind.phrase(f'broadcast-{one.status}', state.locale)}: {words[:28]}{'…' if len(words) > 28 else ''}"


def too_long(mind: Mind, state: State, outcome: TooLong, _: dt.datetime) -> Reply:
    """By how much, in which language; nothing is cut."""
    found = (f"{mind.phrase(f'tongue-{tongue}', state.locale)}: {count}" for tongue, count in outcome.over.items())
    key = "announce-too-long-picture" if outcome.broadcast.picture else "announce-too-long"
    text = mind.phrase(key, state.locale, over=", ".join(found))
    return Reply(state, (Say.of(text, _steps(mind, state, outcome.broadcast)),), False, "announcing")


def _page(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    text = one.texts["fi"]
    lines = [f"{mind.phrase(f'broadcast-{one.status}', state.locale)}: {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}"]
    lines.append(mind.phrase("announce-languages", state.locale, tongues=_tongues(mind, state, one)))
    lines.append(aimed(mind, state, one))
    if one.due is not None and one.status in ("scheduled", "waiting"):
        lines.append(mind.phrase("announce-due", state.locale, when=moment(one.due, state.locale)))
    return (Say.of("\n".join(lines), _steps(mind, state, one)),)


def _steps(mind: Mind, state: State, one: Broadcast) -> tuple[Choice, ...]:
    return tuple(Choice(mind.phrase(f"announce-{step}", state.locale), _data(one, step)) for step in STEPS[one.status])


def _data(one: Broadcast, step: str) -> str:
    return f"broadcast:{one.id}/{step}" if step in VIEWS else f"{step}:{one.id}"


def _tongues(mind: Mind, state: State, one: Broadcast) -> str:
    return ", ".join(mind.phrase(f"tongue-{tongue}", state.locale) for tongue in TONGUES if tongue in one.texts)


def aimed(mind: Mind, state: State, one: Broadcast) -> str:
    """Whom it is for, and how many they are."""
    if one.corrects is not None:
        return mind.phrase("announce-for-corrected", state.locale, count=str(one.recipients))
    chosen = [name for dimension in get_args(Dimension) for key, name in values(mind, state, dimension) if key in getattr(one.audience, dimension)]
    whom = ", ".join(chosen) or mind.phrase("announce-everybody", state.locale)
    return mind.phrase("announce-for", state.locale, whom=whom, count=str(one.recipients))


def values(mind: Mind, state: State, dimension: Dimension) -> list[tuple[str, str]]:
    """What an audience can be chosen by: key and name."""
    if dimension == "roles":
        return [(role, mind.phrase(f"role-{role}", state.locale)) for role in ROLES]
    return listed(mind, state, dimension)


def _texts(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    choices = tuple(
        Choice(_marked(mind, state, mind.phrase(f"tongue-{tongue}", state.locale), tongue in one.texts), f"write:{one.id}/{tongue}")
        for tongue in TONGUES
    )
    key = "announce-which-text-sent" if one.status == "sent" else "announce-which-text"
    return (Say.of(mind.phrase(key, state.locale), (*choices, _back(mind, state, one))),)


def _audience(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    choices = tuple(Choice(mind.phrase(f"by-{dimension}", state.locale), f"broadcast:{one.id}/{dimension}") for dimension in get_args(Dimension))
    return (Say.of(aimed(mind, state, one), (*choices, _back(mind, state, one))),)


def _dimension(dimension: Dimension) -> Shown:
    def view(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
        one = outcome.broadcast
        have = getattr(one.audience, dimension)
        choices = tuple(
            Choice(_marked(mind, state, name, key in have), f"aim:{one.id}/{dimension}/{key}") for key, name in values(mind, state, dimension)
        )
        done = Choice(mind.phrase("subscriptions-done", state.locale), f"broadcast:{one.id}/audience")
        return (Say.of(aimed(mind, state, one), (*choices, done)),)

    return view


def _presses(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    there = "\n".join(f"{press.label}: {press.to}" for press in one.presses)
    evenings = tuple(Choice(name, f"press:{one.id}/{number}") for number, name in outcome.evenings)
    other = Choice(mind.phrase("press-other", state.locale), f"press:{one.id}")
    none = (Choice(mind.phrase("press-none", state.locale), f"unpress:{one.id}"),) if one.presses else ()
    text = mind.phrase("announce-which-press", state.locale)
    return (Say.of(f"{there}\n{text}" if there else text, (*evenings, other, *none, _back(mind, state, one))),)


def _channels(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    if not outcome.channels:
        return (Say.of(mind.phrase("announce-no-channels", state.locale), (_back(mind, state, one),)),)
    choices = tuple(Choice(_marked(mind, state, name, chat in one.channels), f"post-to:{one.id}/{chat}") for chat, name in outcome.channels)
    return (Say.of(mind.phrase("announce-which-channels", state.locale), (*choices, _back(mind, state, one))),)


def _preview(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    """Each language's message exactly as it is delivered, then what to do."""
    one = outcome.broadcast
    seen = tuple(say(mind, one, locale_of(tongue), selko=tongue == "selko") for tongue in read_by(one))
    return (*seen, Say.of(aimed(mind, state, one), (_back(mind, state, one),)))


def _confirm(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    now = Choice(mind.phrase("send-now", state.locale, count=str(one.recipients)), f"send:{one.id}")
    later = Choice(mind.phrase("send-later", state.locale), f"later:{one.id}")
    return (Say.of(aimed(mind, state, one), (now, later, _back(mind, state, one))),)


def _ready(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    """The text for e-mail and Facebook: with its links written out, in a message of its own that is easy to copy."""
    one = outcome.broadcast
    links = "\n".join(f"{press.label}: {press.to}" for press in one.presses)
    texts = (one.texts[tongue] for tongue in ("fi", "sv", "en") if tongue in one.texts)
    copies = tuple(Say.of(f"{text}\n\n{links}".strip()) for text in texts)
    return (*copies, Say.of(mind.phrase("announce-copied", state.locale), (_back(mind, state, one),)))


def _report(mind: Mind, state: State, outcome: BroadcastShown) -> tuple[Say, ...]:
    one = outcome.broadcast
    return (Say.of(report(mind, state.locale, one), (_back(mind, state, one),)),)


def _marked(mind: Mind, state: State, name: str, chosen: bool) -> str:
    return mind.phrase("chosen", state.locale, name=name) if chosen else name


def _back(mind: Mind, state: State, one: Broadcast) -> Choice:
    return Choice(mind.phrase("announce-back", state.locale), f"broadcast:{one.id}")


SHOW: dict[View, Shown] = {
    "page": _page,
    "texts": _texts,
    "audience": _audience,
    "topics": _dimension("topics"),
    "places": _dimension("places"),
    "networks": _dimension("networks"),
    "roles": _dimension("roles"),
    "presses": _presses,
    "channels": _channels,
    "preview": _preview,
    "confirm": _confirm,
    "ready": _ready,
    "report": _report,
}
"""How each view is shown."""
OUTCOMES: dict[type[Outcome], rooms.Told] = {Broadcasts: menu, BroadcastShown: shown, TooLong: too_long}
