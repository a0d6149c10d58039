"""Evenings for those who come: what is refused, and how kindly; being told of the next one; a file for the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bot.db import evenings
from bot.db.models import Delivery
from bot.effects.evenings import tell_interested
from bot.papers.calendar_file import calendar_file
from bot.render import render
from dialogs.conversation import respond
from dialogs.evenings.model import Evening, Seat
from dialogs.mind import Mind
from dialogs.model import State, Turn
from tests.conftest import NOW
from tests.evenings import join, opened, present, rows, said, status, told, work
from tests.whole import NUMBERS, Whole

SHUT = {
    "closed": {"closes_at": NOW - dt.timedelta(hours=1)},
    "cancelled": {"status": "cancelled"},
    "started": {"starts_at": NOW - dt.timedelta(hours=1)},
    "past": {"starts_at": NOW - dt.timedelta(days=1)},
}
WORDS = {"closed": "jo päättynyt", "cancelled": "on peruttu", "started": "on jo alkanut", "past": "on jo pidetty"}


@pytest.mark.parametrize("why", SHUT)
async def test_what_is_too_late_is_said_and_nothing_is_registered(one: Whole, why: str) -> None:
    evening = await opened(one, **SHUT[why])
    chat, text = await join(one, evening)
    assert WORDS[why] in text
    assert WORDS[why] in await said(one, chat, f"register:{evening}")
    assert await rows(one, evening) == []


async def test_a_draft_is_nothing_that_people_know_of(one: Whole) -> None:
    evening = await opened(one, status="draft")
    for data in (f"evening:{evening}", f"register:{evening}", "evening:999999999"):
        assert "Sellaista iltaa ei ole" in await said(one, one.chat, data)


async def test_what_has_begun_cannot_be_changed_any_more(one: Whole) -> None:
    evening = await opened(one)
    chat, _ = await join(one, evening)
    [row] = await rows(one, evening)
    one.now = NOW + dt.timedelta(days=5, hours=6)
    assert "on jo alkanut" in await said(one, chat, f"leave:{row.id}/yes")
    assert "on jo alkanut" in await said(one, chat, f"remind:{row.id}/off")
    assert await status(one, evening) == [("seated", 1)]
    assert "Tilat" in await said(one, chat, "mine:")
    one.now += dt.timedelta(hours=3)
    assert "ei ole ilmoittautumisia" in await said(one, chat, "mine:")


async def test_nobody_sees_or_changes_what_is_somebody_elses(one: Whole) -> None:
    evening = await opened(one)
    await join(one, evening)
    [row] = await rows(one, evening)
    for data in (f"seat:{row.id}", f"leave:{row.id}/yes", f"remind:{row.id}/off", f"change:{row.id}/people", f"decline:{row.id}"):
        assert "ei enää ole" in await said(one, one.chat, data)
    assert await status(one, evening) == [("seated", 1)]


async def test_reminders_can_be_turned_off_and_on(one: Whole) -> None:
    evening = await opened(one)
    chat, _ = await join(one, evening)
    [row] = await rows(one, evening)
    assert "En muistuta" in await said(one, chat, f"remind:{row.id}/off")
    assert not (await rows(one, evening))[0].reminders
    assert "Muistutan" in await said(one, chat, f"remind:{row.id}/on")
    assert (await rows(one, evening))[0].reminders


async def test_names_are_not_asked_for_in_a_group(one: Whole) -> None:
    evening = await opened(one)
    for data in (f"register:{evening}", "follow:hattula", "mine:"):
        assert "kahden kesken" in await said(one, -next(NUMBERS), data)


async def test_who_wished_for_an_evening_is_told_once_in_their_language(one: Whole, mind: Mind) -> None:
    wishes = {"hattula/": True, "/premises": True, "hattula/premises": True, "/": True, "forssa/": False, "hattula/grants": False}
    chats = {next(NUMBERS): wish for wish in wishes}
    evening = await opened(one)
    async with one.database.transaction() as session:
        for chat, wish in chats.items():
            place, _, theme = wish.partition("/")
            await present(session, chat, State(locale="sv"))
            await evenings.follow(session, chat, place, theme, NOW)
            await evenings.follow(session, chat, place, theme, NOW)
        await evenings.follow(session, next(iter(chats)), "", "", NOW)
        published = await evenings.evening(session, evening)
        assert published is not None
        for _ in range(2):
            assert await tell_interested(work(one, mind, session), published) >= 4
        message = await session.scalar(select(Delivery.message).where(Delivery.cause == f"published-{evening}", Delivery.chat_id == min(chats)))
    assert "Nu ordnas" in (message or "")
    assert [chat for chat, _ in await told(one, chats)] == [chat for chat, wish in chats.items() if wishes[wish]]


async def test_a_wish_is_seen_and_stopped(one: Whole) -> None:
    assert "Hattula" in await said(one, one.chat, "follow:hattula")
    text = await said(one, one.chat, "mine:")
    assert "Kerron, kun ilta ilmoitetaan: Hattula" in text
    async with one.database.transaction() as session:
        [wish] = await evenings.interests(session, one.chat)
    await said(one, next(NUMBERS), f"unfollow:{wish.id}")
    assert "Hattula" in await said(one, one.chat, "mine:")
    await said(one, one.chat, f"unfollow:{wish.id}")
    assert "Hattula" not in await said(one, one.chat, "mine:")


def test_without_somebody_who_answers_registration_does_not_open(mind: Mind) -> None:
    for nobody in (replace(mind, operator=None), replace(mind, contact=None)):
        for data in ("register:1", "queue:1"):
            reply = respond(State(greeted=True), Turn(data=data), NOW, nobody)
            assert "ei ole auki" in render(reply)
            assert reply.effect is None
            assert reply.state.open is None


def test_the_calendar_gets_the_evening_where_and_when_it_is(mind: Mind) -> None:
    starts = NOW.replace(month=12, day=10, hour=17, minute=30)
    evening = Evening(12, "published", "Tilat, yhdessä", "hattula", "Kunnantalo; sali", starts, starts + dt.timedelta(hours=2))
    seat = Seat(7, evening, "seated", "Aino Aalto", "Esimerkki ry", 2, "ABC347")
    file = calendar_file(mind, seat, "https://t.me/bot?start=ilta-12", NOW)
    assert file == calendar_file(mind, seat, "https://t.me/bot?start=ilta-12", NOW)
    calendar = Calendar.from_ical(file.content)
    [event] = calendar.walk("VEVENT")
    assert file.name.endswith(".ics")
    assert (event["uid"], event["summary"], event["location"]) == ("registration-7@siltabotti", "Tilat, yhdessä", "Kunnantalo; sali, Hattula")
    assert event["dtstart"].dt == starts
    assert event["dtstart"].params["tzid"] == "Europe/Helsinki"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    assert (event["url"], event["organizer"]) == ("https://t.me/bot?start=ilta-12", "mailto:esimerkki@example.org")
    assert "ABC347" in event["description"]
    assert "Aino" not in file.content.decode()
    phoned = Calendar.from_ical(calendar_file(replace(mind, contact="040 123 4567"), seat, "https://t.me/bot", NOW).content)
    assert phoned.walk("VEVENT")[0]["organizer"] == "tel:0401234567"
