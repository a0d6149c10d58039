"""Personal data: what is told about it is what happens, everything is shown, and all of it can be erased."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.asked import Asked
from bot.db import deliveries, evenings, registrations
from bot.db.models import Base, Chat, Delivery, Evening, Interest, Outgoing, Received, Registration, Role
from bot.effects import House, Work
from bot.remembering import remembered
from dialogs import keeping
from dialogs.conversation import respond
from dialogs.evenings.model import Entry
from dialogs.mind import Mind
from dialogs.model import Reply, State, Turn
from dialogs.privacy import lasting
from knowledge.parts import LOCALES, Locale
from tests.conftest import NOW
from tests.whole import NUMBERS, Whole

EVENT = NOW + dt.timedelta(days=10)
LONGEST = 1_000
"""Characters of one message."""


def told(mind: Mind, locale: Locale = "fi", *, selko: bool = False) -> list[str]:
    """The messages of /tietosuoja."""
    reply = respond(State(locale=locale, locale_chosen=True, selko=selko), Turn(text="/tietosuoja"), NOW, mind)
    return ["\n".join(part.text for part in say.parts) for say in reply.says]


async def turned(one: Whole, data: str, chat: int | None = None, person: int | None = None) -> Reply:
    """What the core says to a choice, with its effects done."""
    chat = chat or one.chat
    async with one.database.transaction() as session:
        asked = Asked(0, chat, person or abs(chat), "fi", Turn(data=data))
        return await remembered(Work(session, one._mind, House(), asked, one.now), State())


async def file_of(one: Whole, **more: int) -> dict[str, Any]:
    """What stands in the file of /omattiedot."""
    reply = await turned(one, "mydata:", **more)
    files = [say.file for say in reply.says if say.file]
    assert len(files) == 1
    read: dict[str, Any] = json.loads(files[0].content)
    return read


async def evening(one: Whole, begins: dt.datetime, capacity: int | None = None) -> int:
    """An evening that is published."""
    row = Evening(status="published", title="Ilta", place="hattula", venue="Talo", starts_at=begins, ends_at=begins + dt.timedelta(hours=2))
    row.capacity, row.catering, row.created_by, row.created_at = capacity, "kahvi", 7, NOW
    async with one.database.transaction() as session:
        session.add(row)
    return row.id


async def registered(one: Whole, evening_id: int, chat: int, people: int = 2) -> Registration:
    """Somebody who registered with everything one can tell."""
    async with one.database.transaction() as session:
        entry = Entry("Aino Aalto", "Hattulan Sisu ry", people, "ei maitoa", "ramppi", "puhutaan tiloista")
        return (await registrations.register(session, evening_id, chat, entry, NOW))[0]


async def rows(one: Whole, table: type[Base], **where: object) -> list[Any]:
    """What is in a table."""
    async with one.database.transaction() as session:
        return list(await session.scalars(select(table).filter_by(**where)))


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_told_who_keeps_what_and_for_how_long(mind: Mind, locale: Locale) -> None:
    messages = told(mind, locale)
    for expected in ("Hämeen Esimerkki ry", "esimerkki@example.org", "Telegram"):
        assert expected in messages[0]
    for span in (keeping.NEEDS, keeping.NAMES, keeping.INTERESTS, keeping.DELIVERIES):
        assert lasting(span, locale) in messages[1]
    assert lasting(keeping.RECORDS, locale) in messages[0]
    assert max(map(len, [*messages, *told(mind, "fi", selko=True)])) <= LONGEST


def test_the_times_are_those_that_delete(mind: Mind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "NAMES", dt.timedelta(days=77))
    monkeypatch.setattr(keeping, "RECORDS", dt.timedelta(hours=5))
    first, second = told(mind)
    assert "77 päivää" in second
    assert "5 tuntia" in first


def test_nobody_to_answer_for_it_is_said(mind: Mind) -> None:
    for one in (replace(mind, operator=None), replace(mind, contact=None), replace(mind, operator=None, contact=None)):
        assert "ei voi ilmoittautua" in told(one)[0]
    assert "ei voi ilmoittautua" not in told(mind)[0]


async def test_everything_is_in_the_file_and_nothing_of_others(one: Whole) -> None:
    other = next(NUMBERS)
    await one.ask("mikä on olka")
    await one.ask("/paikka hattula")
    for chat in (one.chat, other):
        ilta = await evening(one, EVENT)
        await registered(one, ilta, chat)
        async with one.database.transaction() as session:
            session.add(Interest(chat_id=chat, place="forssa", theme="", created_at=NOW))
            session.add(Role(person_id=chat, role="admin", since=NOW))
            await deliveries.tell(session, chat, f"changed-{ilta}", json.dumps({"html": f"Paikka vaihtui {chat}", "buttons": []}), NOW, due=EVENT)
            for number, at in ((1, {}), (2, {"callback_query": {"message": {"chat": {"id": chat}}, "data": "salaisuus"}})):
                waits = at or {"message": {"chat": {"id": chat}, "text": f"odottava {chat}"}}
                session.add(Received(update_id=chat * 10_000_000 + number, payload=json.dumps(waits), received_at=NOW))
    seen = await file_of(one)
    assert [row["nimi"] for row in seen["ilmoittautumiset"]] == ["Aino Aalto"]
    kept = seen["ilmoittautumiset"][0]
    assert (kept["ilta"], kept["ruokavaliot"], kept["esteettömyystarpeet"], kept["henkilöitä"]) == ("Ilta", "ei maitoa", "ramppi", 2)
    assert kept["alkaa"] == EVENT.isoformat()
    assert [row["kunta"] for row in seen["toiveet kuulla illoista"]] == ["forssa"]
    assert [row["viesti"]["html"] for row in seen["pyytämättä lähetetyt ja odottavat viestit"]] == [f"Paikka vaihtui {one.chat}"]
    assert seen["keskustelu"][0]["muistissa"]["kunta"] == "hattula"
    assert seen["tehtävät"][0]["tehtävä"] == "admin"
    assert len(seen["vastaukset"]) >= 2
    assert len(seen["viestit, joihin ei ole vielä vastattu"]) == 2
    assert {row.get("keskustelun tunnus", one.chat) for table in seen.values() for row in table} == {one.chat}
    assert f"odottava {one.chat}" in json.dumps(seen)
    async with one.database.transaction() as session:
        for row in await session.scalars(select(Received).where(Received.payload.is_not(None))):
            await session.delete(row)


async def test_two_taps_erase_everything_and_a_restart_between_them_changes_nothing(one: Whole) -> None:
    waits = next(NUMBERS)
    coming, past, full = await evening(one, EVENT), await evening(one, NOW - dt.timedelta(days=5)), await evening(one, EVENT, capacity=2)
    own = [await registered(one, ilta, one.chat) for ilta in (coming, past, full)]
    behind = await registered(one, full, waits)
    assert behind.status == "waiting"
    async with one.database.transaction() as session:
        session.add(Interest(chat_id=one.chat, place="forssa", theme="", created_at=NOW))
        await deliveries.tell(session, one.chat, f"remind-day-{coming}", '{"html": "Huomenna"}', NOW, due=EVENT)
    await one.ask("på svenska")
    await one.ask("/ort hattula")
    assert "Anmälningar: 3" in await one.ask("/minauppgifter")
    assert "går inte att få tillbaka" in await one.ask("1")
    assert [row.status for row in await rows(one, Registration, chat_id=one.chat)] == ["seated"] * 3
    await one.rebuild()
    said = await one.ask("1")
    assert "Dina uppgifter är raderade" in said
    assert "Avbokade anmälningar: 2" in said
    left = [(await rows(one, Registration, id=row.id))[0] for row in own]
    assert [row.status for row in left] == ["cancelled", "seated", "cancelled"]
    assert [row.people for row in left] == [2, 2, 2]
    for row in left:
        assert {row.chat_id, row.name, row.association, row.catering, row.access, row.wish, row.comment} == {None}
    assert not await rows(one, Interest, chat_id=one.chat)
    assert not await rows(one, Delivery, chat_id=one.chat)
    assert all(row.message_id is None or row.done_at for row in await rows(one, Outgoing, chat_id=one.chat))
    assert set((await one.state()).model_dump(exclude_defaults=True)) == {
        "locale",
        "locale_chosen",
        "greeted",
        "labels",
        "offered",
        "quiet",
        "last_at",
    }
    assert (await rows(one, Registration, id=behind.id))[0].status == "seated"
    assert len(await rows(one, Delivery, chat_id=waits)) == 1


async def test_a_double_tap_erases_once(one: Whole) -> None:
    ilta = await evening(one, EVENT, capacity=4)
    await registered(one, ilta, one.chat)
    await one.ask("/omattiedot")
    await one.ask("1")
    one.telegram.taps(one.chat, "mydata:erase-all")
    one.telegram.taps(one.chat, "mydata:erase-all")
    first, second = (sent.text for sent in await one.arrived())
    assert "Peruttuja ilmoittautumisia: 1" in first
    assert "Tietosi on poistettu" in second
    assert "Peruttuja" not in second
    async with one.database.transaction() as session:
        pictured = await evenings.evening(session, ilta)
        assert pictured is not None
        assert pictured.seated == 0


async def test_who_thinks_better_of_it_keeps_everything(one: Whole) -> None:
    ilta = await evening(one, EVENT)
    row = await registered(one, ilta, one.chat)
    await one.ask("/omattiedot")
    await one.ask("1")
    assert "mitään ei poistettu" in await one.ask("2")
    assert (await rows(one, Registration, id=row.id))[0].name == "Aino Aalto"


async def test_a_group_sees_and_erases_its_talk_only(one: Whole) -> None:
    member, group = one.chat, -next(NUMBERS)
    row = await registered(one, await evening(one, EVENT), member)
    await turned(one, "place:hattula", chat=group, person=member)
    seen = await file_of(one, chat=group, person=member)
    assert list(seen) == ["keskustelu"]
    assert seen["keskustelu"][0]["muistissa"]["kunta"] == "hattula"
    reply = await turned(one, "mydata:erase-all", chat=group, person=member)
    assert "Kenenkään omiin tietoihin" in reply.says[0].parts[0].text
    assert (await rows(one, Registration, id=row.id))[0].chat_id == member
    assert State.model_validate_json((await rows(one, Chat, id=group))[0].state).place is None


async def test_a_coordinator_stays_one_and_is_told_so(one: Whole) -> None:
    async with one.database.transaction() as session:
        session.add(Role(person_id=one.chat, role="admin", since=NOW))
    for data in ("mydata:", "mydata:erase-all"):
        reply = await turned(one, data)
        assert "Olet koordinaattori" in reply.says[0].parts[-1].text
    assert await rows(one, Role, person_id=one.chat)
    assert "koordinaattori" not in (await turned(one, "mydata:", chat=next(NUMBERS))).says[0].parts[-1].text


async def test_what_is_just_being_sent_is_left_to_its_sender(one: Whole) -> None:
    async with one.database.transaction() as session:
        for status in ("flying", "sent", "waiting"):
            session.add(Delivery(chat_id=one.chat, cause=status, message="{}", due_at=EVENT, created_at=NOW, status=status))
    await turned(one, "mydata:erase-all")
    assert [row.status for row in await rows(one, Delivery, chat_id=one.chat)] == ["flying"]
    async with one.database.transaction() as session:
        for row in await session.scalars(select(Delivery).where(Delivery.chat_id == one.chat)):
            await session.delete(row)
