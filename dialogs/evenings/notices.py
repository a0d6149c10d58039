"""What people are told unasked about evenings: pure, so that it can be written before it is sent."""

from __future__ import annotations

from dialogs.evenings import lines
from dialogs.evenings.lines import choice
from dialogs.evenings.model import Evening, Seat
from dialogs.mind import Mind
from dialogs.model import Say
from knowledge.parts import Locale


def promoted(mind: Mind, locale: Locale, seat: Seat, *, selko: bool = False) -> Say:
    """A seat has become free for those who waited."""
    text = mind.phrase(
        "notice-promoted", locale, selko=selko, title=seat.evening.title, when=lines.when(seat.evening, locale), people=str(seat.people)
    )
    return Say.of(text, (choice(mind, locale, "choice-keep", f"keep:{seat.id}"), choice(mind, locale, "choice-decline", f"decline:{seat.id}")))


def published(mind: Mind, locale: Locale, evening: Evening, *, selko: bool = False) -> Say:
    """An evening that somebody wished for is published."""
    text = mind.phrase("notice-published", locale, selko=selko, evening=lines.short(mind, evening, locale))
    offers = (choice(mind, locale, "choice-look", f"evening:{evening.id}"), choice(mind, locale, "choice-mine", "mine:"))
    return Say.of(text, offers)
