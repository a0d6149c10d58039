"""What is stored and logged of what people write, and for how long: nothing more, and no longer, than the answer needs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from telegram.error import InvalidToken, NetworkError

from bot import storing
from bot.budget import Budget, Rates
from bot.db import queries, session
from bot.db.models import Received
from bot.db.session import Database, database_url
from bot.lanes import Lanes
from bot.logs import Discreet
from bot.outbox import Outbox
from dialogs.mind import Mind
from tests.databases import new_database
from tests.fakes import ME, RefusedError
from tests.test_sending import row
from tests.test_telegram import PICTURE
from tests.whole import Whole, whole

SECRET = "mun salaisuus"


@pytest.fixture
async def own(mind: Mind, tmp_path: Path) -> AsyncIterator[Whole]:
    """An application on a database that nobody else has."""
    url = await asyncio.to_thread(new_database, "sqlite", "", tmp_path)
    async with whole(mind, url) as running:
        yield running


async def stored(one: Whole) -> list[str]:
    """Payloads of what waits, after one look for news."""
    await one.shop.app.bot.get_updates()
    async with one.database.transaction() as opened:
        return [payload for payload in await opened.scalars(select(Received.payload)) if payload]


CRISES = ({"text": "en jaksa enää elää"}, {"photo": [PICTURE], "caption": "jag vill dö"})


@pytest.mark.parametrize("content", CRISES, ids=["text", "caption"])
@pytest.mark.parametrize("group", [False, True], ids=["private", "group"])
async def test_words_of_a_crisis_are_stored_nowhere_and_answered_all_the_same(one: Whole, content: dict[str, object], group: bool) -> None:
    one.chat = -one.chat if group else one.chat
    to_us = {"reply_to_message": {"message_id": 1, "date": 1, "chat": one.telegram.message(one.chat)["chat"], "from": ME, "text": "en jaksa"}}
    one.telegram.update(message=one.telegram.message(one.chat, person=5, **content, **to_us))
    payloads = await stored(one)
    assert len(payloads) == 1
    assert not any(word in payloads[0] for word in ("jaksa", "elää", "vill", "file_id"))
    await one.rebuild()
    await one.settle()
    assert "112" in one.telegram.to(one.chat)[0].text


async def test_what_needs_no_answer_is_not_stored(one: Whole) -> None:
    one.telegram.says(-one.chat, SECRET, person=5)
    one.telegram.update(edited_message=one.telegram.message(-one.chat, SECRET, edit_date=1_790_000_001))
    one.telegram.update(channel_post=one.telegram.message(-one.chat, SECRET))
    one.telegram.update(message=one.telegram.message(one.chat, new_chat_members=[{"id": 7, "is_bot": False, "first_name": SECRET}]))
    assert await stored(one) == []


async def test_of_what_is_not_read_only_that_it_came_is_stored(one: Whole) -> None:
    one.telegram.update(message=one.telegram.message(one.chat, contact={"phone_number": "040", "first_name": SECRET}))
    one.telegram.update(edited_message=one.telegram.message(one.chat, SECRET, edit_date=1_790_000_001))
    payloads = await stored(one)
    assert len(payloads) == 2
    assert not any(SECRET in payload or "040" in payload for payload in payloads)
    await one.rebuild()
    await one.settle()
    assert [sent.text[:6] for sent in one.telegram.to(one.chat)] == ["Luen v", "Muokat"]


async def test_nothing_written_is_left_in_the_files(own: Whole) -> None:
    await own.ask("mikä on kumppanuustalo salakka")
    await own.database.overwrite_log()
    files = [path for path in Path(str(own.database.url.database)).parent.iterdir() if path.is_file()]
    assert files
    assert not any(b"salakka" in path.read_bytes() for path in files)


async def test_nothing_written_is_logged_when_storing_fails(own: Whole, caplog: pytest.LogCaptureFixture) -> None:
    async with own.database.transaction() as opened:
        await opened.execute(text("CREATE TRIGGER away BEFORE INSERT ON inbox BEGIN SELECT RAISE(FAIL, 'disk full'); END"))
    own.telegram.says(own.chat, SECRET)
    with pytest.raises(NetworkError) as failed:
        await own.shop.app.bot.get_updates()
    assert failed.value.__suppress_context__
    assert "could not be stored" in caplog.text
    assert SECRET not in caplog.text
    async with own.database.transaction() as opened:
        await opened.execute(text("DROP TRIGGER away"))
    assert await own.arrived()


def test_records_of_the_library_lose_what_they_were_given() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        record = logging.LogRecord("telegram.ext.Updater", logging.ERROR, "x.py", 1, "Received %r", (SECRET,), (type(error), error, None))
    assert Discreet().filter(record)
    assert logging.Formatter().format(record) == "Received %r ValueError"
    ours = logging.LogRecord("bot.outbox", logging.INFO, "x.py", 1, "message %d", (3,), None)
    assert Discreet().filter(ours)
    assert ours.getMessage() == "message 3"


async def test_one_odd_update_holds_up_nobody(one: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    real = storing.heard

    def odd(mind: Mind, said: str) -> str | None:
        if said == "odd":
            raise TypeError(said)
        return real(mind, said)

    monkeypatch.setattr(storing, "heard", odd)
    one.telegram.says(one.chat, "odd")
    one.telegram.says(one.chat, "/kieli")
    assert len(await one.arrived()) >= 2
    assert "Millä kielellä" in one.telegram.to(one.chat)[-1].text


async def test_a_message_that_cannot_be_marked_is_not_sent_again(one: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = queries.sent, [OSError("full")] * 3

    async def sent(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        await real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "PATIENCE", ())
    monkeypatch.setattr(queries, "sent", sent)
    await one.ask("/kieli")
    assert not failures
    assert len(one.telegram.to(one.chat)) == 1


async def test_a_question_waits_for_a_database_that_stays_away_long(one: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = queries.chat, [ConnectionRefusedError("away")] * 2

    async def chat(*arguments: object) -> object:
        if failures:
            raise failures.pop()
        return await real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "PATIENCE", ())
    monkeypatch.setattr(queries, "chat", chat)
    assert "Millä kielellä" in await one.ask("/kieli")


async def test_one_401_is_no_reason_to_stop(one: Whole) -> None:
    one.telegram.faults.append(("getUpdates", RefusedError(401, "Unauthorized")))
    with pytest.raises(NetworkError) as failed:
        await one.shop.app.bot.get_updates()
    assert not isinstance(failed.value, InvalidToken)
    one.telegram.faults.append(("sendMessage", RefusedError(401, "Unauthorized")))
    assert "Millä kielellä" in await one.ask("/kieli")


def test_a_group_that_moves_frees_only_its_old_lane() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    for number, chat in ((1, -1), (2, -2), (3, -2)):
        lanes.add(row(number, chat))
    moving, there = (lanes.next(0.0)[0] for _ in range(2))
    assert moving is not None
    assert there is not None
    lanes.drop(-1)
    moving.chat_id = -2
    lanes.add(moving)
    lanes.done(-1, 0.0)
    assert lanes.next(0.0) == (None, None), "what is on its way to the new chat still is"
    lanes.again(there, 0.0)
    assert [len(lanes), lanes.next(1.0)[0]] == [3, moving]


@pytest.mark.parametrize("steps", range(8))
async def test_the_outbox_stops_at_any_moment(steps: int) -> None:
    outbox = Outbox(None, Database(database_url("sqlite://")), Rates(1, 0.001))  # type: ignore[arg-type]
    outbox._lanes._budget.spend(5, asyncio.get_running_loop().time())
    outbox._worker = asyncio.create_task(outbox._work())
    await asyncio.sleep(0.01)
    outbox.put([row(1, 5)])
    for _ in range(steps):
        await asyncio.sleep(0)
    await asyncio.wait_for(outbox.stop(), 2)
