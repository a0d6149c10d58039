"""An announcement as people get it."""

from __future__ import annotations

from dialogs.announcing.model import Broadcast, Tongue
from dialogs.limits import CAPTION, LONGEST, units
from dialogs.mind import Mind
from dialogs.model import Choice, Part, Picture, Say
from knowledge.parts import Locale


def say(mind: Mind, broadcast: Broadcast, locale: Locale, *, selko: bool) -> Say:
    """The announcement for somebody who reads `locale`."""
    text, own = broadcast.text(locale, selko=selko)
    note = () if own else (Part("note", mind.phrase("only-in-finnish", locale)),)
    presses = tuple(
        Choice(press.label, press.to if press.to.startswith("https:") else f"pressed:{broadcast.id}/{number}")
        for number, press in enumerate(broadcast.presses)
    )
    stop = Choice(mind.phrase("stop-announcements", locale), "stop-all:")
    picture = Picture(broadcast.picture_kind, broadcast.picture) if broadcast.picture and broadcast.picture_kind else None
    return Say((*note, Part("text", text)), (*presses, stop), picture=picture)


def over(mind: Mind, broadcast: Broadcast) -> dict[Tongue, int]:
    """Characters (UTF-16 units) by which each language's message is longer than Telegram takes; only those that are."""
    most = CAPTION if broadcast.picture else LONGEST
    found: dict[Tongue, int] = {}
    for tongue in read_by(broadcast):
        said = say(mind, broadcast, locale_of(tongue), selko=tongue == "selko")
        if (too_many := length(said) - most) > 0:
            found[tongue] = too_many
    return found


def read_by(broadcast: Broadcast) -> tuple[Tongue, ...]:
    """Languages in which somebody may get it: all three, Easy Finnish where there is such a text."""
    return ("fi", *(("selko",) if "selko" in broadcast.texts else ()), "sv", "en")


def locale_of(tongue: Tongue) -> Locale:
    """The locale of a language."""
    return "fi" if tongue == "selko" else tongue


def length(said: Say) -> int:
    """UTF-16 units of a message with its numbered choices."""
    choices = " · ".join(f"{number} {choice.label}" for number, choice in enumerate(said.choices, 1))
    return units("\n".join([*(part.text for part in said.parts), choices]))
