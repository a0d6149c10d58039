"""What is said unasked: sent once, in time, or counted as what has become of it; on both engines."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
from collections import Counter

import httpx
import pytest
from sqlalchemy import select

from bot.db import deliveries, queries
from bot.db.models import Chat, Delivery, Evening, Interest, Registration
from bot.messages import unasked
from bot.quiet import awake, urgent
from dialogs.mind import Mind
from dialogs.model import Choice, File, Open, Say, State
from knowledge.calendar import local
from tests.conftest import NOW
from tests.fakes import DroppedError, RefusedError
from tests.whole import Whole, whole

CAUSES = itertools.count(1)
HELLO = unasked(Say.of("Paikka vapautui."))


async def told(one: Whole, message: str = HELLO, chat: int | None = None, **more: object) -> str:
    """Something is told unasked; its cause."""
    cause = f"test-{next(CAUSES)}"
    one.telegram.message(chat or one.chat)
    async with one.database.transaction() as session:
        await deliveries.tell(session, chat or one.chat, cause, message, one.now, **more)  # type: ignore[arg-type]
    return cause


async def become(one: Whole, cause: str) -> Delivery:
    """The row, once all that is due is done."""
    await one.settle()
    async with one.database.transaction() as session:
        return (await session.scalars(select(Delivery).where(Delivery.cause == cause))).one()


def arrived(one: Whole, chat: int | None = None) -> list[str]:
    return [sent.text for sent in one.telegram.to(chat or one.chat)]


async def test_it_is_sent_at_once_and_its_text_is_forgotten(one: Whole) -> None:
    row = await become(one, await told(one))
    assert arrived(one) == ["Paikka vapautui."]
    assert (row.status, row.message, row.message_id) == ("sent", None, one.telegram.sent[-1].message_id)


async def test_a_new_one_does_not_wait_for_the_next_look(one: Whole) -> None:
    await asyncio.sleep(0.05)
    await told(one)
    async with asyncio.timeout(0.8):
        while not arrived(one):
            await asyncio.sleep(0.01)


async def test_the_same_cause_is_told_once(one: Whole) -> None:
    cause = await told(one)
    async with one.database.transaction() as session:
        await deliveries.tell(session, one.chat, cause, HELLO, one.now)
    await become(one, cause)
    assert len(arrived(one)) == 1


BEFORE = (
    ("sendMessage", RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)),
    ("sendMessage", httpx.ConnectError("no route")),
)


@pytest.mark.parametrize(("when", "fault"), BEFORE, ids=["429", "no connection"])
async def test_what_telegram_certainly_did_not_get_is_sent_again(one: Whole, when: str, fault: Exception) -> None:
    one.telegram.faults.append((when, fault))
    row = await become(one, await told(one))
    assert row.status == "sent"
    assert len(arrived(one)) == 1


DOUBTFUL = (
    ("sendMessage", DroppedError(), 0),
    ("after sendMessage", DroppedError(), 1),
    ("sendMessage", RefusedError(500, "Internal Server Error"), 0),
    ("after sendMessage", RefusedError(502, "Bad Gateway"), 1),
)


@pytest.mark.parametrize(("when", "fault", "came"), DOUBTFUL, ids=["dropped", "dropped after", "500", "502 after"])
async def test_what_may_have_arrived_is_not_sent_again_but_counted(one: Whole, when: str, fault: Exception, came: int) -> None:
    one.telegram.faults.append((when, fault))
    row = await become(one, await told(one))
    assert (row.status, row.message) == ("unknown", None)
    assert len(arrived(one)) == came


@pytest.mark.parametrize(("when", "fault", "came"), DOUBTFUL, ids=["dropped", "dropped after", "500", "502 after"])
async def test_it_is_sent_again_where_that_is_wanted(mind: Mind, database_at: str, when: str, fault: Exception, came: int) -> None:
    async with whole(mind, database_at, resend=True) as one:
        one.telegram.faults.append((when, fault))
        row = await become(one, await told(one))
        assert row.status == "sent"
        assert len(arrived(one)) == came + 1


async def test_a_blocked_bot_gives_up_all_that_waits_there(one: Whole) -> None:
    await one.ask("/kieli")
    later = await told(one, due=one.now + dt.timedelta(days=1))
    one.telegram.gone.add(one.chat)
    assert (await become(one, await told(one))).status == "blocked"
    assert (await become(one, later)).status == "blocked"
    one.telegram.calls.clear()
    assert (await become(one, await told(one))).status == "blocked"
    assert not one.telegram.calls, "nothing is tried where nothing may be sent"


async def test_what_telegram_refuses_for_good_is_given_up_and_holds_up_nobody(one: Whole) -> None:
    one.telegram.faults.append(("sendMessage", RefusedError(400, "Bad Request: chat not found")))
    assert (await become(one, await told(one))).status == "failed"
    assert (await become(one, await told(one))).status == "sent"


@pytest.mark.parametrize("resend", [False, True])
async def test_what_was_in_flight_at_a_kill_is_known(mind: Mind, database_at: str, resend: bool) -> None:
    async with whole(mind, database_at, resend=resend) as one:
        await one.shop.deliveries.stop()
        flying, waiting = await told(one), await told(one, unasked(Say.of("Toinen")))
        async with one.database.transaction() as session:
            row = (await session.scalars(select(Delivery).where(Delivery.cause == flying))).one()
            assert await deliveries.fly(session, [row.id], one.now) == {row.id: HELLO}  # and then the process is killed
        await one.rebuild()
        assert (await become(one, flying)).status == ("sent" if resend else "unknown")
        assert (await become(one, waiting)).status == "sent"
        assert arrived(one) == ["Paikka vapautui."] * resend + ["Toinen"]


async def test_what_comes_too_late_is_not_said(one: Whole) -> None:
    cause = await told(one, due=one.now + dt.timedelta(hours=1), late=one.now + dt.timedelta(hours=2))
    assert (await become(one, cause)).status == "waiting"
    one.now += dt.timedelta(hours=2)
    row = await become(one, cause)
    assert (row.status, row.message) == ("late", None)
    assert not arrived(one)


@pytest.mark.parametrize(
    ("when", "until"),
    [("22T20:59", "22T20:59"), ("22T21:00", "23T08:00"), ("23T02:00", "23T08:00"), ("23T07:59", "23T08:00"), ("23T08:00", "23T08:00")],
)
def test_quiet_hours(when: str, until: str) -> None:
    asked, wanted = (local(dt.datetime.fromisoformat(f"2026-11-{moment}")) for moment in (when, until))
    assert awake(asked) == wanted
    assert awake(asked.astimezone(dt.UTC)) == wanted


def test_what_begins_before_noon_cannot_wait_for_the_morning() -> None:
    now, noon = NOW.replace(hour=22), NOW + dt.timedelta(days=1)
    assert urgent(noon - dt.timedelta(minutes=1), now)
    assert not urgent(noon, now)


async def test_in_the_quiet_hours_nobody_is_told_unless_it_cannot_wait(one: Whole) -> None:
    one.now = NOW.replace(hour=23)
    cause, now = await told(one), await told(one, unasked(Say.of("Heti")), urgent=True)
    assert [(await become(one, what)).status for what in (cause, now)] == ["waiting", "sent"]
    one.now = NOW.replace(hour=8) + dt.timedelta(days=1)
    assert (await become(one, cause)).status == "sent"


CHOICES = unasked(Say.of("Tulossa.", (Choice("Kieli", "ask:language"), Choice("Paikka", "ask:place"))))


async def test_its_choices_can_be_typed_by_number(one: Whole) -> None:
    await one.ask("mikä on olka")
    await become(one, await told(one, CHOICES))
    assert arrived(one)[-1] == "Tulossa.\n1 Kieli · 2 Paikka"
    assert "Millä kielellä" in await one.ask("1")


async def test_an_open_dialogue_keeps_its_numbers(one: Whole) -> None:
    await one.ask("/paikka")
    async with one.database.transaction() as session:
        chat = await session.get_one(Chat, one.chat)
        chat.state = State(open=Open(form="x"), offered=("ask:place",)).model_dump_json()
    await become(one, await told(one, CHOICES))
    assert (await one.state()).offered == ("ask:place",)


async def test_a_file_comes_along(one: Whole) -> None:
    say = Say((*Say.of("Kutsu").parts,), file=File("ilta.ics", b"BEGIN:VCALENDAR\r\n\xff"))
    await become(one, await told(one, unasked(say)))
    assert [(sent.text, sent.file) for sent in one.telegram.to(one.chat)] == [("Kutsu", ("ilta.ics", b"BEGIN:VCALENDAR\r\n\xff"))]


def test_what_does_not_fit_into_one_message_is_not_cut() -> None:
    with pytest.raises(ValueError, match="one message"):
        unasked(Say.of("x" * 4_097))


async def test_replies_go_first_and_all_arrive_once(one: Whole) -> None:
    await one.shop.deliveries.stop()
    people = [one.stranger() for _ in range(200)]
    for person in people:
        await told(one, chat=person)
    await one.shop.deliveries.start()
    await asyncio.sleep(0.02)
    one.telegram.says(one.chat, "/kieli")
    await one.fetch()
    await one.settle()
    order = [sent.chat for sent in one.telegram.sent]
    assert Counter(order) == Counter([*people, one.chat])
    assert order.index(one.chat) < len(people) // 2


async def test_what_waits_follows_a_group_to_its_new_id(one: Whole) -> None:
    old, new = -one.stranger(), -one.stranger()
    for chat in (old, new):
        one.telegram.message(chat)
    async with one.database.transaction() as session:
        evening = Evening(title="x", place="hattula", venue="x", starts_at=NOW, ends_at=NOW, created_by=1, created_at=NOW)
        session.add(evening)
        await session.flush()
        session.add(Registration(evening_id=evening.id, chat_id=old, status="seated", people=1, code=f"m{-old}", created_at=NOW))
        session.add(Interest(chat_id=old, place="hattula", created_at=NOW))
    one.telegram.moved[old] = new
    cause, later = await told(one, chat=old), await told(one, chat=old, due=one.now + dt.timedelta(hours=1))
    assert (await become(one, cause)).chat_id == (await become(one, later)).chat_id == new
    assert arrived(one, new) == ["Paikka vapautui."]
    async with one.database.transaction() as session:
        for table in (Registration, Interest):
            assert list(await session.scalars(select(table.chat_id).where(table.chat_id.in_((old, new))))) == [new]


async def test_old_rows_are_forgotten_but_not_those_that_can_still_be_recalled(one: Whole) -> None:
    cause = await told(one)
    await become(one, cause)
    async with one.database.transaction() as session:
        await queries.tidy(session, one.now + dt.timedelta(hours=49))
        assert await session.scalar(select(Delivery.status).where(Delivery.cause == cause)) == "sent"
        await queries.tidy(session, one.now + dt.timedelta(days=400))
        assert await session.scalar(select(Delivery.status).where(Delivery.cause == cause)) is None
