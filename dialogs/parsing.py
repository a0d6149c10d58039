"""What a person typed → the value of a slot, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from dialogs import times
from dialogs.dates import example, weekday_moment
from dialogs.mind import Mind
from dialogs.model import Open, State, Value
from knowledge.calendar import FINLAND, local
from knowledge.forms import Slot
from knowledge.parts import LOCALES, Locale
from knowledge.text import fold, normalise, words

NEAR = 80
"""rapidfuzz ratio (0-100) from which a mistyped choice is the one it resembles."""
AHEAD = 10
"""By how much it must be nearer than the next."""
DIGITS = 6
"""Digits of the largest number that is read."""
_INTEGER = re.compile(r"(?<![\d.,])-?\d+(?:[.,]\d+)?")
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|t|tuntia|tunnin|tim|timmar|timme|hours?)\b")


@dataclass(frozen=True)
class Unfit:
    """It cannot be used."""

    phrase: str
    """The sentence that says what to do, by its name in knowledge/data/phrases/."""
    filled: Mapping[str, str] = field(default_factory=dict)
    """What its {names} stand for."""


Values = dict[str, Value]
"""Slots with their values: mostly the one that was asked, sometimes its end too."""


@dataclass(frozen=True)
class Asked:
    """What was typed, and for which slot."""

    mind: Mind
    state: State
    name: str
    slot: Slot
    text: str
    now: dt.datetime

    @property
    def opened(self) -> Open:
        """The dialogue."""
        assert self.state.open is not None
        return self.state.open

    def known(self, name: str | None) -> dt.datetime | None:
        """The time called `name`: answered, or what the dialogue is about; None when there is none."""
        value = self.opened.filled.get(name or "") or self.opened.about.get(name or "")
        try:
            return local(dt.datetime.fromisoformat(str(value)))
        except ValueError:  # left out, or one of its options
            return None

    def unfit(self, reason: str, **filled: str) -> Unfit:
        """Why a time does not do, with an example of one."""
        return Unfit(f"unfit-{reason}", {"example": example(self.now, self.state.locale), **filled})


def parse(mind: Mind, name: str, text: str, state: State, now: dt.datetime) -> Values | Unfit:
    """The value of the slot `name` of the open dialogue in `text`."""
    assert state.open is not None
    slot = mind.knowledge.forms[state.open.form].slots[name]
    if (option := labelled(slot, text)) is not None:
        return {name: int(option) if slot.kind == "count" else option}
    return PARSERS[slot.kind](Asked(mind, state, name, slot, text, now))


def cleaned(text: str) -> str:
    """`text` as it was typed, without what nobody sees; line breaks stay."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c.isprintable() or c == "\n")
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()


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


def labelled(slot: Slot, text: str) -> str | None:
    """The option whose label, in any language, is `text`."""
    said = normalise(text)
    return next((option.value for option in slot.options if said in {normalise(getattr(option.label, locale)) for locale in LOCALES}), None)


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


PARSERS: dict[str, Callable[[Asked], Values | Unfit]] = {
    "name": _name,
    "text": _text,
    "count": _count,
    "moment": _moment,
    "end": _end,
    "choice": _choice,
    "place": _place,
    "code": _code,
}
"""How each kind of slot is read."""
