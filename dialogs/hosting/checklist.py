"""The checklist of an evening: what should be done when, counted back from its day."""

from __future__ import annotations

import datetime as dt

from dialogs.dates import date
from dialogs.hosting.model import Board, Line
from dialogs.hosting.showing import back, called, hosting
from dialogs.mind import Mind
from dialogs.model import Choice, Reply, Say, State
from knowledge.calendar import local
from knowledge.parts import Locale

HOUR = 9
"""When in the day a line comes due."""


def days(mind: Mind, starts: dt.datetime) -> dict[str, dt.datetime]:
    """When each line is due for an evening that begins at `starts`."""
    day = local(starts).date()
    return {key: local(dt.datetime.combine(day - dt.timedelta(days=line.days), dt.time(HOUR))) for key, line in mind.knowledge.checklist.items()}


def told(mind: Mind, lines: tuple[Line, ...], locale: Locale) -> str:
    """The lines as people read them, each with its day."""
    known = [(line, mind.knowledge.checklist[line.key]) for line in lines if line.key in mind.knowledge.checklist]
    marks = {done: mind.phrase("hosting-task-done" if done else "hosting-task-open", locale) for done in (True, False)}
    return "\n".join(f"{date(line.due, locale)}: {getattr(entry.text, locale)} ({marks[line.done]})" for line, entry in known)


def shown(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """All lines; choosing one ticks it off, choosing it again takes that back."""
    locale, evening = state.locale, board.evening
    known = [(line, mind.knowledge.checklist[line.key]) for line in board.tasks if line.key in mind.knowledge.checklist]
    ticks = tuple(Choice(_label(mind, line, getattr(entry.label, locale), locale), f"hosting:tick/{evening.id}={line.id}") for line, entry in known)
    title = mind.phrase("hosting-tasks", locale, title=called(mind, evening, locale))
    says = (Say.of(f"{title}\n{told(mind, board.tasks, locale)}", (*ticks, back(mind, state, evening.id))),)
    return hosting(state, *says)


def _label(mind: Mind, line: Line, label: str, locale: Locale) -> str:
    return mind.phrase("hosting-task-undo", locale, label=label) if line.done else label
