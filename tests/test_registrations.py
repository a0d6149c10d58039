"""Registering: seats taken whole, waited for in order, given back and given on."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from bot.db import models, registrations
from bot.db.models import Delivery
from bot.effects.seats import promote
from dialogs.evenings.model import Entry
from dialogs.mind import Mind
from dialogs.model import State
from tests.conftest import NOW
from tests.evenings import filled, join, opened, present, rows, said, status, told, work
from tests.whole import NUMBERS, Whole

ENTRY = Entry("Bo Berg", "Esimerkki rf", 1)


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
    assert "Olet ilmoittautunut" in text
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
