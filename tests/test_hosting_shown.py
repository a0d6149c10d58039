"""How evenings are shown to those who hold them: in every language, with few choices, without names, fitting into a message."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import yaml

from bot.messages import unasked
from bot.render import render
from dialogs import hosting
from dialogs.conversation import respond
from dialogs.evenings import model
from dialogs.hosting import afterwards, checklist, door, notices, people
from dialogs.hosting.model import Board, Guest, Line
from dialogs.mind import Mind
from dialogs.model import Open, State, Turn
from knowledge.calendar import FINLAND
from knowledge.loader import DATA
from knowledge.parts import LOCALES, Locale
from tests.conftest import NOW

STARTS = dt.datetime(2026, 12, 10, 17, 30, tzinfo=FINLAND)
EVENING = model.Evening(
    12, "published", "Tilat käyttöön", "hattula", "Kunnantalo", STARTS, STARTS + dt.timedelta(hours=2), capacity=10, seated=5, waiting=2
)
AINO = Guest(1, "seated", "Aino Virtanen", "Hattulan Martat ry", 2, "ACDEFH", NOW, True, catering="kasvis", access="luiska", wish="Miten tilan saa?")
AINO_TOO = replace(AINO, id=2, name="Aino Virtanen", association="Partio ry", people=3, code="JKLMNP", catering="kasvis")
BO = replace(AINO, id=3, status="waiting", name="Bo Åkerman", association="Esimerkki rf", code="RTUVWX", catering=None, reachable=False)
BOARD = Board(
    EVENING, "https://t.me/b?start=ilta-12", {"tell": "Uutta"}, (Line(7, "meeting", NOW, False), Line(8, "coffee", NOW, True)), (AINO, AINO_TOO, BO)
)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("screen", hosting.SCREENS)
def test_every_screen_speaks_every_language_with_few_choices(mind: Mind, screen: str, locale: Locale) -> None:
    for status in ("draft", "published"):
        board = replace(BOARD, evening=replace(EVENING, status=status, example=True))
        for now in (NOW, STARTS + dt.timedelta(days=1)):
            reply = hosting.SCREENS[screen](mind, State(locale=locale), board, now)
            choices = [choice for say in reply.says for choice in (*say.choices, *say.controls)]
            assert render(reply).strip()
            assert len([c for c in choices if c.data.startswith("hosting:")]) <= (9 if screen == "themes" else 8)
            assert all(len(choice.data.encode()) <= 64 for choice in choices)


def test_numbers_tell_diets_and_needs_without_names(mind: Mind) -> None:
    text = render(people.numbers(mind, State(), BOARD, NOW))
    assert "Tulossa ihmisiä 5, ilmoittautumisia 2." in text
    assert "Jonossa ihmisiä 2, ilmoittautumisia 1." in text
    assert "– kasvis (2)" in text
    assert "– luiska (2)" in text
    assert not any(guest.name in text for guest in BOARD.guests)


@pytest.mark.parametrize(
    ("said", "who", "near"),
    [
        ("acd efh", 1, []),
        ("ACDEFH", 1, []),
        ("bo akerman", 3, []),
        ("Aino Virtanen", None, [1, 2]),
        ("virtane", None, [1, 2]),
        ("partio", None, [2]),
        ("Maija Meikäläinen", None, []),
        ("🎉", None, []),
    ],
)
def test_at_the_door_a_code_or_a_whole_name_is_enough_and_else_one_chooses(said: str, who: int | None, near: list[int]) -> None:
    guest, others = door.found(BOARD.guests, said)
    assert (guest.id if guest else None, [one.id for one in others]) == (who, near)


def test_the_themes_of_the_plan_are_the_eight(mind: Mind) -> None:
    plan = yaml.safe_load((DATA / "dialogs" / "plan.yaml").read_text(encoding="utf-8"))
    options = {option["value"]: option["label"] for option in plan["slots"]["theme"]["options"]}
    assert options == {key: names.model_dump() for key, names in mind.knowledge.themes.items()}


def test_the_checklist_counts_calendar_days_over_a_change_of_the_clock(mind: Mind) -> None:
    days = checklist.days(mind, dt.datetime(2027, 4, 1, 18, 0, tzinfo=FINLAND))
    assert days["coffee"] == dt.datetime(2027, 3, 28, 9, 0, tzinfo=FINLAND)
    assert days["summary"] == dt.datetime(2027, 4, 8, 9, 0, tzinfo=FINLAND)
    assert all(when.hour == 9 for when in days.values())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("letter", ["ä", "😀"])
def test_the_longest_message_and_summary_fit_into_one_message(mind: Mind, locale: Locale, letter: str) -> None:
    units = len(letter.encode("utf-16-le")) // 2
    text = letter * (people.LONGEST // units)
    assert people.too_long(text) == 0
    evening = replace(EVENING, title="Ä" * 100, summary=text, example=True)
    unasked(notices.message(mind, locale, evening, text))
    unasked(notices.summary(mind, locale, replace(BOARD, evening=evening, plan={"next": "2027-03-17T18:00:00+02:00"}), 1_000_000))


def test_what_is_too_long_is_asked_for_again_with_how_much(mind: Mind) -> None:
    about = {"id": 12, "title": "Tilailta", "count": 3}
    reply = people.written(mind, State(), Open(form="write", about=about, filled={"text": "😀" * 1760}), NOW)
    assert reply.effect is None
    assert reply.state.open is not None
    assert "20 merkkiä liian pitkä" in render(reply)


def test_results_are_an_average_a_spread_and_words_without_names(mind: Mind) -> None:
    rated = (replace(AINO, rating=5, comment="Hyvä"), replace(AINO_TOO, rating=4, arrived=NOW), BO)
    text = render(afterwards.SCREENS["results"](mind, State(), replace(BOARD, guests=rated), NOW))
    assert "Arvioita 2, keskiarvo 4,5" in text
    assert "5: 1\n4: 1\n3: 0" in text
    assert "– Hyvä" in text
    assert "Aino" not in text


FORMS = [
    (form, slot)
    for form in sorted(hosting.CONFIRMED)
    for slot in yaml.safe_load((DATA / "dialogs" / f"{form}.yaml").read_text(encoding="utf-8"))["slots"]
]


@pytest.mark.parametrize(("form", "slot"), FORMS)
def test_a_crisis_is_heard_and_cancelling_works_in_every_slot(mind: Mind, form: str, slot: str) -> None:
    about = dict.fromkeys(("title", "label", "present", "hint", "count", "arrived", "seated"), "Tilailta") | {"id": 12, "field": "title"}
    state = State(open=Open(form=form, about=about, asks=slot), greeted=True)
    helped = respond(state, Turn(text="en jaksa enää elää"), NOW, mind)
    assert "112" in render(helped)
    assert helped.state.open is None or not helped.state.open.filled
    left = respond(state, Turn(text="peruuta"), NOW, mind)
    assert left.state.open is None
    assert left.effect is None
