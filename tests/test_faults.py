"""The whole application on the fake Telegram: what goes wrong, on Telegram's side and on ours, and that nothing is lost by it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from bot.budget import Rates
from bot.db import queries
from bot.db.models import Chat, Outgoing, Received
from dialogs import conversation
from dialogs.mind import Mind
from tests.fakes import ME, DroppedError, RefusedError
from tests.whole import Whole, later, whole


async def test_nothing_that_was_written_stays(one: Whole) -> None:
    await one.ask("mikä on kumppanuustalo")
    assert await one.waiting(Received) == await one.waiting(Outgoing) == 0


async def test_an_update_that_comes_twice_is_answered_once(one: Whole) -> None:
    one.telegram.says(one.chat, "mikä on olka")
    again = list(one.telegram.updates)
    await one.arrived()
    one._offset = 0
    one.telegram.updates.extend(again)
    assert await one.arrived() == []
    assert await one.turns() == 1


async def test_what_was_received_before_a_crash_is_answered_after_it(one: Whole) -> None:
    one.telegram.says(one.chat, "mikä on olka")
    one.telegram.says(one.chat, "missä se on")
    await one.shop.app.bot.get_updates()  # stored; and then the process is killed
    await one.rebuild()
    await one.settle()
    assert len(one.telegram.to(one.chat)) >= 2
    assert await one.turns() == 2


async def test_one_chat_after_another_many_at_once(one: Whole) -> None:
    """Ten questions of each of five people, all fetched at once: every person gets ten answers in the order of asking."""
    people = [one.chat * 1_000 + number for number in range(5)]
    for number in range(10):
        for person in people:
            one.telegram.says(person, ("/kieli", "/paikka")[number % 2])
    await one.fetch()
    await one.settle()
    for person in people:
        texts = [sent.text[:4] for sent in one.telegram.to(person)]
        assert texts == ["Mill", "Miss"] * 5


async def test_a_blocked_bot_sends_nothing_until_it_is_written_to(one: Whole) -> None:
    await one.ask("/start")
    one.telegram.gone.add(one.chat)
    assert await one.ask("mikä on olka") == ""
    async with one.database.transaction() as session:
        chat = await session.get(Chat, one.chat)
        assert chat is not None
        assert chat.gone
    one.telegram.gone.clear()
    assert "OLKA" in await one.ask("mikä on olka")
    async with one.database.transaction() as session:
        assert not (await session.get_one(Chat, one.chat)).gone


@pytest.mark.parametrize(("status", "gone"), [("kicked", True), ("member", False)])
async def test_telegram_tells_who_blocked_the_bot(one: Whole, status: str, gone: bool) -> None:
    await one.ask("/start")
    member = {"user": ME, "status": status, "until_date": 0} if gone else {"user": ME, "status": status}
    message = one.telegram.message(one.chat, "x")
    change = {"chat": message["chat"], "from": message["from"], "date": 1_790_000_000}
    one.telegram.update(my_chat_member={**change, "old_chat_member": {"user": ME, "status": "left"}, "new_chat_member": member})
    assert await one.arrived() == []
    async with one.database.transaction() as session:
        assert (await session.get_one(Chat, one.chat)).gone is gone


FAULTS = (
    ("sendMessage", RefusedError(500, "Internal Server Error"), 1),
    ("sendMessage", RefusedError(429, "Too Many Requests: retry after 1", retry_after=1), 1),
    ("sendMessage", DroppedError(), 1),
    ("after sendMessage", DroppedError(), 2),
    ("after sendMessage", RefusedError(502, "Bad Gateway"), 2),
)


@pytest.mark.parametrize(("when", "fault", "times"), FAULTS, ids=["500", "429", "dropped", "dropped after", "502 after"])
async def test_a_reply_gets_through_faults(one: Whole, when: str, fault: Exception, times: int) -> None:
    """A reply may come twice when nobody can know whether it arrived; it never stays away."""
    one.telegram.faults.append((when, fault))
    await one.ask("/kieli")
    assert [sent.text for sent in one.telegram.to(one.chat)] == [
        "Millä kielellä vastaan?\n1 Suomeksi · 2 På svenska · 3 In English · 4 Selkosuomeksi"
    ] * times


async def test_429_is_obeyed_to_the_second(one: Whole) -> None:
    one.telegram.faults.append(("sendMessage", RefusedError(429, "Too Many Requests: retry after 2", retry_after=2)))
    clock = asyncio.get_running_loop().time
    start = clock()
    await one.ask("/kieli")
    assert 2.0 <= clock() - start < 3.0


async def test_what_telegram_refuses_for_good_is_given_up_and_holds_up_nobody(one: Whole) -> None:
    one.telegram.faults.append(("sendMessage", RefusedError(400, "Bad Request: chat not found")))
    assert await one.ask("/kieli") == ""
    assert "Missä kunnassa" in await one.ask("/paikka")
    assert await one.waiting(Outgoing) == 0


async def test_a_tap_that_cannot_be_confirmed_is_answered_all_the_same(one: Whole) -> None:
    await one.ask("/kieli")
    one.telegram.faults.append(("answerCallbackQuery", RefusedError(400, "Bad Request: query is too old and response timeout expired")))
    one.telegram.taps(one.chat, "talk:speak-english")
    assert await one.arrived()
    assert (await one.state()).locale == "en"


async def test_confirming_a_tap_is_tried_again(one: Whole) -> None:
    await one.ask("/kieli")
    one.telegram.faults.append(("answerCallbackQuery", RefusedError(502, "Bad Gateway")))
    one.telegram.taps(one.chat, "talk:speak-english")
    assert await one.arrived()
    assert sum(method == "answerCallbackQuery" for method, _ in one.telegram.calls) == 2


async def test_an_error_is_told_and_logged_without_what_was_written(
    one: Whole, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object, __: object, text: str, ___: object) -> None:
        raise KeyError(text)

    monkeypatch.setattr(conversation, "_typed", broken)
    assert "meni pieleen" in await one.ask("mun salaisuus")
    assert "KeyError" in caplog.text
    assert "salaisuus" not in caplog.text
    assert await one.waiting(Received) == 0


async def test_a_database_that_comes_back_is_waited_for(one: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    real, failures = queries.finish, [OperationalError("x", {}, Exception("away"))]

    async def finish(*arguments: object) -> bool:
        if failures:
            raise failures.pop()
        return await real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "finish", finish)
    assert "Millä kielellä" in await one.ask("/kieli")


async def test_updates_that_cannot_be_stored_are_not_confirmed(one: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    from telegram.error import NetworkError

    async def away(*_: object) -> set[int]:
        raise OSError("disk full")

    one.telegram.says(one.chat, "/kieli")
    with monkeypatch.context() as patch:
        patch.setattr(queries, "receive", away)
        with pytest.raises(NetworkError):
            await one.shop.app.bot.get_updates()
    assert len(await one.arrived()) == 1


async def test_what_is_done_is_forgotten_after_48_hours(one: Whole) -> None:
    await one.ask("/kieli")
    async with one.database.transaction() as session:
        await queries.tidy(session, later(one.now, 47 * 60))
        assert await session.scalar(select(func.count()).select_from(Received)) != 0
        await queries.tidy(session, later(one.now, 24 * 60 * 400))
        assert await session.scalar(select(func.count()).select_from(Received)) == 0


async def test_a_state_of_another_version_keeps_what_is_known(one: Whole) -> None:
    await one.ask("/paikka Forssa")
    async with one.database.transaction() as session:
        chat = await session.get_one(Chat, one.chat)
        chat.state = chat.state.replace('{"', '{"invented_later":1,"', 1)
    await one.ask("/kieli")
    assert (await one.state()).place == "forssa"
    async with one.database.transaction() as session:
        (await session.get_one(Chat, one.chat)).state = '{"locale":"xx"}'
    assert "Millä kielellä" in await one.ask("/kieli")


async def test_the_budget_holds_and_replies_are_in_order(mind: Mind, database_at: str) -> None:
    async with whole(mind, database_at, Rates(all_chats=10, one_chat=2)) as one:
        people = [one.chat * 1_000 + number for number in range(8)]
        for command in ("/kieli", "/paikka", "/help"):
            for person in people:
                one.telegram.says(person, command)
        await one.fetch()
        await one.settle()
        times = [sent.at for sent in one.telegram.sent]
        assert all(after - before >= 0.7 for before, after in zip(times, times[10:], strict=False)), (
            "sent a second apart; they may arrive a little nearer"
        )
        assert {tuple(sent.text[:4] for sent in one.telegram.to(person)) for person in people} == {("Mill", "Miss", "Kysy")}
