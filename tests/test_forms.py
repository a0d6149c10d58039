"""Guided dialogues: whatever is typed or tapped in whichever slot, and what transcripts cannot show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.db.models import Received
from bot.messages import messages, units
from bot.render import render
from dialogs import guiding, rooms
from dialogs.conversation import respond, told
from dialogs.mind import Mind
from dialogs.model import Open, Reply, State, Turn, Value
from knowledge.form_lint import of_form
from knowledge.forms import Form
from knowledge.loader import Knowledge
from knowledge.parts import LOCALES, Locale
from tests.conftest import NOW
from tests.test_any_input import is_well_formed, texts
from tests.trying import LookUp, found, look_up
from tests.whole import Whole

FILLED: Mapping[str, Value] = {
    "name": "Aino",
    "association": "Kokeilu ry",
    "people": 3,
    "starts": "2026-11-26T18:00:00+02:00",
    "ends": "2026-11-26T20:00:00+02:00",
    "place": "hattula",
    "meal": "soup",
    "wish": "x" * 500,
}
FAMILIAR = ["takaisin", "ohita", "apua", "korjaa", "joo", "ei", "jatka", "3", "20", "hattula", "keitto"]
FAMILIAR += ["to 18–20", "på svenska", "mitä yhdistysilta maksaa?"]
SUBJECT: Mapping[str, Value] = {"id": 12, "subject": "ilta"}


def opened(upto: int, locale: Locale = "fi", **more: object) -> State:
    """The trial with its first `upto` slots answered."""
    return State(locale=locale, greeted=True, last_at=NOW, open=Open(form="trial", about=SUBJECT, filled=dict(list(FILLED.items())[:upto]), **more))


def say(mind: Mind, state: State, text: str, hours: int = 0) -> Reply:
    return respond(state, Turn(text), NOW + dt.timedelta(hours=hours), mind)


typed = st.one_of(texts, st.sampled_from(FAMILIAR), st.text(max_size=5_000))
ways = st.sampled_from(["skip", "back", "correct", "resume", "help", "nonsense"]).map(lambda way: f"form:trial-12/{way}")
slots = st.sampled_from([*FILLED, "access", "code", "nonsense"])
answers = st.builds("slot:trial-12/{}={}".format, slots, st.sampled_from(["1", "soup", "~0", "~x", ""]))
buttons = st.one_of(ways, slots.map(lambda name: f"fix:trial-12/{name}"), answers)
steps = st.one_of(typed.map(Turn), buttons.map(lambda data: Turn(data=data)))
turns = st.lists(st.tuples(steps, st.integers(0, 20)), min_size=1, max_size=4)


@given(turns=turns, upto=st.integers(0, len(FILLED)), locale=st.sampled_from(LOCALES))
@settings(derandomize=True, deadline=None, max_examples=250, database=None, suppress_health_check=list(HealthCheck))
def test_any_input_in_any_slot(mind: Mind, turns: list[tuple[Turn, int]], upto: int, locale: Locale) -> None:
    """Never an error, never nothing, never too much; and what was answered stays, unless the dialogue ends."""
    state, now = opened(upto, locale), NOW
    for turn, hours in turns:
        now += dt.timedelta(hours=hours)
        before = state.open
        reply = respond(state, turn, now, mind)
        assert reply.effect is None
        assert is_well_formed(reply), turn
        for message in messages(reply):
            assert units(message.html) <= 20_000  # tags and entities are not counted by Telegram; the text itself is
            assert all(len(button.data.encode()) <= 64 for row in message.buttons for button in row)
        state = State.model_validate_json(reply.state.model_dump_json())
        if before is not None and state.open is not None:
            assert set(before.filled) - {"ends"} <= set(state.open.filled)


@pytest.mark.parametrize("upto", range(len(FILLED) + 1))
@pytest.mark.parametrize("text", ["en jaksa enää elää", "haluan tappaa itseni", "jag vill dö"])
def test_a_crisis_is_heard_in_every_slot_and_kept_in_none(mind: Mind, upto: int, text: str) -> None:
    for locale in LOCALES:
        for chosen in (False, True):
            state = opened(upto, locale).model_copy(update={"locale_chosen": chosen})
            reply = say(mind, state, text)
            assert "112" in render(reply), (locale, chosen)
            assert text not in reply.state.model_dump_json()
            assert reply.state.open is not None
            assert reply.state.open.left
            assert len(reply.says) == 1


@pytest.mark.parametrize("upto", range(len(FILLED) + 1))
@pytest.mark.parametrize("text", ["peruuta", "Lopeta!", "en halua ilmoittautua", "avbryt", "cancel", "/peruuta"])
def test_every_slot_can_be_cancelled(mind: Mind, upto: int, text: str) -> None:
    reply = say(mind, opened(upto), text)
    assert "koe jää" in render(reply)
    assert reply.state.open is None


@pytest.mark.parametrize("upto", range(len(FILLED) + 1))
@pytest.mark.parametrize("text", ["apua", "hjälp", "help", "/help"])
def test_every_slot_can_be_explained(mind: Mind, upto: int, text: str) -> None:
    reply = say(mind, opened(upto), text)
    assert "Tämä on kesken: koe asiasta ilta" in render(reply)
    assert reply.state.open == opened(upto).open


async def test_a_crisis_in_a_slot_stays_out_of_the_database(one: Whole) -> None:
    await one.ask("hei")
    one.telegram.taps(one.chat, "try:trial")
    await one.arrived()
    assert "112" in await one.ask("haluan tappaa itseni")
    state = await one.state()
    assert state.open is not None
    assert state.open.left
    assert "tappaa" not in state.model_dump_json()
    async with one.database.transaction() as session:
        kept = (await session.scalars(select(Received.payload).where(Received.payload.is_not(None)))).all()
    assert not [payload for payload in kept if "tappaa" in payload]


def test_a_form_that_is_gone_is_left(mind: Mind) -> None:
    for gone in (Open(form="gone"), Open(form="trial", filled={"gone": 1}), Open(form="trial", asks="gone")):
        reply = say(mind, State(open=gone), "hei")
        assert reply.state.open is None
        assert "Hei" in render(reply)


def test_suggestions_are_asked_back(mind: Mind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rooms.SUGGESTED, ("trial", "association"), LookUp)
    reply = say(mind, opened(1), "hattulan hakapoojat")
    assert reply.effect == LookUp("hattulan hakapoojat")
    asked = found(mind, reply.state, look_up(reply.effect), NOW)
    assert "1 Hattulan Hakapojat ry · 2 Hattulan Hiihtäjät ry · 3 Niin kuin kirjoitin" in render(asked)
    state = State.model_validate_json(asked.state.model_dump_json())
    tapped = respond(state, Turn(data="slot:trial-12/association=~0"), NOW, mind).state.open
    as_typed = say(mind, state, "niin kuin kirjoitin").state.open
    other = say(mind, state, "hattulan hiihtäjät ry").state.open
    answers = [one and one.filled["association"] for one in (tapped, as_typed, other)]
    assert answers == ["Hattulan Hakapojat ry", "hattulan hakapoojat", "Hattulan Hiihtäjät ry"]
    assert "Mikä yhdistys?" in render(say(mind, state, "takaisin"))
    again = say(mind, state, "Jokin muu ry")
    assert again.effect == LookUp("Jokin muu ry")


def test_nothing_to_suggest_goes_on(mind: Mind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rooms.SUGGESTED, ("trial", "association"), LookUp)
    monkeypatch.setitem(rooms.OUTCOMES, type(look_up(LookUp(""))), found)
    for typed in ("Kokeilu ry", "Hattulan Hakapojat ry"):
        reply = say(mind, opened(1), typed)
        assert isinstance(reply.effect, LookUp)
        gone_on = told(reply.state, look_up(reply.effect), NOW, mind)
        assert gone_on.state.open is not None
        assert gone_on.state.open.filled["association"] == typed
        assert "Montako teitä tulee?" in render(gone_on)


def test_ways_around_are_buttons_and_text(mind: Mind) -> None:
    (message,) = messages(say(mind, opened(7), "apua"))
    assert message.html.endswith("Ohita · Takaisin · Peruuta")
    assert [button.data for row in message.buttons for button in row] == [f"form:trial-12/{way}" for way in ("skip", "back", "cancel")]


def test_a_long_answer_is_cut_in_the_summary_only(mind: Mind) -> None:
    reply = say(mind, opened(len(FILLED)), "takaisin")
    assert reply.state.open is not None
    assert reply.state.open.filled["wish"] == "x" * 500
    summary = respond(opened(len(FILLED)), Turn(data="form:trial-12/resume"), NOW, mind)
    assert "x" * 199 + "…" in render(summary)
    assert "x" * 200 not in render(summary)


def test_every_form_leads_somewhere(knowledge: Knowledge) -> None:
    assert set(knowledge.forms) <= set(rooms.CONFIRMED)
    assert {form for form, _ in rooms.SUGGESTED} <= set(knowledge.forms)
    assert all(slot in knowledge.forms[form].slots and knowledge.forms[form].summary for form, slot in rooms.SUGGESTED)


def test_the_trial_is_sound(mind: Mind) -> None:
    assert not [finding for name in ("trial", "edit") for finding in of_form(mind.knowledge, name, mind.knowledge.forms[name])]


WORDS = {"fi": "Ilta {title}", "sv": "Kväll {title}", "en": "Evening {title}"}
LABEL = {"fi": "Ilta", "sv": "Kväll", "en": "Evening"}
SPOILT = {
    "no exclamation marks": {"prompt": {"fi": "Moi!", "sv": "Hej", "en": "Hi"}},
    "braces that are no {name}": {"prompt": {"fi": "{0.x}", "sv": "Hej", "en": "Hi"}},
    "fills in ['titel'], but the Finnish text ['title']": {"prompt": {**WORDS, "sv": "Kväll {titel}"}},
    "a choice needs options": {"kind": "choice"},
    "a place has no options": {"kind": "place", "options": [{"value": "a", "label": LABEL}]},
    "two options have the same value": {"kind": "choice", "options": [{"value": "a", "label": LABEL}] * 2},
    "is larger than most, 1": {"kind": "count", "least": 2, "most": 1},
    "'a' is no number from 1 to 500": {"kind": "count", "options": [{"value": "a", "label": LABEL}]},
    "a name comes after and before nothing": {"after": "two"},
    "'two' is no other time": {"kind": "moment", "before": "two"},
    "no slot 'gone'": {"kind": "moment", "after": "gone"},
    "an end needs to know": {"kind": "end"},
    "at most 64 fit": {"kind": "choice", "options": [{"value": "a" * 24, "label": LABEL}]},
}


@pytest.mark.parametrize("problem", SPOILT)
def test_a_spoilt_form_is_found(knowledge: Knowledge, problem: str) -> None:
    slot = {"kind": "name", "label": LABEL, "prompt": WORDS} | SPOILT[problem]
    other = {"kind": "name", "label": LABEL, "prompt": WORDS}
    form = Form.model_validate({"title": WORDS, "cancelled": WORDS, "slots": {"first-one": slot, "two": other}})
    name = "a-name-of-a-form"
    assert any(problem in message for _, _, message in of_form(replace(knowledge, forms={name: form}), name, form))


def test_a_dialogue_of_long_ago_keeps_its_buttons(mind: Mind) -> None:
    reply = respond(opened(2), Turn(data="slot:trial-12/people=2"), NOW + dt.timedelta(days=40), mind)
    assert reply.state.open is not None
    assert reply.state.open.filled["people"] == 2
    assert not reply.state.open.left


def test_an_answer_from_long_ago_is_not_swallowed(mind: Mind) -> None:
    for upto, text in ((0, "Kaisa"), (2, "kolme"), (3, "to 18–20"), (4, "20"), (6, "keitto"), (7, "kahvia")):
        reply = say(mind, opened(upto), text, hours=13)
        assert "Sinulta jäi kesken: koe asiasta ilta" in render(reply), text
        assert reply.state.open is not None
        assert reply.state.open.filled == opened(upto).open.filled
        assert "1 Jatka · 2 Peruuta" in render(reply)
        assert guiding.open_slot(mind, reply.state) == [*FILLED][upto]
