"""Dates the way each language writes them; Babel does the work."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date, format_datetime

from knowledge.calendar import local
from knowledge.parts import Locale

_DATE = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMMM y"}
_EXAMPLE = {"fi": "d.M. 'klo' 17.30", "sv": "d.M 'kl.' 17.30", "en": "d MMM 5:30 'pm'"}
_MOMENT = {"fi": "d.M.y 'klo' H.mm", "sv": "d.M.y 'kl.' H.mm", "en": "d MMMM y 'at' H:mm"}


def date(day: dt.date, locale: Locale) -> str:
    """A day: 27.11.2026 (fi, sv), 27 November 2026 (en)."""
    return format_date(day, _DATE[locale], locale=locale)


def moment(when: dt.datetime, locale: Locale) -> str:
    """A time in Finland: 27.11.2026 klo 17.30."""
    return format_datetime(local(when), _MOMENT[locale], locale=locale)


def weekday_moment(when: dt.datetime, locale: Locale) -> str:
    """The same with its weekday, for what one comes to: pe 27.11.2026 klo 17.30."""
    return format_datetime(local(when), f"ccc {_MOMENT[locale]}", locale=locale)


def example(now: dt.datetime, locale: Locale) -> str:
    """A coming time the way it can be typed, to be shown to who typed something else: 4.12. klo 17.30."""
    day = local(now).date() + dt.timedelta(days=14)
    return format_date(day, _EXAMPLE[locale], locale=locale)
