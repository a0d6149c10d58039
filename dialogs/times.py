"""Days and times of day the way people type them: "27.11. klo 17.30", "ensi torstaina 18", "to 18–20", "27 Nov 5:30pm"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.dates import get_day_names, get_month_names

from knowledge.parts import LOCALES, Locale
from knowledge.text import fold, normalise

YEARS = 5
"""Years ahead that are believed."""
_CLOCK = r"(?:klo|kello|klockan|kl|at|from|från)"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?!\d)")
_DOTTED = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{1,2})(\.(?:\s?(\d{4})|(\d{2})(?![\d.:]))?)?(?![\d:]|\s?[ap]m\b)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|:e)?\s*(?:of\s+)?([^\W\d_]{3,})\.?(?:,?\s*(\d{4})(?!\d))?")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\.?(?!\d|:\d|\s?[ap]\.?m)(?:,?\s*(\d{4})(?!\d))?")
_FROM_TODAY = (
    (2, re.compile(r"\b(ylihuomenna|i\s?övermorgon|day after tomorrow)\b")),
    (1, re.compile(r"\b(huomenna|huomen\w*|i\s?morgon|tomorrow)\b")),
    (0, re.compile(r"\b(tänään|tänä iltana|i\s?dag|i\s?kväll|today|tonight)\b")),
)
_NEXT = re.compile(r"\b(ensi|nästa|next)\b")
_NEXT_WEEK = re.compile(r"\b(ensi viikolla|ensi viikon|nästa vecka|next week)\b")
_EVENING = re.compile(r"\b(illalla|iltana|kvällen|i\s?kväll|evening|tonight)\b")
_TIME = re.compile(r"(?<!\d)(\d{1,2})(?:[.:](\d{2}))?(?!\d)\s*([ap]\.?m\b)?")
_HALF = re.compile(r"\b(?:puoli|halv|half(?:\s+past)?)\s+([^\W\d_]+)")
_IN_WORDS = re.compile(rf"\b{_CLOCK}\.?\s+([^\W\d_]+)")


class OddTimeError(Exception):
    """What was typed names no time; `reason` is the end of a phrase's name, "unfit-moment-<reason>"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Typed:
    """What of a day and its times was found."""

    day: dt.date | None = None
    starts: dt.time | None = None
    ends: dt.time | None = None


@dataclass(frozen=True)
class _Day:
    """A day, and the text without it."""

    day: dt.date | None
    rest: str


def read(text: str, now: dt.datetime, locale: Locale, numbers: Mapping[str, int], *, clock: bool = False) -> Typed:
    """The day and the times in `text`; `clock` where a time of day alone is what one expects. Raises OddTimeError."""
    said = normalise(text).replace("–", "-").replace("—", "-")
    weekday = _weekday(said, locale)
    relative = next((days for days, pattern in _FROM_TODAY if pattern.search(said)), None)
    found = _date(said, now.date(), clock or weekday is not None or relative is not None)
    starts, ends = _times(found.rest, numbers)
    if found.day is not None:
        if weekday is not None and found.day.weekday() != weekday:
            raise OddTimeError("weekday")
        return Typed(found.day, starts, ends)
    if relative is not None:
        return Typed(now.date() + dt.timedelta(days=relative), starts, ends)
    return Typed(None if weekday is None else _next(weekday, said, now, starts), starts, ends)


def _weekday(said: str, locale: Locale) -> int | None:
    """The weekday that `said` names: by at least five letters, or as short as the language has it."""
    known = dict(_weekdays(locale))
    for word in re.findall(r"[^\W\d_]+", said):
        folded = fold(word)
        if folded in known or (len(folded) > 5 and folded[:5] in known):
            return known.get(folded, known.get(folded[:5]))
    return None


def _weekdays(locale: Locale) -> Iterator[tuple[str, int]]:
    for one in LOCALES:
        for width in ("short", "abbreviated", "wide"):
            for day, name in get_day_names(width, locale=one).items():
                short = fold(name.casefold().rstrip("."))
                if one == locale or len(short) > 2:  # "to" is Thursday in Finnish only
                    yield short[:5], day


def _next(weekday: int, said: str, now: dt.datetime, starts: dt.time | None) -> dt.date:
    """The coming such day; today only when its time is still ahead and nobody said "next"."""
    today = now.date()
    if _NEXT_WEEK.search(said):
        return today + dt.timedelta(days=7 - today.weekday() + weekday)
    ahead = (weekday - today.weekday()) % 7
    if ahead == 0 and (_NEXT.search(said) or (starts is not None and starts <= now.time())):
        ahead = 7
    return today + dt.timedelta(days=ahead)


def _date(said: str, today: dt.date, otherwise: bool) -> _Day:
    """The date in `said`; `otherwise` when the day is known without one, so that "18.10" is rather a time."""
    if match := _ISO.search(said):
        return _Day(_day(match[3], match[2], match[1], today), _without(said, match))
    if match := _SLASHED.search(said):
        return _Day(_day(match[1], match[2], match[3], today), _without(said, match))
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for match in pattern.finditer(said):
            if (number := _month(match[month])) is not None:
                return _Day(_day(match[day], str(number), match[3], today), _without(said, match))
    for match in sorted(_DOTTED.finditer(said), key=lambda match: not _is_plain(said, match)):
        if _is_date(said, match, otherwise):
            return _Day(_day(match[1], match[2], match[4] or match[5], today), _without(said, match))
    return _Day(None, said)


def _without(said: str, match: re.Match[str]) -> str:
    return f"{said[: match.start()]} {said[match.end() :]}"


def _is_plain(said: str, match: re.Match[str]) -> bool:
    """Whether "27.11." cannot be a time of day: it has a year, or a dot that does not end the sentence."""
    return bool(match[4] or match[5]) or (bool(match[3]) and match.end() < len(said))


def _is_date(said: str, match: re.Match[str], otherwise: bool) -> bool:
    """Whether "27.11" is a day rather than a time of day."""
    before, after = said[: match.start()], said[match.end() :]
    if re.search(rf"\b{_CLOCK}\.?\s*$", before) or re.match(r"\s*-\s*\d", after) or before.rstrip().endswith("-"):
        return False
    if not 1 <= int(match[2]) <= 12:
        return bool(match[3]) and int(match[1]) > 23
    return bool(match[3]) or int(match[1]) > 23 or bool(re.search(r"\d", before + after)) or not otherwise


def _month(word: str) -> int | None:
    """The month called `word`, whatever its ending: "marraskuuta", "nov"."""
    folded = fold(word)
    for locale in LOCALES:
        for number, name in get_month_names("wide", locale=locale).items():
            wide = fold(name.casefold())
            if wide.startswith(folded) or (len(wide) > 3 and folded.startswith(wide[:4])):
                return int(number)
    return None


def _day(day: str, month: str, year: str | None, today: dt.date) -> dt.date:
    """The day; without a year the next such one. Raises OddTimeError when there is none."""
    years = range(today.year, today.year + YEARS)
    if year is not None:
        first = int(year) + (2000 if len(year) == 2 else 0)
        years = range(first, min(first, years.stop) + 1)  # none where it is too far ahead
    for one in years:
        try:
            found = dt.date(one, int(month), int(day))
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    raise OddTimeError("none")


def _times(rest: str, numbers: Mapping[str, int]) -> tuple[dt.time | None, dt.time | None]:
    """When it starts and when it ends; "6-8 pm" has one half of the day for both."""
    found = list(_TIME.finditer(rest))
    if not found:
        return _in_words(rest, numbers), None
    if len(found) > 2:
        raise OddTimeError("none")
    evening = bool(_EVENING.search(rest))
    last = _half(found[-1])
    times = [_time(int(one[1]), int(one[2] or 0), _half(one) or last or ("p" if evening else None)) for one in found]
    return times[0], times[1] if len(times) == 2 else None


def _half(match: re.Match[str]) -> str | None:
    return match[3][0] if match[3] else None


def _in_words(rest: str, numbers: Mapping[str, int]) -> dt.time | None:
    """ "puoli seitsemän", "klockan sju": in the afternoon, when people meet."""
    if (match := _HALF.search(rest)) and (hour := numbers.get(match[1])) is not None:
        earlier = 0 if match[0].startswith("half") else 1
        return _time(hour - earlier, 30, "p")
    if (match := _IN_WORDS.search(rest)) and (hour := numbers.get(match[1])) is not None:
        return _time(hour, 0, "p")
    return None


def _time(hour: int, minute: int, half: str | None) -> dt.time:
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    try:
        return dt.time(hour, minute)
    except ValueError:
        raise OddTimeError("none") from None
