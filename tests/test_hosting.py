"""Holding evenings: who may, what is shown in every language, who is told, and what stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import yaml
from sqlalchemy import select

from bot.db import registrations
from bot.db.models import Chat, Delivery, Evening, Registration, Task
from bot.db.session import Database, database_url
from bot.effects.hosting.reminding import remind_of_tasks
from bot.messages import Message, unasked
from bot.render import render
from dialogs import hosting
from dialogs.evenings import model
from dialogs.evenings.model import Entry
from dialogs.hosting import afterwards, checklist, door, menu, notices, people
from dialogs.hosting.model import Board, Guest, Line
from dialogs.mind import Mind
from dialogs.model import Open, State, Turn
from knowledge.calendar import FINLAND
from knowledge.loader import DATA
from knowledge.parts import LOCALES, Locale
from tests.conftest import NOW
from tests.evenings import held
from tests.stages import Core, core

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


COORDINATOR = "koordinaattori"
CHOICES = [*menu.VIEWS, *(f"{name}/1=1" for name in (*hosting.SCREENS, *hosting.DEEDS))]


async def test_nobody_else_sees_or_does_anything_whatever_they_tap(stage: Core) -> None:
    await joined(stage, await opened(stage), 77)
    before = await everything(stage)
    for choice in CHOICES:
        assert "Tämä on koordinaattoreille" in await tap(stage, "vieras", f"hosting:{choice}")
    assert await everything(stage) == before


async def test_a_confirmed_dialogue_of_somebody_who_is_no_coordinator_any_more_does_nothing(stage: Core, mind: Mind) -> None:
    evening = await opened(stage)
    before = await everything(stage)
    answers = {
        "text": "Hei",
        "who": "Aino",
        "value": "x",
        "title": "x",
        "place": "hattula",
        "name": "x",
        "association": "x",
        "people": 1,
        "word": "x",
    }
    times = {"starts": "2026-12-10T17:30:00+02:00", "ends": "2026-12-10T18:30:00+02:00", "next": None}
    for form in set(hosting.CONFIRMED) - {"rate-word"}:
        about = {"id": evening, "field": "title", "title": "x", "count": 1}
        reply = hosting.CONFIRMED[form](mind, State(), Open(form=form, about=about, filled={**answers, **times}), NOW)
        assert reply.effect is not None
        assert not reply.says
    assert await everything(stage) == before


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
