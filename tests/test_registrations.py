"""Registering: seats taken whole, waited for in order, given back and given on; what is refused, and how kindly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import replace

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from bot.db import evenings, models, registrations
from bot.db.models import Delivery, Registration
from bot.effects import House, Work
from bot.effects.evenings import tell_interested
from bot.effects.seats import promote
from bot.incoming import Asked
from bot.papers.calendar_file import calendar_file
from bot.render import render
from dialogs.conversation import respond
from dialogs.evenings.model import Entry, Evening, Seat
from dialogs.mind import Mind
from dialogs.model import State, Turn
from tests.conftest import NOW
from tests.evenings import filled, held, join, present, said
from tests.whole import NUMBERS, Whole

ENTRY = Entry("Bo Berg", "Esimerkki rf", 1)


async def opened(one: Whole, **fields: object) -> int:
    async with one.database.transaction() as session:
        return await held(session, **fields)


async def rows(one: Whole, evening: int) -> list[Registration]:
    async with one.database.transaction() as session:
        return list(await session.scalars(select(Registration).where(Registration.evening_id == evening).order_by(Registration.id)))


async def status(one: Whole, evening: int) -> list[tuple[str, int]]:
    return [(row.status, row.people) for row in await rows(one, evening)]


async def told(one: Whole, chats: Collection[int]) -> list[tuple[int, str]]:
    async with one.database.transaction() as session:
        found = await session.execute(select(Delivery.chat_id, Delivery.cause).where(Delivery.chat_id.in_(chats)).order_by(Delivery.id))
        return [(chat, cause) for chat, cause in found]


def work(one: Whole, mind: Mind, session: object, chat: int = 1) -> Work:
    return Work(session, mind, House(), Asked(0, chat, chat, "fi", Turn()), one.now)  # type: ignore[arg-type]


async def test_a_registration_is_confirmed_with_its_code_and_shown_again_the_second_time(one: Whole) -> None:
    evening = await opened(one, capacity=10)
    chat, text = await join(one, evening, 2, catering="kasvis", wish="Miten tilan saa?")
    [row] = await rows(one, evening)
    assert (row.status, row.people, row.catering, row.wish, row.chat_id) == ("seated", 2, "kasvis", "Miten tilan saa?", chat)
    assert f"Ilmoittautumiskoodi: {row.code}" in text
    assert re.fullmatch(f"[{registrations.LETTERS}]{{6}}", row.code)
    again = await said(one, chat, f"register:{evening}")
    assert "Olet jo ilmoittautunut" in again
    assert row.code in again
    assert len(await rows(one, evening)) == 1


async def test_a_confirmation_from_another_device_registers_nobody_twice(one: Whole) -> None:
    evening = await opened(one)
    chat, _ = await join(one, evening)
    async with one.database.transaction() as session:
        row = await session.get(models.Chat, chat)
        assert row is not None
        row.state = filled(evening, 3).model_dump_json()  # the summary is still open there
    assert "Olet jo ilmoittautunut" in await said(one, chat, f"form:register-{evening}/confirm")
    assert await status(one, evening) == [("seated", 1)]


async def test_those_who_wait_get_seats_in_order_and_who_is_passed_keeps_their_place(one: Whole) -> None:
    evening = await opened(one, capacity=4)
    first, _ = await join(one, evening, 4)
    pair, text = await join(one, evening, 2)
    assert "sijalla 1" in text
    single, text = await join(one, evening, 1)
    assert "sijalla 2" in text
    other, _ = await join(one, evening, 1)
    await one.ask("hei")
    mine = (await rows(one, evening))[0].id
    assert "3" in await changed(one, first, mine, 3)
    assert await status(one, evening) == [("seated", 3), ("waiting", 2), ("seated", 1), ("waiting", 1)]
    assert "sijalla 1" in await said(one, pair, "mine:")
    assert "sijalla 2" in await said(one, other, "mine:")
    await said(one, first, f"leave:{mine}/yes")
    assert [status for status, _ in await status(one, evening)] == ["cancelled", "seated", "seated", "seated"]
    assert [chat for chat, _ in await told(one, (first, pair, single, other))] == [single, pair, other]


async def changed(one: Whole, chat: int, registration: int, people: int) -> str:
    """What a person is told who changes their number, up to its last question."""
    async with one.database.transaction() as session:
        row = await session.get(models.Chat, chat)
        assert row is not None
        opened_form = {"form": "change-people", "about": {"id": registration, "title": "Ilta"}, "filled": {"people": people}}
        row.state = State(greeted=True, open=opened_form).model_dump_json()  # type: ignore[arg-type]
    return await said(one, chat, f"form:change-people-{registration}/confirm")


async def test_who_declines_gives_the_seats_to_the_next(one: Whole) -> None:
    evening = await opened(one, capacity=2)
    first, _ = await join(one, evening, 2)
    second, _ = await join(one, evening, 2)
    third, _ = await join(one, evening, 1)
    a, b, _ = await rows(one, evening)
    await said(one, first, f"leave:{a.id}/yes")
    assert await status(one, evening) == [("cancelled", 2), ("seated", 2), ("waiting", 1)]
    assert "paikkanne on varattu" in await said(one, second, f"keep:{b.id}")
    await said(one, second, f"decline:{b.id}")
    assert await status(one, evening) == [("cancelled", 2), ("cancelled", 2), ("seated", 1)]
    assert [chat for chat, _ in await told(one, (first, second, third))] == [second, third]
    assert "ei enää ole" in await said(one, second, f"keep:{b.id}")


async def test_a_number_grows_only_as_far_as_there_are_seats(one: Whole) -> None:
    evening = await opened(one, capacity=5)
    chat, _ = await join(one, evening, 2)
    await join(one, evening, 1)
    [mine, _] = await rows(one, evening)
    assert "enintään 4" in await changed(one, chat, mine.id, 5)
    assert (await status(one, evening))[0] == ("seated", 2)
    await changed(one, chat, mine.id, 4)
    assert (await status(one, evening))[0] == ("seated", 4)


async def test_a_waiting_group_that_becomes_smaller_may_get_its_seats_at_once(one: Whole) -> None:
    evening = await opened(one, capacity=3)
    await join(one, evening, 2)
    chat, _ = await join(one, evening, 2)
    text = await changed(one, chat, (await rows(one, evening))[1].id, 1)
    assert "Ilmoittautuminen on tehty" in text
    assert await told(one, [chat]) == []


async def test_a_larger_room_lets_those_who_wait_in(one: Whole, mind: Mind) -> None:
    evening = await opened(one, capacity=1)
    await join(one, evening)
    chats = [(await join(one, evening))[0] for _ in range(3)]
    async with one.database.transaction() as session:
        row = await session.get(models.Evening, evening)
        assert row is not None
        row.capacity = 3
        promoted = await promote(work(one, mind, session), evening)
    assert [seat.people for seat in promoted] == [1, 1]
    assert [chat for chat, _ in await told(one, chats)] == chats[:2]


async def test_guests_without_telegram_take_seats_and_are_told_nothing(one: Whole, mind: Mind) -> None:
    evening = await opened(one, capacity=1)
    async with one.database.transaction() as session:
        first, new = await registrations.register(session, evening, None, ENTRY, NOW)
        second, _ = await registrations.register(session, evening, None, ENTRY, NOW)
        assert (new, first.status, second.status) == (True, "seated", "waiting")
        await registrations.cancel(session, first, NOW)
        assert len(await promote(work(one, mind, session), evening)) == 1
        assert not await session.scalar(select(func.count()).where(Delivery.cause == f"promoted-{second.id}"))
    with pytest.raises(registrations.GoneError):
        async with one.database.transaction() as session:
            await registrations.register(session, 0, None, ENTRY, NOW)


async def test_a_group_larger_than_what_is_left_may_wait_or_come_with_fewer(one: Whole) -> None:
    evening = await opened(one, capacity=3)
    await join(one, evening, 2)
    chat = next(NUMBERS)
    async with one.database.transaction() as session:
        await present(session, chat, filled(evening, 2, queue=False))
    text = await said(one, chat, f"form:register-{evening}/confirm")
    assert "jäljellä 1" in text
    assert len(await rows(one, evening)) == 1
    assert "sijalla 1" in await said(one, chat, f"queue:{evening}")
    assert await status(one, evening) == [("seated", 2), ("waiting", 2)]


async def test_more_than_may_come_as_one_group_is_asked_again(one: Whole) -> None:
    evening = await opened(one, capacity=30, group_most=4)
    chat, text = await join(one, evening, 5)
    assert "enintään 4" in text
    assert "Montako" in text
    assert await rows(one, evening) == []
    assert "enintään 4" in (await join(one, await opened(one, capacity=4), 5))[1]
    async with one.database.transaction() as session:
        row = await session.get(models.Chat, chat)
        assert row is not None
        assert State.model_validate_json(row.state).open


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
