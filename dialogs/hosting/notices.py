"""What people are told unasked about evenings they registered for, or hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from dialogs.dates import weekday_moment as moment
from dialogs.evenings.lines import when
from dialogs.evenings.model import Evening
from dialogs.hosting import checklist
from dialogs.hosting.model import NEXT, Board, Line
from dialogs.hosting.showing import called, where
from dialogs.mind import Mind
from dialogs.model import Choice, File, Manner, Say
from knowledge.parts import Locale


def changed(mind: Mind, manner: Manner, evening: Evening, what: Collection[str], file: File) -> Say:
    """Its time or its place is another one; the file replaces the one in their calendar."""
    key = "notice-changed" if {"starts", "ends"} & set(what) else "notice-moved"
    locale, at = manner.locale, where(mind, evening, manner.locale)
    text = mind.phrase(key, locale, selko=manner.selko, title=called(mind, evening, locale), when=when(evening, locale), where=at)
    mine = Choice(mind.phrase("choice-mine", locale), "mine:")
    return Say(Say.of(text).parts, (mine,), file=file)


def called_off(mind: Mind, manner: Manner, evening: Evening) -> Say:
    """It does not take place."""
    locale = manner.locale
    text = mind.phrase("notice-called-off", locale, selko=manner.selko, title=called(mind, evening, locale), when=when(evening, locale))
    return Say.of(text, (Choice(mind.phrase("choice-evenings", locale), "evenings:"),))


def message(mind: Mind, locale: Locale, evening: Evening, text: str) -> Say:
    """The organiser's own words, under a heading that says whose they are."""
    return Say.of(f"{mind.phrase('notice-message', locale, title=called(mind, evening, locale))}\n\n{text}")


def summary(mind: Mind, locale: Locale, board: Board, registration: int) -> Say:
    """What came of it, the next one, and the one question how it was."""
    parts = [mind.phrase("notice-summary", locale, title=called(mind, board.evening, locale)), board.evening.summary or ""]
    if following := board.plan.get(NEXT):
        parts.append(mind.phrase("notice-next", locale, when=moment(dt.datetime.fromisoformat(following), locale)))
    parts.append(mind.phrase("notice-question", locale))
    return Say.of("\n\n".join(parts), tuple(Choice(mind.phrase(f"rating-{stars}", locale), f"rate:{registration}={stars}") for stars in range(1, 6)))


def tasks(mind: Mind, locale: Locale, evening: Evening, lines: tuple[Line, ...]) -> Say:
    """What should be done by now, to whoever holds the evening."""
    heading = mind.phrase("notice-tasks", locale, title=called(mind, evening, locale), when=when(evening, locale))
    choice = Choice(mind.phrase("hosting-step-tasks", locale), f"hosting:tasks/{evening.id}")
    return Say.of(f"{heading}\n{checklist.told(mind, lines, locale)}", (choice,))
