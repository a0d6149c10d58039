"""What is done by itself, with a clock that is moved and programs that stand still meanwhile; on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from bot import jobs
from bot.db.models import Evening, Interest, Registration
from dialogs.evenings.reminding import due
from tests.conftest import NOW
from tests.evenings import held, join
from tests.whole import Whole

STARTS = NOW.replace(hour=17, minute=30) + dt.timedelta(days=20)
DAY = dt.timedelta(days=1)


@dataclass
class Guest:
    """Somebody who has registered for an evening in twenty days."""

    one: Whole
    chat: int
    evening: int

    async def at(self, when: dt.datetime) -> str:
        """What they have heard of it after the clock has moved on to `when`."""
        before = len(self.one.telegram.to(self.chat))
        self.one.now = when
        await self.one.passed()
        return "\n\n".join(sent.text for sent in self.one.telegram.to(self.chat)[before:])

    async def change(self, table: type[Evening] | type[Registration], **values: object) -> None:
        """Change what is in the database."""
        where = Evening.id == self.evening if table is Evening else Registration.chat_id == self.chat
        async with self.one.database.transaction() as session:
            await session.execute(update(table).where(where).values(**values))

    async def registration(self) -> Registration:
        """Theirs, whether or not it is known to be."""
        async with self.one.database.transaction() as session:
            return (await session.scalars(select(Registration).where(Registration.evening_id == self.evening))).one()


@pytest.fixture
async def guest(one: Whole) -> Guest:
    async with one.database.transaction() as session:
        evening = await held(session, starts_at=STARTS, catering="Keitto")
    chat, said = await join(one, evening, 2, catering="Pähkinätön", access="Luiska", wish="Avaimista")
    assert "Olet ilmoittautunut" in said
    return Guest(one, chat, evening)


@pytest.mark.parametrize(
    ("before", "mark"),
    [(8, None), (7, "week"), (5, "week"), (2.1, "week"), (2, None), (1.1, None), (1, "day"), (0.01, "day"), (0, None), (-1, None)],
)
def test_which_reminder_is_due(before: float, mark: str | None) -> None:
    found = due(STARTS, STARTS - before * DAY)
    assert (found and found[0]) == mark


async def test_a_week_and_a_day_before_and_each_once(guest: Guest) -> None:
    assert await guest.at(STARTS - 7 * DAY - dt.timedelta(minutes=3)) == ""
    week = await guest.at(STARTS - 7 * DAY)
    assert week.startswith("Muistutus: olet tulossa yhdistysiltaan Tilat yhteiseen käyttöön.\nla 12.12.2026 klo 17.30–20.00\nHattula, Kunnantalo\n")
    assert "Henkilöitä: 2. Näytä ovella koodi " in week
    assert "1 Oma ilmoittautuminen · 2 Peru ilmoittautuminen · 3 Älä muistuta" in week
    assert await guest.at(STARTS - 6 * DAY) == ""
    assert "on huomenna" in await guest.at(STARTS - DAY)
    assert await guest.at(STARTS - dt.timedelta(hours=3)) == await guest.at(STARTS + DAY) == ""


async def test_a_restart_reminds_nobody_twice(guest: Guest) -> None:
    assert "Muistutus" in await guest.at(STARTS - 7 * DAY)
    await guest.one.rebuild()
    assert await guest.at(STARTS - 7 * DAY) == ""


async def test_what_was_missed_is_made_up_for_where_it_is_of_use(guest: Guest) -> None:
    await guest.one.close()
    guest.one.now = STARTS - 5 * DAY
    await guest.one.open()
    assert "olet tulossa" in await guest.at(STARTS - 5 * DAY)
    await guest.one.close()
    guest.one.now = STARTS - dt.timedelta(hours=3)
    await guest.one.open()
    assert "on tänään" in await guest.at(guest.one.now)


async def test_when_both_were_missed_only_the_later_one_comes(guest: Guest) -> None:
    assert (await guest.at(STARTS - dt.timedelta(hours=3))).count("Muistutus") == 1


async def test_at_night_nobody_is_reminded_but_of_what_begins_in_the_morning(guest: Guest) -> None:
    assert await guest.at(STARTS.replace(hour=23) - DAY) == ""
    assert "on tänään" in await guest.at(STARTS.replace(hour=8, minute=0))
    early = STARTS.replace(hour=9) + 10 * DAY
    await guest.change(Evening, starts_at=early, ends_at=early + DAY / 12)
    assert "on huomenna" in await guest.at(early.replace(hour=23) - DAY)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (Registration, {"reminders": False}),
        (Registration, {"status": "cancelled"}),
        (Registration, {"status": "waiting"}),
        (Evening, {"status": "cancelled"}),
    ],
    ids=["turned off", "cancelled", "waiting", "evening cancelled"],
)
async def test_who_is_not_reminded(guest: Guest, table: type[Evening] | type[Registration], change: dict[str, object]) -> None:
    await guest.change(table, **change)
    assert await guest.at(STARTS - 7 * DAY) == await guest.at(STARTS - DAY) == ""


async def test_they_are_turned_off_by_number(guest: Guest) -> None:
    await guest.at(STARTS - 7 * DAY)
    guest.one.telegram.says(guest.chat, "3")
    await guest.one.fetch()
    await guest.one.settle()
    assert not (await guest.registration()).reminders
    assert await guest.at(STARTS - DAY) == ""


async def test_who_registered_after_the_time_needs_no_reminder(guest: Guest) -> None:
    guest.one.now = STARTS - 3 * DAY
    chat, _ = await join(guest.one, guest.evening)
    late = Guest(guest.one, chat, guest.evening)
    assert await late.at(guest.one.now) == ""
    assert "on huomenna" in await late.at(STARTS - DAY)


async def test_an_evening_that_was_moved_is_reminded_of_anew(guest: Guest) -> None:
    assert await guest.at(STARTS - 7 * DAY) != ""
    await guest.change(Evening, starts_at=STARTS + 30 * DAY, ends_at=STARTS + 30.1 * DAY)
    assert await guest.at(STARTS - DAY) == ""
    assert "ma 11.1.2027" in await guest.at(STARTS + 23 * DAY)


async def test_in_their_language(guest: Guest) -> None:
    guest.one.telegram.says(guest.chat, "/kieli sv")
    await guest.one.fetch()
    await guest.one.settle()
    assert "Påminnelse" in await guest.at(STARTS - 7 * DAY)


async def test_personal_data_is_forgotten_in_time_and_numbers_stay(guest: Guest) -> None:
    await guest.change(Registration, rating=5, comment="Hyvä")
    ends = STARTS + dt.timedelta(hours=2, minutes=30)
    await guest.at(ends + DAY - dt.timedelta(minutes=1))
    row = await guest.registration()
    assert (row.catering, row.access) == ("Pähkinätön", "Luiska")
    await guest.at(ends + DAY + dt.timedelta(minutes=1))
    row = await guest.registration()
    assert (row.catering, row.access, row.name, row.wish) == (None, None, "Aino Aalto", "Avaimista")
    await guest.at(ends + 91 * DAY)
    row = await guest.registration()
    assert (row.name, row.association, row.chat_id, row.wish, row.comment) == (None,) * 5
    assert (row.people, row.status, row.rating) == (2, "seated", 5)


async def test_it_is_forgotten_also_after_a_long_stop(guest: Guest) -> None:
    await guest.one.close()
    guest.one.now = STARTS + 200 * DAY
    await guest.one.open()
    await guest.one.passed()
    row = await guest.registration()
    assert (row.catering, row.name) == (None, None)


async def test_what_people_wanted_to_be_told_is_forgotten_after_a_year(one: Whole) -> None:
    async with one.database.transaction() as session:
        session.add_all(
            [Interest(chat_id=one.chat, place="hattula", created_at=NOW), Interest(chat_id=one.chat, place="loppi", created_at=NOW + DAY)]
        )
    one.now = NOW + dt.timedelta(days=365, hours=1)
    await one.passed()
    async with one.database.transaction() as session:
        assert list(await session.scalars(select(Interest.place).where(Interest.chat_id == one.chat))) == ["loppi"]


async def test_a_job_that_fails_stops_no_other(one: Whole, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    done = []

    async def broken(*_: object) -> None:
        raise KeyError("name of somebody")

    async def works(*_: object) -> None:
        done.append(1)

    monkeypatch.setattr(jobs, "JOBS", (broken, works))
    with pytest.raises(KeyError):
        await one.passed()
    assert done
    assert "somebody" not in caplog.text
