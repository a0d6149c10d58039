"""Holding evenings: who may, who is told, and what stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.db import registrations
from bot.db.models import Chat, Delivery, Evening, Registration, Task
from bot.db.session import Database, database_url
from bot.effects import EFFECTS, House, RefusedError, Work, reply_to
from bot.effects.hosting.reminding import remind_of_tasks
from bot.incoming import Asked
from bot.messages import Message
from bot.render import render
from dialogs import hosting
from dialogs.evenings.model import Entry
from dialogs.hosting import checklist, menu
from dialogs.mind import Mind
from dialogs.model import Open, State, Turn
from knowledge.calendar import FINLAND
from knowledge.parts import Locale
from tests.conftest import NOW
from tests.evenings import held
from tests.stages import COORDINATOR, Core, core

STARTS = dt.datetime(2026, 12, 10, 17, 30, tzinfo=FINLAND)


@pytest.fixture
async def stage(mind: Mind) -> AsyncIterator[Core]:
    async with core(mind) as one:
        one.now = NOW
        yield one


async def opened(stage: Core, **fields: object) -> int:
    async with stage.database.transaction() as session:
        return await held(session, **fields)


async def joined(stage: Core, evening: int, chat: int | None, people: int = 1, name: str = "Aino Aalto", locale: Locale = "fi") -> int:
    async with stage.database.transaction() as session:
        row, _ = await registrations.register(session, evening, chat, Entry(name, "Esimerkki ry", people, locale=locale), stage.now)
        return row.id


async def tap(stage: Core, who: str, data: str) -> str:
    return render(await stage.turn(stage.chat(who), Turn(data=data)))


async def everything(stage: Core) -> list[object]:
    """All rows that coordinators can change."""
    async with stage.database.transaction() as session:
        found = []
        for table in (Evening, Registration, Task, Delivery):
            columns = [column.name for column in table.__table__.columns]
            found += [[getattr(row, name) for name in columns] for row in await session.scalars(select(table))]
        return found


CHOICES = [*menu.VIEWS, *(f"{name}/1=1" for name in (*hosting.SCREENS, *hosting.DEEDS))]


async def test_nobody_else_sees_or_does_anything_whatever_they_tap(stage: Core) -> None:
    await joined(stage, await opened(stage), 77)
    before = await everything(stage)
    for choice in CHOICES:
        assert "Tämä on koordinaattoreille" in await tap(stage, "vieras", f"hosting:{choice}")
    assert await everything(stage) == before


@pytest.mark.parametrize("form", sorted(set(hosting.CONFIRMED) - {"rate-word"}))
async def test_who_is_no_coordinator_any_more_confirms_nothing(stage: Core, mind: Mind, form: str) -> None:
    evening = await opened(stage, starts_at=NOW - dt.timedelta(hours=1))
    about = {"id": evening, "field": "title", "title": "x", "count": 1}
    answers = dict.fromkeys(("text", "who", "value", "title", "name", "association"), "x") | {"place": "hattula", "people": 1, "next": None}
    times = {"starts": "2026-12-10T17:30:00+02:00", "ends": "2026-12-10T18:30:00+02:00"}
    confirmed = hosting.CONFIRMED[form](mind, State(), Open(form=form, about=about, filled={**answers, **times}), NOW)
    before = await everything(stage)
    async with stage.database.transaction() as session:
        work = Work(session, mind, House(frozenset({1})), Asked(1, 5, 5, "fi", Turn()), NOW)
        with pytest.raises(RefusedError, match="coordinators-only"):
            await EFFECTS[type(confirmed.effect)](work, confirmed.effect)
    assert await everything(stage) == before


async def test_each_is_told_in_their_language_of_a_change_and_of_the_end(stage: Core) -> None:
    evening = await opened(stage)
    await joined(stage, evening, 77, locale="sv")
    await joined(stage, evening, 78, locale="en")
    await joined(stage, evening, None, name="Ilman Telegramia")
    await tap(stage, COORDINATOR, f"hosting:edit-venue/{evening}")
    await stage.turn(stage.chat(COORDINATOR), Turn(text="Kirjasto"))
    assert "Kvällens plats har ändrats" in stage.to(77)[-1].text
    assert "The place of the evening has changed" in stage.to(78)[-1].text
    text = await tap(stage, COORDINATOR, f"hosting:cancel-now/{evening}")
    assert "viestejä 2" in text
    assert "Ilman Telegramia ilmoitettuja on 1" in text
    assert "Kvällen är inställd" in stage.to(77)[-1].text


async def test_who_has_changed_their_language_since_is_told_in_that_one(stage: Core) -> None:
    evening = await opened(stage)
    await joined(stage, evening, stage.chat("Aino"), locale="sv")
    await stage.turn(stage.chat("Aino"), Turn(text="/selko"))
    await tap(stage, COORDINATOR, f"hosting:cancel-now/{evening}")
    assert "Iltaa ei tule." in stage.to(stage.chat("Aino"))[-1].text


async def test_in_a_group_no_names_are_told_even_to_a_coordinator(mind: Mind) -> None:
    async with core(mind) as stage, stage.database.transaction() as session:
        evening = await held(session)
        asked = Asked(1, -5, 1, "fi", Turn(data=f"hosting:people/{evening}"))
        reply = await reply_to(Work(session, mind, House(frozenset({1})), asked, NOW), State())
    assert "kahden kesken" in render(reply)


async def test_buttons_of_what_is_gone_or_called_off_are_answered_kindly(stage: Core) -> None:
    evening = await opened(stage, status="cancelled")
    assert "Peruttu" in await tap(stage, COORDINATOR, f"hosting:evening/{evening}")
    for choice in CHOICES[len(menu.VIEWS) :]:
        name = choice.partition("/")[0]
        gone = await tap(stage, COORDINATOR, f"hosting:{name}/999=1")
        assert "Sitä ei enää ole" in gone
        if name != "evening":
            assert "Tuo ilta on peruttu" in await tap(stage, COORDINATOR, f"hosting:{name}/{evening}=1")
    assert "Sellaista vaihtoehtoa ei ole" in await tap(stage, COORDINATOR, "hosting:nothing-like-it/1")
    assert "Sellaista vaihtoehtoa ei ole" in await tap(stage, COORDINATOR, "hosting:evening/one")


async def test_a_draft_whose_day_has_passed_is_not_published(stage: Core) -> None:
    evening = await opened(stage, status="draft", starts_at=NOW - dt.timedelta(hours=3))
    assert "aika on jo mennyt" in await tap(stage, COORDINATOR, f"hosting:publish/{evening}")
    async with stage.database.transaction() as session:
        row = await session.get(Evening, evening)
        assert row is not None
        assert row.status == "draft"


async def test_publishing_and_sending_the_summary_twice_tells_nobody_twice(stage: Core) -> None:
    evening = await opened(stage, status="draft")
    await tap(stage, COORDINATOR, f"hosting:publish/{evening}")
    assert "jo julkaistu" in await tap(stage, COORDINATOR, f"hosting:publish/{evening}")
    await joined(stage, evening, 77)
    stage.now = STARTS
    async with stage.database.transaction() as session:
        row = await session.get(Evening, evening)
        assert row is not None
        row.summary = "Sovittiin."
    assert "vastaanottajia 1" in await tap(stage, COORDINATOR, f"hosting:send-now/{evening}")
    assert "jo lähetetty" in await tap(stage, COORDINATOR, f"hosting:send-now/{evening}")
    assert len([sent for sent in stage.to(77) if "Sovittiin." in sent.text]) == 1


async def test_only_who_got_the_summary_rates_and_only_from_1_to_5(stage: Core) -> None:
    evening = await opened(stage, starts_at=NOW - dt.timedelta(days=1), summary="Sovittiin.", summary_sent_at=NOW)
    mine, others = await joined(stage, evening, stage.chat("Aino")), await joined(stage, evening, 77)
    assert "en voi ottaa" in await tap(stage, "Aino", f"rate:{others}=1")
    assert "Sellaista vaihtoehtoa ei ole" in await tap(stage, "Aino", f"rate:{mine}=6")
    await tap(stage, "Aino", f"rate:{mine}=2")
    await tap(stage, "Aino", f"rate:{mine}=5")
    async with stage.database.transaction() as session:
        given = [row.rating for row in await session.scalars(select(Registration).order_by(Registration.id))]
    assert given == [5, None]


@pytest.mark.parametrize(("begins", "asleep"), [(-30, True), (8, False), (72, True)])
async def test_a_message_waits_for_the_morning_unless_the_evening_is_near(stage: Core, begins: int, asleep: bool) -> None:
    stage.now = NOW.replace(hour=22)
    evening = await opened(stage, starts_at=stage.now + dt.timedelta(hours=begins))
    await joined(stage, evening, 77)
    await tap(stage, COORDINATOR, f"hosting:write/{evening}")
    await stage.turn(stage.chat(COORDINATOR), Turn(text="Ovi on takapihalla"))
    await tap(stage, COORDINATOR, f"form:write-{evening}/confirm")
    assert bool(stage.to(77)) != asleep
    stage.now += dt.timedelta(hours=11)
    await stage.passed()
    assert "Ovi on takapihalla" in stage.to(77)[-1].text


async def test_walking_in_takes_a_seat_or_waits_and_capacity_holds(stage: Core) -> None:
    evening = await opened(stage, capacity=3, group_most=2)
    told = []
    for count in ("3", "2", "2"):
        await tap(stage, COORDINATOR, f"hosting:walk-in/{evening}")
        for answer in ("Ville Vieras", "Naapuriapu ry", count):
            reply = await stage.turn(stage.chat(COORDINATOR), Turn(text=answer))
        told.append(render(reply))
    assert "enintään 2" in told[0]
    assert "Lisätty: Ville Vieras" in told[1]
    assert "jonossa sijalla 1" in told[2]
    async with stage.database.transaction() as session:
        rows = [(row.status, row.arrived_at is not None) for row in await session.scalars(select(Registration).order_by(Registration.id))]
    assert rows == [("seated", True), ("waiting", False)]


async def test_reminders_of_the_checklist_come_once_a_line_and_not_for_what_is_done(mind: Mind, database_at: str) -> None:
    database, chat, begun = Database(database_url(database_at)), 9_100_001, dt.datetime(2026, 9, 1, 12, tzinfo=FINLAND)
    async with database.transaction() as session:
        session.add(Chat(id=chat, state=State(locale="sv").model_dump_json(), last_update=0))
        evening = await held(session, starts_at=STARTS, created_by=chat, created_at=begun)
        session.add_all(Task(evening_id=evening, key=key, due_at=due) for key, due in checklist.days(mind, STARTS).items())
        await session.flush()
        done = await session.scalar(select(Task).where(Task.evening_id == evening, Task.key == "contents"))
        assert done is not None
        done.done_at = begun

    async def told(now: dt.datetime) -> list[str]:
        async with database.transaction() as session:
            await remind_of_tasks(session, mind, now)
            rows = await session.scalars(select(Delivery).where(Delivery.chat_id == chat).order_by(Delivery.id))
            return [Message.model_validate_json(row.message or "").html for row in rows]

    first = dt.datetime(2026, 10, 15, 9, 1, tzinfo=FINLAND)
    assert await told(first - dt.timedelta(minutes=2)) == []
    assert len(await told(first)) == len(await told(first + dt.timedelta(days=3))) == 1
    after = await told(dt.datetime(2026, 10, 30, 9, 1, tzinfo=FINLAND))
    assert len(after) == 2
    assert "Kalla kommunens" in after[1]
    assert "Bestäm inläggen" in after[1]
    assert "Kom överens om tema" not in after[1]
    await database.close()
