"""An evening planned, changed and called off."""

from __future__ import annotations

import datetime as dt
from functools import partial

from dialogs import guiding
from dialogs.dates import weekday_moment as moment
from dialogs.evenings.lines import theme
from dialogs.hosting import menu
from dialogs.hosting.effects import CalledOff, Change, Changed, Create, Unchanged
from dialogs.hosting.model import NOTES, Board, reachable
from dialogs.hosting.showing import Screen, back, called, hosting, noted, step
from dialogs.mind import Mind
from dialogs.model import Choice, Open, Reply, Say, State, Value
from knowledge.parts import Locale

NONE = "none"
"""Chosen to take a value away."""
NO_LIMIT = 9999
"""The same for a number."""
NOTE = "plan-"
"""Beginning of the name of a planning note."""
FIELDS = {
    "title": "edit-line",
    "venue": "edit-line",
    "theme": "edit-line",
    "place": "edit-place",
    "starts": "postpone",
    "closes": "edit-closes",
    "programme": "edit-text",
    "catering": "edit-text",
    "capacity": "edit-count",
    "group-most": "edit-count",
    **{f"{NOTE}{name}": "edit-note" for name in NOTES},
}
"""What can be changed, and the dialogue that asks for it."""
PAGES = {
    "edit": ("edit-starts", "edit-title", "edit-venue", "themes", "edit-programme", "edit-capacity", "edit-more"),
    "edit-more": ("edit-place", "edit-closes", "edit-catering", "edit-group-most", "notes"),
}
"""Choices of the two menus of changes."""
LONGEST = 300
"""Characters that are shown of a present value."""


def planned(mind: Mind, state: State, opened: Open, _: dt.datetime) -> Reply:
    """The four answers, and what else was given: an evening."""
    values = {name: value for name, value in opened.filled.items() if value is not None and name != "keep"}
    values.setdefault("venue", mind.phrase("hosting-venue-later", "fi"))
    publish = opened.filled.get("keep") != "draft"
    return Reply(state, (), topic="hosting", effect=Create(values, publish))


def edited(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    """One new value; the dialogue knows which."""
    name, value = str(opened.about["field"]), opened.filled["value"]
    given: Value = None if value in (NONE, NO_LIMIT) else value
    return _change(state, opened, {name: given})


def postponed(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    """New times."""
    return _change(state, opened, dict(opened.filled))


def _change(state: State, opened: Open, values: dict[str, Value]) -> Reply:
    return Reply(state, (), topic="hosting", effect=Change(int(opened.about["id"] or 0), values))


def _page(name: str, mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    evening = board.evening
    text = mind.phrase("hosting-edit", state.locale, title=called(mind, evening, state.locale))
    choices = tuple(step(mind, state, f"do-{way}", f"{way}/{evening.id}") for way in PAGES[name])
    return hosting(state, Say.of(text, (*choices, back(mind, state, evening.id))))


def _themes(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """The eight themes of the model, or an own one."""
    number = board.evening.id
    named = tuple(Choice(getattr(names, state.locale), f"hosting:theme/{number}={key}") for key, names in mind.knowledge.themes.items())
    text = mind.phrase("hosting-themes", state.locale)
    return hosting(state, Say.of(text, (*named, step(mind, state, "do-edit-theme", f"edit-theme/{number}"))))


def _notes(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """What the model of the evening tells to agree on, and what has been agreed."""
    locale, number = state.locale, board.evening.id
    agreed = [f"{mind.phrase(f'hosting-do-edit-plan-{name}', locale)}: {board.plan.get(name) or mind.phrase('slot-empty', locale)}" for name in NOTES]
    choices = tuple(step(mind, state, f"do-edit-plan-{name}", f"edit-plan-{name}/{number}") for name in NOTES)
    text = "\n".join([mind.phrase("hosting-notes", locale), *agreed])
    return hosting(state, Say.of(text, (*choices, back(mind, state, number))))


def _ask(name: str, mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """Ask for the new value of one field."""
    locale = state.locale
    about: dict[str, Value] = {
        "id": board.evening.id,
        "title": called(mind, board.evening, locale),
        "field": name,
        "label": mind.phrase(f"hosting-do-edit-{name}", locale),
        "present": _present(mind, board, name, locale),
        "hint": mind.phrase(f"hosting-hint-{name.removeprefix(NOTE)}", locale) if name.startswith(NOTE) else "",
    }
    return guiding.begin(mind, state, FIELDS[name], about)


def _present(mind: Mind, board: Board, name: str, locale: Locale) -> str:
    """The present value of a field."""
    value = board.plan.get(name.removeprefix(NOTE)) if name.startswith(NOTE) else getattr(board.evening, name.replace("-", "_"))
    if isinstance(value, dt.datetime):
        return moment(value, locale)
    if value is None:
        return mind.phrase("slot-empty", locale)
    shown = {"theme": theme(mind, str(value), locale)}.get(name, str(value))
    return mind.knowledge.places[str(value)].name(locale) if name == "place" else shown[:LONGEST]


def changed(mind: Mind, state: State, outcome: Changed, now: dt.datetime) -> Reply:
    """What was changed, and who has been told."""
    evening, locale = outcome.board.evening, state.locale
    notes = [mind.phrase("hosting-changed", locale)]
    if outcome.deadline:
        closes = moment(evening.closes or evening.starts, locale)
        notes.append(mind.phrase("hosting-deadline-moved", locale, closes=closes))
    if outcome.told:
        notes.append(mind.phrase("hosting-told", locale, count=str(outcome.told)))
    if outcome.alone:
        notes.append(mind.phrase("hosting-unreached", locale, count=str(outcome.alone)))
    if outcome.promoted:
        notes.append(mind.phrase("hosting-promoted", locale, count=str(outcome.promoted)))
    shown = _notes if outcome.field.startswith(NOTE) else menu.card
    return noted(" ".join(notes), shown(mind, state, outcome.board, now))


def unchanged(mind: Mind, state: State, outcome: Unchanged, now: dt.datetime) -> Reply:
    """Why not; and the question again."""
    evening, locale = outcome.board.evening, state.locale
    note = mind.phrase(f"hosting-{outcome.reason}", locale, seated=str(evening.seated), starts=moment(evening.starts, locale))
    return noted(note, _ask(outcome.field, mind, state, outcome.board, now))


def _cancel(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """Is it to be called off?"""
    number, locale = board.evening.id, state.locale
    text = mind.phrase("hosting-cancel", locale, title=called(mind, board.evening, locale), count=str(reachable(board.guests)))
    yes = step(mind, state, "do-cancel", f"cancel-now/{number}")
    return hosting(state, Say.of(text, (yes, step(mind, state, "do-keep", f"evening/{number}"))))


def called_off(mind: Mind, state: State, outcome: CalledOff, _: dt.datetime) -> Reply:
    """It is called off; whom nobody could tell is said."""
    locale = state.locale
    text = mind.phrase("hosting-called-off", locale, title=called(mind, outcome.board.evening, locale), count=str(outcome.told))
    if outcome.alone:
        text += " " + mind.phrase("hosting-unreached", locale, count=str(outcome.alone))
    return hosting(state, Say.of(text, (step(mind, state, "menu-back", ""),)))


SCREENS: dict[str, Screen] = {
    **{name: partial(_page, name) for name in PAGES},
    **{f"edit-{name}": partial(_ask, name) for name in FIELDS},
    "themes": _themes,
    "notes": _notes,
    "cancel": _cancel,
}
"""What is shown of one evening."""
