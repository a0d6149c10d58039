"""What people type into the slots of a guided dialogue, and what is read from it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import times
from dialogs.mind import Mind
from dialogs.model import Open, State, Value
from dialogs.parsing import numbers, parse
from dialogs.typed import Unfit
from knowledge.calendar import FINLAND
from knowledge.parts import LOCALES, Locale
from tests.conftest import NOW

MOMENTS: list[tuple[Locale, str, str]] = [
    ("fi", "27.11. klo 17.30", "2026-11-27T17:30"),
    ("fi", "27.11 17:30", "2026-11-27T17:30"),
    ("fi", "27.11.2026 klo 17", "2026-11-27T17:00"),
    ("fi", "27.11.26 17", "2026-11-27T17:00"),
    ("fi", "perjantaina 27.11. kello 17.30", "2026-11-27T17:30"),
    ("fi", "klo 18.00 27.11.", "2026-11-27T18:00"),
    ("fi", "18.10 4.12.2026", "2026-12-04T18:10"),
    ("fi", "27.11. klo 18.10.", "2026-11-27T18:10"),
    ("fi", "27.11 18.10.", "2026-11-27T18:10"),
    ("fi", "27. marraskuuta klo 18", "2026-11-27T18:00"),
    ("fi", "marraskuun 27. klo 18", "2026-11-27T18:00"),
    ("fi", "ensi torstaina 18", "2026-11-26T18:00"),
    ("fi", "to 18", "2026-11-26T18:00"),
    ("fi", "pe 18.10", "2026-11-27T18:10"),
    ("fi", "su 18", "2026-11-22T18:00"),  # today, and still ahead
    ("fi", "su 10", "2026-11-29T10:00"),
    ("fi", "ensi sunnuntaina klo 18", "2026-11-29T18:00"),
    ("fi", "ensi viikolla ke klo 18", "2026-11-25T18:00"),
    ("fi", "huomenna klo 18", "2026-11-23T18:00"),
    ("fi", "ylihuomenna 18.15", "2026-11-24T18:15"),
    ("fi", "torstai 3.12. kello puoli seitsemän", "2026-12-03T18:30"),
    ("fi", "perjantaina illalla 6", "2026-11-27T18:00"),
    ("fi", "20.11. klo 18", "2027-11-20T18:00"),  # this year's has passed
    ("fi", "2026-11-27T17:30", "2026-11-27T17:30"),
    ("fi", "1.4.2027 klo 18", "2027-04-01T18:00"),  # summer time
    ("sv", "nästa torsdag kl 18", "2026-11-26T18:00"),
    ("sv", "den 27.11 kl. 17.30", "2026-11-27T17:30"),
    ("sv", "fre 27/11 18", "2026-11-27T18:00"),
    ("sv", "i övermorgon kl 18", "2026-11-24T18:00"),
    ("sv", "3 december klockan sju", "2026-12-03T19:00"),
    ("en", "next Thursday 6 pm", "2026-11-26T18:00"),
    ("en", "27 Nov 5:30pm", "2026-11-27T17:30"),
    ("en", "November 27 at 5:30 p.m.", "2026-11-27T17:30"),
    ("en", "Dec 3rd at half past six", "2026-12-03T18:30"),
    ("en", "tomorrow 18:00", "2026-11-23T18:00"),
]
ODD = [
    ("31.11. klo 18", "unfit-moment-none"),
    ("31.2.2027 klo 18", "unfit-moment-none"),
    ("27.11. klo 25", "unfit-moment-none"),
    ("27.11.2099 klo 18", "unfit-moment-none"),
    ("28.3.2027 klo 3.30", "unfit-moment-none"),  # the clocks jump over it
    ("27.11.2025 klo 18", "unfit-moment-past"),
    ("tänään klo 11", "unfit-moment-past"),
    ("to 27.11. klo 18", "unfit-moment-weekday"),
    ("27.11.", "unfit-moment-clock"),
    ("klo 18", "unfit-moment-day"),
    ("joskus", "unfit-moment"),
    ("27.11. 20–18", "unfit-moment-early"),
]
COUNTS = [("kolme", 3), ("3 henkeä", 3), ("me tullaan kahdestaan", 2), ("5 hlö", 5), ("noin 12.", 12), ("yksin", 1), ("two of us", 2)]
NO_COUNTS = ["0", "10 000", "-1", "51", "3-4", "2,5", "minä ja kaksi muuta", "monta", "9" * 5000, "½", ""]
ENDS = [("20", 20, 0), ("klo 20", 20, 0), ("20.30", 20, 30), ("20.10", 20, 10), ("18–20", 20, 0), ("kahdeksaan", 0, 0), ("2 h", 20, 0)]


def read(mind: Mind, name: str, text: str, locale: Locale = "fi", **filled: Value) -> Value | Unfit:
    """What the slot `name` of the trial gets from `text`."""
    state = State(locale=locale, open=Open(form="trial", about={"subject": "x"}, filled=filled))
    values = parse(mind, name, text, state, NOW)
    return values if isinstance(values, Unfit) else values[name]


@pytest.mark.parametrize(("locale", "text", "wanted"), MOMENTS)
def test_moments(mind: Mind, locale: Locale, text: str, wanted: str) -> None:
    found = read(mind, "starts", text, locale)
    assert isinstance(found, str), found
    assert found.startswith(wanted)
    assert dt.datetime.fromisoformat(found).utcoffset() == dt.datetime.fromisoformat(wanted).replace(tzinfo=FINLAND).utcoffset()


@pytest.mark.parametrize(("text", "phrase"), ODD)
def test_what_is_no_moment_is_told_why(mind: Mind, text: str, phrase: str) -> None:
    found = read(mind, "starts", text)
    assert isinstance(found, Unfit)
    assert found.phrase == phrase
    for locale in LOCALES:
        assert "{" not in mind.phrase(found.phrase, locale, **found.filled)


def test_a_start_brings_its_end(mind: Mind) -> None:
    state = State(open=Open(form="trial", filled={}))
    assert parse(mind, "starts", "to 18–20", state, NOW) == {"starts": "2026-11-26T18:00:00+02:00", "ends": "2026-11-26T20:00:00+02:00"}
    state = State(locale="en", open=Open(form="trial", filled={}))
    assert parse(mind, "starts", "3 December 6 to 8 pm", state, NOW) == {"starts": "2026-12-03T18:00:00+02:00", "ends": "2026-12-03T20:00:00+02:00"}


@pytest.mark.parametrize(("text", "hour", "minute"), ENDS)
def test_an_end_is_on_the_day_of_its_start(mind: Mind, text: str, hour: int, minute: int) -> None:
    found = read(mind, "ends", text, starts="2026-11-27T18:00:00+02:00")
    if hour:
        assert found == f"2026-11-27T{hour}:{minute:02}:00+02:00"
    else:
        assert isinstance(found, Unfit)


def test_an_end_over_midnight_needs_its_day(mind: Mind) -> None:
    assert isinstance(read(mind, "ends", "01.00", starts="2026-11-27T18:00:00+02:00"), Unfit)
    assert read(mind, "ends", "28.11. klo 1", starts="2026-11-27T18:00:00+02:00") == "2026-11-28T01:00:00+02:00"


@pytest.mark.parametrize(("text", "wanted"), COUNTS)
def test_counts(mind: Mind, text: str, wanted: int) -> None:
    assert read(mind, "people", text) == wanted


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count(mind: Mind, text: str) -> None:
    assert isinstance(read(mind, "people", text), Unfit)


def test_a_subject_may_lower_the_count(mind: Mind) -> None:
    state = State(open=Open(form="trial", about={"most_people": 4}))
    assert parse(mind, "people", "4", state, NOW) == {"people": 4}
    found = parse(mind, "people", "5", state, NOW)
    assert isinstance(found, Unfit)
    assert found.filled["most"] == "4"


def test_en_is_one_in_swedish_only(mind: Mind) -> None:
    assert read(mind, "people", "en", "sv") == 1
    assert isinstance(read(mind, "people", "en", "fi"), Unfit)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Keitto", "soup"),
        ("2", "salad"),
        ("2.", "salad"),
        ("sal", "salad"),
        ("SALATTI", "salad"),
        ("soppa", "soup"),
        ("ei mitaan", "none"),
        ("keittoa", "soup"),
    ],
)
def test_choices(mind: Mind, text: str, wanted: str) -> None:
    assert read(mind, "meal", text) == wanted


@pytest.mark.parametrize("text", ["pihvi", "s", "", "9", "0"])
def test_what_is_no_choice(mind: Mind, text: str) -> None:
    assert isinstance(read(mind, "meal", text), Unfit)


@pytest.mark.parametrize("text", ["hattula", "Hattulassa", "hattulaan", "i Hattula", "hatula"])
def test_places(mind: Mind, text: str) -> None:
    assert read(mind, "place", text) == "hattula"


@pytest.mark.parametrize("text", ["Atlantis", "Hattula tai Loppi", "Kanta-Häme", "", "🎉"])
def test_what_is_no_place(mind: Mind, text: str) -> None:
    assert isinstance(read(mind, "place", text), Unfit)


@pytest.mark.parametrize("text", ["🎉", "123", "\u200b", "", "-"])
def test_a_name_has_letters(mind: Mind, text: str) -> None:
    assert isinstance(read(mind, "name", text), Unfit)


def test_names_and_texts_are_kept_as_they_are_typed(mind: Mind) -> None:
    assert read(mind, "name", "  <b>Aino</b> \n\u202e Virtanen\ud800 ") == "<b>Aino</b> Virtanen"
    assert read(mind, "wish", "Ensin\n\nsitten  näin 🎉\x00") == "Ensin\n\nsitten näin 🎉"
    assert read(mind, "wish", "x" * 500) == "x" * 500
    too_long = read(mind, "wish", "x" * 5000)
    assert isinstance(too_long, Unfit)
    assert too_long.filled == {"over": "4500", "longest": "500"}
    assert read(mind, "access", "kerron soittamalla") == "later"


def test_codes(mind: Mind) -> None:
    assert read(mind, "code", " ab-12 c ") == "AB12C"
    assert isinstance(read(mind, "code", "ääkköset"), Unfit)
    assert isinstance(read(mind, "code", "A" * 13), Unfit)


@given(text=st.one_of(st.text(max_size=60), st.text("0123456789.:-–/ klotpeam", max_size=30)), locale=st.sampled_from(LOCALES), clock=st.booleans())
@settings(derandomize=True, deadline=None, max_examples=600, database=None)
def test_any_text_is_a_time_or_not(mind: Mind, text: str, locale: Locale, clock: bool) -> None:
    try:
        times.read(text, NOW, locale, numbers(mind, locale), clock=clock)
    except times.OddTimeError as odd:
        assert f"unfit-moment-{odd.reason}" in mind.knowledge.phrases
