"""What a person typed → the value of a slot, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from rapidfuzz import fuzz, process

from dialogs import times
from dialogs.dates import weekday_moment
from dialogs.deciding import decide
from dialogs.mind import Mind
from dialogs.model import State
from dialogs.typed import Asked, Unfit, Values, cleaned, labelled
from knowledge.calendar import FINLAND, local
from knowledge.parts import LOCALES, Locale
from knowledge.text import fold, normalise, words
from knowledge.understanding import CHAT

NEAR = 80
"""rapidfuzz ratio (0-100) from which a mistyped choice is the one it resembles."""
AHEAD = 10
"""By how much it must be nearer than the next."""
DIGITS = 6
"""Digits of the largest number that is read."""
_INTEGER = re.compile(r"(?<![\d.,])-?\d+(?:[.,]\d+)?")
_ADDRESS = re.compile(r"https://[\w-]+(\.[\w-]+)+(/\S*)?")
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|t|tuntia|tunnin|tim|timmar|timme|hours?)\b")


def parse(mind: Mind, name: str, text: str, state: State, now: dt.datetime) -> Values | Unfit:
    """The value of the slot `name` of the open dialogue in `text`."""
    assert state.open is not None
    slot = mind.knowledge.forms[state.open.form].slots[name]
    if (option := labelled(slot, text)) is not None:
        return {name: int(option) if slot.kind == "count" else option}
    return PARSERS[slot.kind](Asked(mind, state, name, slot, text, now))


def _text(asked: Asked) -> Values | Unfit:
    value = cleaned(asked.text)
    if not value:
        return Unfit("unfit-empty")
    over = len(value) - asked.slot.longest
    return Unfit("unfit-long", {"over": str(over), "longest": str(asked.slot.longest)}) if over > 0 else {asked.name: value}


def _name(asked: Asked) -> Values | Unfit:
    value = " ".join(cleaned(asked.text).split())
    if not any(c.isalpha() for c in value):
        return Unfit("unfit-name")
    return _text(Asked(asked.mind, asked.state, asked.name, asked.slot, value, asked.now))


def _code(asked: Asked) -> Values | Unfit:
    value = re.sub(r"[\s-]", "", cleaned(asked.text)).upper()
    return {asked.name: value} if value.isalnum() and value.isascii() and len(value) <= asked.slot.longest else Unfit("unfit-code")


def _choice(asked: Asked) -> Values | Unfit:
    said = fold(normalise(asked.text))
    if (number := re.fullmatch(r"(\d{1,2})[.)]?", said)) and 1 <= int(number[1]) <= len(asked.slot.options):
        return {asked.name: asked.slot.options[int(number[1]) - 1].value}
    labels = {fold(normalise(getattr(o.label, locale))): o.value for locale in LOCALES for o in reversed(asked.slot.options)}
    begun = {value for label, value in labels.items() if said and label.startswith(said)}
    begun = begun or {value for label, value in labels.items() if len(label) > 3 and said.startswith(label)}
    if len(begun) == 1:
        return {asked.name: begun.pop()}
    scores = {labels[label]: score for label, score, _ in reversed(process.extract(said, labels.keys(), scorer=fuzz.ratio, limit=None))}
    first, second, *_ = (*sorted(scores.values(), reverse=True), 0.0, 0.0)
    if first >= NEAR and first - second >= AHEAD:
        return {asked.name: max(scores, key=lambda value: scores[value])}
    return Unfit("unfit-choice")


def _place(asked: Asked) -> Values | Unfit:
    places = asked.mind.knowledge.places
    found = [one.key for one in asked.mind.understanding.places.find(asked.text.title()) if places[one.key].region != one.key]
    return {asked.name: found[0]} if len(found) == 1 else Unfit("unfit-place")


def numbers(mind: Mind, locale: Locale) -> dict[str, int]:
    """Number words of all languages, whatever is spoken; but "en" is one in Swedish only, and no in Finnish."""
    known: dict[str, int] = {}
    for one in LOCALES:
        entries: tuple[str, ...] = getattr(mind.knowledge.typed["numbers"], one)
        known |= {word: number for number, entry in enumerate(entries) for word in entry.split() if len(word) > 2 or one == locale}
    return known


def _count(asked: Asked) -> Values | Unfit:
    said = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "", normalise(asked.text))
    known = numbers(asked.mind, asked.state.locale)
    found = {*_INTEGER.findall(said), *(str(known[word]) for word in words(said) if word in known)}
    if len(found) != 1 or asked.mind.knowledge.typed["besides"].of(asked.state.locale) & set(words(said)):
        return Unfit("unfit-count")
    number = found.pop()
    most = min(asked.slot.most, int(asked.opened.about.get(f"most_{asked.name}") or asked.slot.most))
    if not number.lstrip("-").isdecimal():
        return Unfit("unfit-count")
    if len(number) > DIGITS or not asked.slot.least <= int(number) <= most:
        return Unfit("unfit-size", {"least": str(asked.slot.least), "most": str(most)})
    return {asked.name: int(number)}


def _moment(asked: Asked) -> Values | Unfit:
    try:
        typed = times.read(asked.text, asked.now, asked.state.locale, numbers(asked.mind, asked.state.locale))
        if typed.day is None:
            return asked.unfit("moment" if typed.starts is None else "moment-day")
        if typed.starts is None:
            return asked.unfit("moment-clock")
        starts = _at(typed.day, typed.starts)
        ends = _at(typed.day, typed.ends) if typed.ends else None
    except times.OddTimeError as odd:
        return asked.unfit(f"moment-{odd.reason}")
    if (unfit := _misplaced(asked, starts)) is not None:
        return unfit
    return _with_end(asked, starts, ends)


def _with_end(asked: Asked, starts: dt.datetime, ends: dt.datetime | None) -> Values | Unfit:
    """The start, and its end where the dialogue has one: typed with it, or on the new day the clock it had before."""
    values: Values = {asked.name: starts.isoformat()}
    slots = asked.mind.knowledge.forms[asked.opened.form].slots
    end = next((name for name, slot in slots.items() if slot.kind == "end" and slot.after == asked.name), None)
    if end is None:
        return values
    if ends is not None and ends <= starts:
        return asked.unfit("moment-early", bound=weekday_moment(starts, asked.state.locale))
    old_start, old_end = asked.known(asked.name), asked.known(end)
    if ends is None and old_start and old_end and old_start.date() == old_end.date():
        ends = max(dt.datetime.combine(starts.date(), old_end.time(), FINLAND), starts)  # one that equals the start is asked for anew
    return values | {end: ends.isoformat()} if ends is not None else values


def _end(asked: Asked) -> Values | Unfit:
    start = asked.known(asked.slot.after)
    try:
        ends = _end_of(asked, start)
    except times.OddTimeError as odd:
        return asked.unfit(f"moment-{odd.reason}")
    if ends is None:
        return Unfit("unfit-end", {"example": "20.00"})
    return _misplaced(asked, ends) or {asked.name: ends.isoformat()}


def _end_of(asked: Asked, start: dt.datetime | None) -> dt.datetime | None:
    """The end that was typed: a time on the day of the start, how long it takes, or a day and a time."""
    if start is not None and (match := _HOURS.fullmatch(normalise(asked.text))):
        return local((start.astimezone(dt.UTC)) + dt.timedelta(hours=int(match[1])))
    typed = times.read(asked.text, asked.now, asked.state.locale, numbers(asked.mind, asked.state.locale), clock=True)
    day, clock = typed.day or (start.date() if start else None), typed.ends or typed.starts
    return _at(day, clock) if day is not None and clock is not None else None


def _misplaced(asked: Asked, when: dt.datetime) -> Unfit | None:
    """Why `when` does not do; None when it does."""
    after, before = asked.known(asked.slot.after), asked.known(asked.slot.before)
    if after is not None and when <= after:
        return asked.unfit("moment-early", bound=weekday_moment(after, asked.state.locale))
    if when <= asked.now:
        return asked.unfit("moment-past")
    if before is not None and when >= before:
        return asked.unfit("moment-late", bound=weekday_moment(before, asked.state.locale))
    return None


def _at(day: dt.date, clock: dt.time) -> dt.datetime:
    """The time in Finland. Raises OddTimeError for one that clocks jump over in spring."""
    when = dt.datetime.combine(day, clock, FINLAND)
    if when.astimezone(dt.UTC).astimezone(FINLAND).replace(tzinfo=None) != when.replace(tzinfo=None):
        raise times.OddTimeError("none")
    return when


def _link(asked: Asked) -> Values | Unfit:
    """An https address as it is; anything else as a question, by the answer it has."""
    value = "".join(cleaned(asked.text).split())
    if _ADDRESS.fullmatch(value):
        return {asked.name: value} if len(value) <= asked.slot.longest else Unfit("unfit-link")
    meant = decide(asked.mind, asked.text, asked.state.locale)
    known = meant.sure and not meant.best.name.startswith(CHAT)
    return {asked.name: f"answer:{meant.best.name}"} if known else Unfit("unfit-link")


def _picture(_: Asked) -> Values | Unfit:
    return Unfit("unfit-picture")


PARSERS: dict[str, Callable[[Asked], Values | Unfit]] = {
    "name": _name,
    "text": _text,
    "count": _count,
    "moment": _moment,
    "end": _end,
    "choice": _choice,
    "place": _place,
    "code": _code,
    "link": _link,
    "picture": _picture,
}
"""How each kind of slot is read."""
