"""The coordinator's menu: a new evening, all evenings, who waits for what; and the card of one evening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from dialogs import guiding
from dialogs.dates import weekday_moment
from dialogs.evenings.lines import theme, when
from dialogs.evenings.model import Evening
from dialogs.hosting.effects import Around
from dialogs.hosting.model import Board, Wanted, people
from dialogs.hosting.showing import called, fact, facts, hosting, step
from dialogs.mind import Mind
from dialogs.model import Choice, Reply, Say, State
from knowledge.parts import Locale

View = Callable[[Mind, State, Around], Reply]


def _menu(mind: Mind, state: State, around: Around) -> Reply:
    coming, drafts, waiting = str(len(around.coming)), str(len(around.drafts)), str(around.wanted.people)
    text = mind.phrase("hosting-menu", state.locale, coming=coming, drafts=drafts, people=waiting)
    steps = ("new", "evenings", "past", "wanted")
    announce = Choice(mind.phrase("announce-menu-button", state.locale), "broadcasts:")
    return hosting(state, Say.of(text, (*(step(mind, state, f"menu-{name}", name) for name in steps), announce)))


def _new(mind: Mind, state: State, around: Around) -> Reply:
    reply = guiding.begin(mind, state, "plan", {})
    return hosting(reply.state, Say.of(_interest(mind, around.wanted, state.locale)), *reply.says)


def _evenings(mind: Mind, state: State, around: Around) -> Reply:
    return _list(mind, state, {"coming": around.coming, "drafts": around.drafts})


def _past(mind: Mind, state: State, around: Around) -> Reply:
    return _list(mind, state, {"past": around.past})


def _list(mind: Mind, state: State, groups: Mapping[str, tuple[Evening, ...]]) -> Reply:
    """Evenings by group, in one list of choices."""
    parts = [_group(mind, name, found, state.locale) for name, found in groups.items() if found]
    listed = [evening for found in groups.values() for evening in found]
    choices = tuple(Choice(called(mind, evening, state.locale)[:32], f"hosting:evening/{evening.id}") for evening in listed)
    text = "\n\n".join(parts) or mind.phrase("hosting-none", state.locale)
    return hosting(state, Say.of(text, (*choices, step(mind, state, "menu-back", ""))))


def _group(mind: Mind, name: str, found: tuple[Evening, ...], locale: Locale) -> str:
    lines = [f"{when(evening, locale)}: {called(mind, evening, locale)}, {_state(mind, evening, locale)}" for evening in found]
    return "\n".join([mind.phrase(f"hosting-group-{name}", locale), *lines])


def _state(mind: Mind, evening: Evening, locale: Locale) -> str:
    """How full it is; what became of it."""
    if evening.status != "published":
        return mind.phrase(f"hosting-is-{evening.status}", locale)
    return _taken(mind, evening, locale)


def _taken(mind: Mind, evening: Evening, locale: Locale) -> str:
    if evening.capacity is None:
        return mind.phrase("hosting-taken", locale, seated=str(evening.seated))
    return mind.phrase("hosting-taken-of", locale, seated=str(evening.seated), capacity=str(evening.capacity))


def _wanted(mind: Mind, state: State, around: Around) -> Reply:
    choices = (step(mind, state, "menu-new", "new"), step(mind, state, "menu-back", ""))
    return hosting(state, Say.of(_interest(mind, around.wanted, state.locale), choices))


def _interest(mind: Mind, wanted: Wanted, locale: Locale) -> str:
    """How many wait for an evening where, and about what."""
    if not wanted.people:
        return mind.phrase("hosting-nobody-waits", locale)
    lines = [mind.phrase("hosting-wanted", locale, people=str(wanted.people))]
    if wanted.anything:
        lines.append(mind.phrase("hosting-anything", locale, people=str(wanted.anything)))
    places = {mind.knowledge.places[key].name(locale): count for key, count in wanted.places.items() if key in mind.knowledge.places}
    themes = {theme(mind, key, locale): count for key, count in wanted.themes.items()}
    for name, counts in (("where", places), ("theme", themes)):
        if counts:
            lines.append(fact(mind, name, ", ".join(f"{key} {count}" for key, count in counts.items()), locale))
    return "\n".join(lines)


VIEWS: dict[str, View] = {"": _menu, "new": _new, "evenings": _evenings, "past": _past, "wanted": _wanted}
"""What is shown of all evenings, by the data of its choice."""


def around(mind: Mind, state: State, outcome: Around, _: dt.datetime) -> Reply:
    """All evenings, as they were asked for."""
    return VIEWS[outcome.view](mind, state, outcome)


def card(mind: Mind, state: State, board: Board, now: dt.datetime) -> Reply:
    """One evening and what can be done with it."""
    evening, locale = board.evening, state.locale
    status = "over" if evening.status == "published" and evening.ends <= now else evening.status
    lines = [called(mind, evening, locale), mind.phrase(f"hosting-is-{status}", locale)]
    lines += [*facts(mind, evening, locale), *_numbers(mind, board, locale)]
    late = sum(line.due <= now and not line.done for line in board.tasks)
    if late and status != "cancelled":
        lines.append(mind.phrase("hosting-late", locale, count=str(late)))
    return hosting(state, Say.of("\n".join(lines), _steps(mind, state, evening.id, status)))


def _numbers(mind: Mind, board: Board, locale: Locale) -> list[str]:
    evening = board.evening
    if evening.status == "draft":
        return [mind.phrase("hosting-would-come", locale, people=str(board.interested))]
    taken = _taken(mind, evening, locale)
    lines = [taken[0].upper() + taken[1:]]
    if evening.closes:
        lines.append(fact(mind, "closes", weekday_moment(evening.closes, locale), locale))
    if evening.group_most:
        lines.append(fact(mind, "group-most", str(evening.group_most), locale))
    if board.waiting:
        lines.append(mind.phrase("hosting-queue", locale, people=str(people(board.waiting)), groups=str(len(board.waiting))))
    return lines


STEPS = {
    "draft": ("publish", "edit", "tasks", "cancel"),
    "published": ("edit", "invite", "people", "door", "after", "tasks", "cancel"),
    "over": ("people", "door", "after", "tasks"),
    "cancelled": (),
}
"""What can be done with an evening."""


def _steps(mind: Mind, state: State, evening: int, status: str) -> tuple[Choice, ...]:
    ways = tuple(step(mind, state, f"step-{name}", f"{name}/{evening}") for name in STEPS[status])
    return (*ways, step(mind, state, "menu-back", ""))
