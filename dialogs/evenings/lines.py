"""An evening and a registration in words: the same lines wherever they are shown."""

from __future__ import annotations

import datetime as dt

from dialogs.dates import weekday_moment
from dialogs.evenings.model import Evening, Seat
from dialogs.mind import Mind
from dialogs.model import Choice, Open, Part, Say, State
from knowledge.parts import Locale

LABEL = 60
"""Characters of a title on a button."""


def place(mind: Mind, key: str, locale: Locale) -> str:
    """The municipality with this key."""
    return mind.knowledge.places[key].name(locale)


def theme(mind: Mind, key: str, locale: Locale) -> str:
    """A theme as people read it: one of the eight, or an own one as it was written."""
    known = mind.knowledge.themes.get(key)
    return getattr(known, locale) if known else key


def when(evening: Evening, locale: Locale) -> str:
    """From when to when: "ke 25.11.2026 klo 17.30–20.00"."""
    if evening.starts.date() != evening.ends.date():
        return f"{weekday_moment(evening.starts, locale)} – {weekday_moment(evening.ends, locale)}"
    return f"{weekday_moment(evening.starts, locale)}–{_clock(evening.ends, locale)}"


def short(mind: Mind, evening: Evening, locale: Locale) -> str:
    """An evening in one line."""
    line = f"{_called(mind, evening, locale)}: {when(evening, locale)}, {place(mind, evening.place, locale)}"
    room = seats(mind, evening, locale)
    return f"{line}. {room}" if room else f"{line}."


def card(mind: Mind, evening: Evening, state: State, now: dt.datetime) -> tuple[Part, ...]:
    """All that one needs to decide whether to come."""
    locale = state.locale
    lines = [evening.title, when(evening, locale), f"{place(mind, evening.place, locale)}, {evening.venue}"]
    if evening.theme:
        lines.append(mind.phrase("evening-theme", locale, theme=theme(mind, evening.theme, locale)))
    if evening.programme:
        lines.append(mind.phrase("evening-programme", locale, programme=evening.programme))
    if evening.catering:
        lines.append(mind.phrase("evening-catering", locale, catering=evening.catering))
    if evening.takes_registrations(now):
        lines += [room] if (room := seats(mind, evening, locale)) else []
        lines.append(mind.phrase("evening-closes", locale, when=weekday_moment(evening.closes or evening.starts, locale)))
    example = (Part("note", mind.phrase("evening-example", locale, selko=state.selko)),) if evening.example else ()
    return (*example, Part("text", "\n".join(lines)))


def seats(mind: Mind, evening: Evening, locale: Locale) -> str:
    """Seats left, or how many wait; "" when there is no limit."""
    if evening.free is None:
        return ""
    if evening.free:
        return mind.phrase("evening-free", locale, free=str(evening.free))
    return mind.phrase("evening-full", locale, waiting=str(evening.waiting))


def registration(mind: Mind, seat: Seat, locale: Locale, *, selko: bool = False) -> str:
    """A registration, all of it."""
    lines = [mind.phrase(f"seat-{seat.status}", locale, selko=selko, position=str(seat.position))]
    lines += [seat.evening.title, when(seat.evening, locale), f"{place(mind, seat.evening.place, locale)}, {seat.evening.venue}"]
    lines.append(mind.phrase("seat-people", locale, name=seat.name, association=seat.association, people=str(seat.people)))
    access = mind.phrase("hosting-access-contact", locale) if seat.access == "contact" else seat.access
    for key, value in (("catering", seat.catering), ("access", access), ("wish", seat.wish)):
        lines += [mind.phrase(f"seat-{key}", locale, text=value)] if value else []
    lines.append(mind.phrase("seat-code", locale, code=seat.code))
    return "\n".join(lines)


def line(mind: Mind, seat: Seat, locale: Locale) -> str:
    """A registration in one line."""
    status = mind.phrase("seat-in-short" if seat.status == "seated" else "seat-waits-in-short", locale, position=str(seat.position))
    return f"{_called(mind, seat.evening, locale)}: {when(seat.evening, locale)}. {status}"


def answer(mind: Mind, opened: Open, slot: str, locale: Locale) -> str | None:
    """What was answered, as it is written down: of an option its label, so that everybody can read it."""
    value = opened.filled[slot]
    options = mind.knowledge.forms[opened.form].slots[slot].options
    label = next((option.label for option in options if option.value == value), None)
    return getattr(label, locale) if label else None if value is None else str(value)


def say(mind: Mind, state: State, key: str, choices: tuple[Choice, ...] = (), **filled: str) -> Say:
    """A phrase of evenings with its choices."""
    return Say.of(mind.phrase(key, state.locale, selko=state.selko, **filled), choices)


def choice(mind: Mind, locale: Locale, key: str, data: str, **filled: str) -> Choice:
    """A choice whose label is a phrase."""
    return Choice(mind.phrase(key, locale, selko=False, **filled), data)


def _called(mind: Mind, evening: Evening, locale: Locale) -> str:
    """The title; an example is called one."""
    return mind.phrase("evening-example-title", locale, title=evening.title) if evening.example else evening.title


def _clock(time: dt.datetime, locale: Locale) -> str:
    return f"{time:%H:%M}" if locale == "en" else f"{time.hour}.{time:%M}"
