"""Announcements on the whole application: when they go out, to whom, and what can still be done about them afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.db.models import Broadcast, Channel, Delivery
from dialogs.model import Turn
from tests.announcing import TEXT, Desk
from tests.stages import COORDINATOR, emptied, state
from tests.whole import Whole


@pytest.fixture
async def desk(one: Whole) -> AsyncIterator[Desk]:
    await emptied(one.database)
    yield Desk(one)


async def test_it_goes_out_at_its_time_and_can_be_taken_back_before(desk: Desk) -> None:
    await desk.subscribed("Aino")
    await desk.drafted()
    await desk.taps("Lähetä")
    await desk.taps("Ajasta")
    assert "ajastettu" in await desk.says("ma klo 9")
    await desk.later(hours=20)
    assert desk.heard("Aino") == []
    await desk.later(hours=2)
    assert len(desk.heard("Aino")) == 1
    await desk.drafted("Toinen.")
    await desk.taps("Lähetä")
    await desk.taps("Ajasta")
    await desk.says("ti klo 9")
    assert "Tiedote on peruttu" in await desk.taps("Peru tai poista")
    await desk.later(days=2)
    assert len(desk.heard("Aino")) == 1


async def test_quiet_hours_and_a_digest(desk: Desk) -> None:
    await desk.subscribed("Aino", "Bo", "Cia")
    for label in ("Hiljaiset tunnit", "Ei hiljaisia tunteja"):
        await desk.taps(label, "Bo")
    for label in ("Päivän kooste", "Klo 9"):
        await desk.taps(label, "Cia")
    desk.one.now = desk.one.now.replace(hour=22)
    await desk.sent()
    await desk.sent("Tilat ovat varattavissa.")
    assert (len(desk.heard("Aino")), len(desk.heard("Bo")), len(desk.heard("Cia"))) == (0, 2, 0)
    await desk.later(hours=10)
    assert (len(desk.heard("Aino")), len(desk.heard("Cia"))) == (2, 0)
    await desk.later(hours=1, minutes=1)
    [digest] = desk.heard("Cia")
    assert TEXT in digest
    assert "Tilat ovat varattavissa." in digest


async def test_how_far_it_is_and_what_became_of_it(desk: Desk) -> None:
    await desk.subscribed("Aino", "Bo", "Cia")
    for label in ("Hiljaiset tunnit", "Ei hiljaisia tunteja"):
        await desk.taps(label, "Bo")
    desk.one.telegram.gone.add(desk.stage.chat("Cia"))
    desk.one.now = desk.one.now.replace(hour=22)
    await desk.sent()
    await desk.later(minutes=1)
    assert "███░░░░░░░ 1/3" in [sent.text for sent in desk.to(COORDINATOR)]
    await desk.later(hours=10)
    await desk.later(minutes=1)
    told = [sent.text for sent in desk.to(COORDINATOR)]
    assert "██████████ 3/3" in told
    assert any(text.startswith("Perillä 2/3.\nEstäneet botin: 1.\nAikaa kului") for text in told)
    assert not any("░" in text for text in told)


async def test_ready_for_e_mail_with_links_that_open_the_bot(desk: Desk) -> None:
    await desk.subscribed("Aino")
    await desk.drafted()
    await desk.taps("Painikkeet")
    await desk.taps("Muu kohde")
    await desk.says("Milloin haku on?")
    await desk.says("milloin kumppanuusavustusta haetaan")
    await desk.taps("Lähetä")
    await desk.taps("Lähetä nyt (1)")
    await desk.later(minutes=1)
    await _opened(desk)
    assert f"{TEXT}\n\nMilloin haku on?: https://t.me/siltabotti_test_bot?start=kumppanuusavustus__when" in await desk.taps("Sähköposti ja Facebook")


async def test_a_link_with_its_qr_picture(desk: Desk) -> None:
    await desk.says("/hallinta")
    for label in ("Tiedotteet", "Tilauslinkki ja QR", "Avustukset", "Hattula"):
        await desk.taps(label)
    made = desk.to(COORDINATOR)[-1]
    assert "https://t.me/siltabotti_test_bot?start=tilaa-grants_hattula" in made.text
    assert made.file is not None
    assert made.file[0] == "tilaa-grants_hattula.png"
    assert made.file[1].startswith(b"\x89PNG")


async def test_edited_wherever_it_arrived(desk: Desk) -> None:
    await desk.subscribed("Aino", "Bo")
    await desk.sent()
    await desk.later(minutes=1)
    await desk.says("/hallinta")
    await desk.taps("Tiedotteet")
    await desk.taps(f"Lähetetty: {TEXT[:28]}…")
    await desk.taps("Tekstit")
    await desk.taps("suomi (valittu)")
    await desk.says("Haku on auki 14.12. asti.")
    for who in ("Aino", "Bo"):
        assert [text.splitlines()[0] for text in desk.heard(who)] == ["Haku on auki 14.12. asti."]


async def test_recalled_within_48_hours_and_the_rest_counted(desk: Desk) -> None:
    await desk.subscribed("Aino", "Bo")
    await desk.sent()
    await desk.later(minutes=1)
    async with desk.one.database.transaction() as session:
        old = await session.scalar(select(Delivery).where(Delivery.chat_id == desk.stage.chat("Bo")))
        assert old is not None
        old.done_at = desk.one.now - dt.timedelta(hours=49)
    await _opened(desk)
    await desk.taps("Peru tai poista")
    await desk.later(minutes=1)
    assert (len(desk.heard("Aino")), len(desk.heard("Bo"))) == (0, 1)
    await _opened(desk, "Poistettu")
    assert "Poistettu 1. Ei voitu enää poistaa: 1." in await desk.taps("Raportti")


async def test_a_correction_goes_to_those_who_got_it(desk: Desk) -> None:
    await desk.subscribed("Aino")
    await desk.sent()
    await desk.later(minutes=1)
    await desk.subscribed("Bo")
    await desk.says("lopeta", "Aino")
    await _opened(desk)
    await desk.taps("Lähetä korjaus")
    assert "alkuperäisen: 1" in await desk.says("Korjaus: haku päättyi jo.")
    await desk.taps("Lähetä")
    await desk.taps("Lähetä nyt (1)")
    assert any("haku päättyi jo" in text for text in desk.heard("Aino"))
    assert desk.heard("Bo") == []


async def test_a_second_coordinator_approves(desk: Desk) -> None:
    second = desk.stage.chat("toinen")
    desk.one.shop.turns.house = replace(desk.one.shop.turns.house, approval=True, admins=frozenset({desk.me, second}))
    await desk.subscribed("Aino", "toinen")
    assert "odottaa toisen" in await desk.sent()
    assert desk.heard("Aino") == []
    assert "Toisen koordinaattorin" in await desk._turn(COORDINATOR, Turn(data=f"approve:{await _newest(desk)}"))
    await desk.taps("Tiedotteet", "toinen")
    await desk.taps("Hyväksy", "toinen")
    assert len(desk.heard("Aino")) == 1
    await desk.later(minutes=1)
    assert any("hyväksyttiin" in sent.text for sent in desk.to(COORDINATOR))


async def test_what_was_approved_and_then_rewritten_must_be_approved_again(desk: Desk) -> None:
    second = desk.stage.chat("toinen")
    desk.one.shop.turns.house = replace(desk.one.shop.turns.house, approval=True, admins=frozenset({desk.me, second}))
    await desk.subscribed("Aino")
    await desk.drafted()
    await desk.taps("Lähetä")
    await desk.taps("Ajasta")
    await desk.says("ma klo 9")
    await desk._turn("toinen", Turn(data=f"approve:{await _newest(desk)}"))
    await desk._turn(COORDINATOR, Turn(data=f"write:{await _newest(desk)}/fi"))
    assert "Luonnos: Aivan muuta." in await desk.says("Aivan muuta.")
    await desk.later(days=2)
    assert desk.heard("Aino") == []


@pytest.mark.parametrize("data", ["broadcasts:", "broadcast:99999999999999999999", "send:-1", "pressed:1/9"])
async def test_forged_buttons_and_groups_get_nowhere(desk: Desk, data: str) -> None:
    group = -desk.me
    await desk.stage.turn(group, Turn(text="/help"))
    before = len(desk.stage.to(group))
    await desk.stage.turn(group, Turn(data=data))
    told = "\n".join(sent.text for sent in desk.stage.to(group)[before:])
    assert told
    assert "Uusi tiedote" not in told
    assert "jokin meni pieleen" not in told


async def test_posted_in_a_channel_where_the_bot_is_administrator(desk: Desk) -> None:
    channel = {"id": -100_777, "type": "channel", "title": "Hämeen järjestöt"}
    me = {"id": 1234567890, "is_bot": True, "first_name": "Siltabotti"}
    rights = dict.fromkeys(
        ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
         "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"), False,
    )  # fmt: skip
    desk.one.telegram.chats[-100_777] = channel
    member = {"chat": channel, "from": {"id": 5, "is_bot": False, "first_name": "A"}, "date": 1, "old_chat_member": {"status": "left", "user": me}}
    desk.one.telegram.update(my_chat_member={**member, "new_chat_member": {"status": "administrator", "user": me, **rights}})
    await desk.one.fetch()
    await desk.one.settle()
    async with desk.one.database.transaction() as session:
        assert await session.get(Channel, -100_777) is not None
    await desk.drafted()
    await desk.taps("Kanavat")
    assert "Hämeen järjestöt (valittu)" in await desk.taps("Hämeen järjestöt")
    await desk.taps("Tiedotteeseen")
    await desk.taps("Lähetä")
    await desk.taps("Lähetä nyt (0)")
    [posted] = desk.one.telegram.to(-100_777)
    assert posted.text.splitlines()[0] == TEXT
    assert "stop-all:" not in dict(posted.buttons).values()


async def test_under_a_picture_and_too_long_for_it(desk: Desk) -> None:
    await desk.subscribed("Aino")
    await desk.drafted("a" * 1_100)
    await desk.taps("Kuva")
    photo = [{"file_id": "kuva-1", "file_unique_id": "u", "width": 10, "height": 10}]
    desk.one.telegram.update(message=desk.one.telegram.message(desk.me, photo=photo))
    await desk.one.fetch()
    await desk.one.settle()
    assert "Kuvan kanssa tekstiä saa olla 1024" in desk.to(COORDINATOR)[-1].text
    await desk.taps("Tekstit")


async def test_a_dialogue_is_not_disturbed_by_numbers_of_an_announcement(desk: Desk) -> None:
    await desk.subscribed("Aino")
    await desk.sent()
    assert (await state(desk.stage, desk.stage.chat("Aino"))).offered == ("stop-all:",)
    assert "Et saa enää tiedotteita" in await desk.says("1", "Aino")


async def _newest(desk: Desk) -> int:
    async with desk.one.database.transaction() as session:
        return max(await session.scalars(select(Broadcast.id)))


async def _opened(desk: Desk, status: str = "Lähetetty") -> None:
    """The page of the newest announcement."""
    await desk.says("/hallinta")
    await desk.taps("Tiedotteet")
    label = [name for name, _ in desk.to(COORDINATOR)[-1].buttons if name.startswith(status)]
    assert label, [sent.text for sent in desk.to(COORDINATOR)][-6:]
    await desk.taps(label[0])
