"""Commands ("/kieli sv") as data of a choice, so that typing one and tapping one are the same thing."""

from __future__ import annotations

import re

from dialogs.mind import Mind
from dialogs.model import Choice, Reply, Say, State
from dialogs.talk import language_command
from knowledge.parts import LOCALES, Locale
from knowledge.text import normalise, words
from knowledge.understanding import CHAT

_COMMAND = re.compile(r"\s*/(\w{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
FACET = "__"
"""Between topic and facet in the payload of a link, which may hold letters, digits, _ and - only."""
SUBSCRIBE = "tilaa-"
"""Beginning of a link's payload that subscribes to announcements: "tilaa-grants_hattula"."""
INVITATION = "admin-"
"""Beginning of a link's payload that makes an administrator."""
EVENING = "ilta-"
"""Beginning of a link's payload that shows an association evening."""
LINKS = {EVENING: "evening", SUBSCRIBE: "subscribe", INVITATION: "invitation"}
"""Beginnings of links' payloads, and the kind of choice each stands for."""
LANGUAGES: dict[str, Locale] = {"speak-finnish": "fi", "speak-swedish": "sv", "speak-english": "en"}
"""Talk that changes the language."""
HEARD = "112"
"""Stands, with the name of a crisis, for words that are not to be stored."""


def parted(text: str) -> tuple[str, str]:
    """The command at the beginning of `text`, without its slash, and the rest; ("", text) when it is none."""
    match = _COMMAND.fullmatch(text)
    return (match[1].casefold(), (match[2] or "").strip()) if match else ("", text)


def meaning(mind: Mind, command: str, argument: str) -> str:
    """Data of the choice that a command stands for."""
    if command == HEARD:
        return f"talk:{argument}"
    does = next((c.does for c in mind.knowledge.commands.values() if command in named(c.name)), "unknown-command:")
    return _with_argument(mind, does, argument) if argument else does


def said(mind: Mind, text: str) -> str | None:
    """Data of the command that `text` is, word for word; None when it is none."""
    return mind.said.get(" ".join(words(normalise(text))))


def named(name: object) -> set[str]:
    """All names of a command."""
    return {getattr(name, locale) for locale in LOCALES}


def _with_argument(mind: Mind, does: str, argument: str) -> str:
    if does == "welcome:":
        return _linked(mind, argument)
    if does == "ask:language":
        return _language(mind, argument) or does
    if does == "ask:place":
        found = mind.understanding.places.find(argument.title())
        return f"place:{found[0].key}" if found else "ask:place-again"
    return does


def _language(mind: Mind, argument: str) -> str | None:
    code = next((talk for talk, locale in LANGUAGES.items() if locale == argument.casefold()), None)
    if code is not None:
        return f"talk:{code}"
    wish = language_command(mind, argument)
    return f"talk:{wish.name.removeprefix(CHAT)}" if wish else None


def _linked(mind: Mind, payload: str) -> str:
    """What a link on a poster or a page opens: a topic, "topic__facet", an area, "place-hattula"; else the welcome."""
    for prefix, kind in LINKS.items():
        if payload.startswith(prefix):
            return f"{kind}:{payload.removeprefix(prefix)}"
    if payload in mind.knowledge.areas:
        return f"area:{payload}"
    if (place := payload.removeprefix("place-")) != payload and place in mind.knowledge.places:
        return f"place:{place}"
    answer = payload.replace(FACET, "/")
    try:
        mind.knowledge.answer(answer)
    except (KeyError, ValueError):
        return "welcome:"
    return f"answer:{answer}"


def ask_language(mind: Mind, state: State) -> Reply:
    """Which language? Each is named in itself, for who does not read the present one."""
    choices = tuple(Choice(mind.phrase(name, state.locale), f"talk:{name}") for name in (*LANGUAGES, "selko-on"))
    return Reply(state, (Say.of(mind.phrase("ask-language", state.locale, selko=state.selko), choices),), topic="language")
