"""Who comes: numbers as they grow, messages to them, guests without Telegram."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from dialogs import guiding
from dialogs.hosting.guests import Added, AddGuest, TooMany, Write, Written
from dialogs.hosting.model import Board, Guest, people, reachable
from dialogs.hosting.showing import back, called, hosting, noted, step
from dialogs.limits import units
from dialogs.mind import Mind
from dialogs.model import Open, Part, Reply, Say, State
from knowledge.parts import Locale

LONGEST = 3500
"""UTF-16 units of a text that is sent on with a heading: Telegram takes 4096 in all."""


def numbers(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """How many come, what they eat and what they wish for, without names."""
    number = board.evening.id
    ways = (step(mind, state, name, f"{name}/{number}") for name in ("csv", "xlsx", "write", "guest"))
    return hosting(state, Say(_parts(mind, board, state.locale), (*ways, back(mind, state, number))))


def _parts(mind: Mind, board: Board, locale: Locale) -> tuple[Part, ...]:
    evening, guests = board.evening, board.guests
    lines = [called(mind, evening, locale), mind.phrase("hosting-seated", locale, people=str(evening.seated), groups=str(len(board.seated)))]
    if board.waiting:
        lines.append(mind.phrase("hosting-queue", locale, people=str(evening.waiting), groups=str(len(board.waiting))))
    if evening.free is not None:
        lines.append(mind.phrase("hosting-free", locale, free=str(evening.free), capacity=str(evening.capacity)))
    if board.arrived:
        lines.append(mind.phrase("hosting-arrived", locale, people=str(people(board.arrived))))
    told = [
        _told(mind, "diets", (guest.catering for guest in board.seated), locale),
        _told(mind, "access", (needed(mind, guest, locale) for guest in board.seated), locale),
        _told(mind, "wishes", (guest.wish for guest in guests), locale),
    ]
    return (Part("text", "\n".join(lines)), *(Part("text", text) for text in told if text))


def needed(mind: Mind, guest: Guest, locale: Locale) -> str | None:
    """Accessibility needs in words; one may have chosen to tell them oneself."""
    return mind.phrase("hosting-access-contact", locale) if guest.access == "contact" else guest.access


def _told(mind: Mind, heading: str, given: Iterable[str | None], locale: Locale) -> str:
    """What was said, without who said it; the same words counted."""
    counted = Counter(" ".join(text.split()) for text in given if text)
    lines = [f"– {text}" if count == 1 else f"– {text} ({count})" for text, count in counted.items()]
    return "\n".join([mind.phrase(f"hosting-{heading}", locale), *lines]) if lines else ""


def write(mind: Mind, state: State, board: Board, now: dt.datetime) -> Reply:
    """Begin a message to everybody registered."""
    count = reachable(board.guests)
    if not count:
        return noted(mind.phrase("hosting-nobody", state.locale), numbers(mind, state, board, now))
    title = called(mind, board.evening, state.locale)
    return guiding.begin(mind, state, "write", {"id": board.evening.id, "title": title, "count": count})


def written(mind: Mind, state: State, opened: Open, _: dt.datetime) -> Reply:
    """The message is confirmed. What would not fit is asked for again, with how much it is too long."""
    text = str(opened.filled["text"])
    if (over := too_long(text)) > 0:
        again = guiding.begin(mind, state, "write", opened.about)
        return noted(mind.phrase("unfit-long", state.locale, over=str(over), longest=str(LONGEST)), again)
    return Reply(state, (), topic="hosting", effect=Write(int(opened.about["id"] or 0), text))


def too_long(text: str) -> int:
    """How many characters more than fit, as Telegram counts; emoji are two."""
    return units(text) - LONGEST


def sent(mind: Mind, state: State, outcome: Written, _: dt.datetime) -> Reply:
    """It is on its way."""
    text = mind.phrase("hosting-sent", state.locale, count=str(outcome.told))
    return hosting(state, Say.of(text, (back(mind, state, outcome.board.evening.id),)))


def guest(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """Begin to register people who are not on Telegram."""
    return guiding.begin(mind, state, "guest", {"id": board.evening.id, "title": called(mind, board.evening, state.locale)})


def guest_given(_: Mind, state: State, opened: Open, __: dt.datetime) -> Reply:
    """Who, from where, how many."""
    return Reply(state, (), topic="hosting", effect=adding(opened, here=False))


def adding(opened: Open, *, here: bool) -> AddGuest:
    """The answers of the dialogue as what is to be done."""
    given = opened.filled
    return AddGuest(int(opened.about["id"] or 0), str(given["name"]), str(given["association"]), int(given["people"] or 1), here)


def added(mind: Mind, state: State, outcome: Added, now: dt.datetime) -> Reply:
    """They have seats, or wait."""
    return noted(seat_told(mind, outcome, state.locale), numbers(mind, state, outcome.board, now))


def seat_told(mind: Mind, outcome: Added, locale: Locale) -> str:
    """What became of a guest."""
    seat = outcome.seat
    return mind.phrase(f"hosting-guest-{seat.status}", locale, name=seat.name, people=str(seat.people), position=str(seat.position), code=seat.code)


def too_many(mind: Mind, state: State, outcome: TooMany, now: dt.datetime) -> Reply:
    """More than may come as one group."""
    return noted(mind.phrase("hosting-too-many", state.locale, most=str(outcome.most)), guest(mind, state, outcome.board, now))


SCREENS = {"people": numbers, "write": write, "guest": guest}
"""What is shown of one evening."""
