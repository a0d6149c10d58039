"""Text, language, windows of time, dates."""

from __future__ import annotations

import datetime as dt

import pytest

from dialogs.conversation import respond
from dialogs.dates import date, moment
from dialogs.mind import Mind
from dialogs.model import State, Turn
from dialogs.two_questions import halves
from knowledge.calendar import FINLAND, local, phase, telling
from knowledge.parts import Locale, SourceRef, Window, Words
from knowledge.text import LONGEST, fold, normalise, sentences, words
from tests.conftest import NOW

NAME = Words(fi="Haku", sv="Ansökan", en="Call")


def test_text() -> None:
    assert normalise("  <b>Hei</b>\u200b MAAILMA  ") == "hei maailma"
    assert words(normalise("Kerta-avustus, milloin? Lähellä.fi")) == ["kerta-avustus", "milloin", "lähellä", "fi"]
    assert fold("järjestöyhteistyö") == "jarjestoyhteistyo"
    assert len(normalise("a" * 9_000)) == LONGEST
    assert sentences("Hei. Mikä on olka?\nKiitos") == ["Hei.", "Mikä on olka?", "Kiitos"]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("milloin avustusta voi hakea", "fi"),
        ("när kan man söka understöd", "sv"),
        ("when can we apply for a grant", "en"),
        ("mist sais tilan", "fi"),
        ("vad är SILTA", "sv"),
        ("what is SILTA", "en"),
        ("hej", "sv"),
        ("moi", "fi"),
        ("hello there", "en"),
        ("regionfullmäktige?", "sv"),  # in no utterance, but a word
        ("hjklö mnbvc", "fi"),
    ],
)
def test_language_of_a_first_message(mind: Mind, text: str, locale: str) -> None:
    assert mind.understanding.detect(text, None) == locale


def test_an_unclear_message_keeps_the_language(mind: Mind) -> None:
    assert mind.understanding.detect("SILTA", "sv") == "sv"
    assert mind.understanding.detect("123", "en") == "en"
    assert mind.understanding.detect("", None) == "fi"


@pytest.mark.parametrize(
    ("text", "prior", "locale"),
    [
        ("SILTA", "sv", "sv"),
        ("OLKA info", "en", "en"),
        ("123", "sv", "sv"),
        ("avustus", "en", "fi"),  # many Finns have their Telegram in English
        ("milloin haku on", "sv", "fi"),
        ("grants", "fi", "en"),
        ("hej", "fi", "sv"),
        ("hei, when is the grant call", "fi", "en"),
    ],
)
def test_the_language_of_their_telegram_is_a_guess(mind: Mind, text: str, prior: Locale, locale: str) -> None:
    state = State(locale=prior)
    assert respond(state, Turn(text=text), NOW, mind).state.locale == locale


def window(opens: str, closes: str, status: str = "confirmed") -> Window:
    times = {"opens": dt.datetime.fromisoformat(opens), "closes": dt.datetime.fromisoformat(closes)}
    return Window.model_validate({"name": NAME, **times, "status": status, "source": SourceRef(id="a")})


def test_windows() -> None:
    old, now, soon = window("2025-01-01", "2025-02-01"), window("2026-01-01", "2026-02-01"), window("2027-01-01", "2027-02-01")
    guess = window("2026-01-10", "2026-03-01", "expected")
    moment_ = dt.datetime(2026, 1, 15, tzinfo=FINLAND)
    assert [phase(w, moment_) for w in (old, now, soon)] == ["ended", "open", "coming"]
    assert telling([soon, guess, old, now], moment_) == now
    assert telling([soon, old], moment_) == soon
    assert telling([old, guess], moment_) == old
    assert telling([guess], moment_) is None


def test_a_window_closes_after_it_opens() -> None:
    with pytest.raises(ValueError, match="closes must be later"):
        window("2026-02-01", "2026-01-01")


def test_times_are_finnish() -> None:
    assert local(dt.datetime(2026, 1, 7, 10, tzinfo=dt.UTC)).hour == 12
    when = dt.datetime(2026, 1, 7, 12, 0, tzinfo=FINLAND)
    assert moment(when, "fi") == "7.1.2026 klo 12.00"
    assert moment(when, "sv") == "7.1.2026 kl. 12.00"
    assert moment(when, "en") == "7 January 2026 at 12:00"
    assert date(when.date(), "fi") == "7.1.2026"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("kuka koordinoi siltaa ja mitkä kunnat on mukana", ("kuka koordinoi siltaa", "mitkä kunnat on mukana")),
        ("Missä se on? Milloin se on auki?", ("Missä se on?", "Milloin se on auki?")),
        ("tuki ja ohjauspiste", None),
        ("mikä on tuki- ja ohjauspiste", None),
        ("ja mikä", None),
    ],
)
def test_two_questions(mind: Mind, text: str, parts: tuple[str, str] | None) -> None:
    assert halves(mind, text, "fi") == parts
