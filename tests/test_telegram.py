"""The whole application on the fake Telegram: what transcripts cannot say about talking, such as groups and pictures."""

from __future__ import annotations

import pytest
from telegram import Update

from bot.db import queries
from bot.db.models import Received, Role
from bot.effects import digest
from tests.fakes import ME, RefusedError, plain
from tests.whole import Whole, later

NAME = ME["username"]


GROUP_TALK = ("mikä on olka", "/help@other_bot", "/tanssi", f"{NAME} ilman merkkiä")


MEANT = (f"@{NAME} mikä on olka", f"mikä on olka, @{NAME.upper()}?", f"/kieli@{NAME}", "/kieli")


async def test_every_choice_is_a_button_and_a_number(one: Whole) -> None:
    await one.ask("/start")
    message = one.telegram.to(one.chat)[-1]
    state = await one.state()
    assert tuple(data for _, data in message.buttons) == state.offered
    for number, (label, _) in enumerate(message.buttons, 1):
        assert f"{number} {label}" in message.text


async def test_the_language_of_their_telegram_is_the_first_guess(one: Whole) -> None:
    assert "jag är Siltabotti" in await one.ask("/start", language="sv")


async def test_markup_is_only_text(one: Whole) -> None:
    assert "Kumppanuustalo" in await one.ask("<b>mikä on kumppanuustalo</b> & <script>alert(1)</script> &amp;")


@pytest.mark.parametrize("text", GROUP_TALK)
async def test_a_group_is_left_in_peace(one: Whole, text: str) -> None:
    one.chat = -one.chat
    assert await one.ask(text, person=5) == ""


@pytest.mark.parametrize("text", MEANT)
async def test_a_group_gets_answers_to_what_is_meant_for_us(one: Whole, text: str) -> None:
    one.chat = -one.chat
    assert await one.ask(text, person=5)
    asked = one.telegram._message - len(one.telegram.to(one.chat))
    assert one.telegram.to(one.chat)[0].answers == asked


async def test_a_reply_to_the_bot_in_a_group_is_meant_for_it(one: Whole) -> None:
    one.chat = -one.chat
    await one.ask("/kieli", person=5)
    said = {"message_id": 1, "date": 1_790_000_000, "chat": one.telegram.chats[one.chat], "from": ME, "text": "?"}
    assert "OLKA" in await one.ask("mikä on olka", person=5, reply_to_message=said)


async def test_other_bots_are_not_answered(one: Whole) -> None:
    message = one.telegram.message(one.chat, "mikä on olka")
    one.telegram.update(message={**message, "from": {"id": 9, "is_bot": True, "first_name": "B"}})
    assert await one.arrived() == []


async def test_an_administrator_may_write_as_the_group(one: Whole) -> None:
    one.chat = -one.chat
    message = one.telegram.message(one.chat, "/kieli")
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    one.telegram.update(message={**message, "from": bot, "sender_chat": message["chat"]})
    assert len(await one.arrived()) == 1


async def test_an_album_is_one_message(one: Whole) -> None:
    for _ in range(4):
        one.telegram.update(message=one.telegram.message(one.chat, photo=[PICTURE], media_group_id=f"a{one.chat}"))
    assert len(await one.arrived()) == 1
    one.telegram.update(message=one.telegram.message(one.chat, photo=[PICTURE], media_group_id=f"b{one.chat}", caption="mikä on olka"))
    one.telegram.update(message=one.telegram.message(one.chat, photo=[PICTURE], media_group_id=f"b{one.chat}"))
    assert "OLKA" in (await one.arrived())[0].text
    assert "Luen vain" not in one.telegram.to(one.chat)[-1].text


async def test_a_forum_gets_its_answers_in_the_topic(one: Whole) -> None:
    one.chat = -one.chat
    await one.ask("/start", person=5, message_thread_id=7, is_topic_message=True)
    await one.ask("mikä on olka @" + NAME, person=5, message_thread_id=7, is_topic_message=True)
    threads = [params.get("message_thread_id") for method, params in one.telegram.calls if method == "sendMessage"]
    assert set(threads) == {"7"}


PICTURE = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}


UNREAD = (
    {"photo": [PICTURE]},
    {"sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False}},
    {"location": {"latitude": 61.0, "longitude": 24.4}},
    {"contact": {"phone_number": "1", "first_name": "A"}},
    {"dice": {"emoji": "🎲", "value": 2}},
)


@pytest.mark.parametrize("content", UNREAD, ids=[next(iter(content)) for content in UNREAD])
async def test_what_is_not_read_gets_a_kind_word(one: Whole, content: dict[str, object]) -> None:
    one.telegram.update(message=one.telegram.message(one.chat, **content))
    assert [sent.text for sent in await one.arrived()] == ["Luen vain tekstiä. Kirjoita kysymys omin sanoin."]


async def test_a_text_under_a_picture_is_read(one: Whole) -> None:
    one.telegram.update(message=one.telegram.message(one.chat, photo=[PICTURE], caption="mikä on olka"))
    assert "OLKA" in (await one.arrived())[0].text


async def test_service_messages_and_unknown_updates_get_nothing(one: Whole) -> None:
    one.telegram.update(message=one.telegram.message(one.chat, new_chat_members=[{"id": 7, "is_bot": False, "first_name": "A"}]))
    one.telegram.update(channel_post=one.telegram.message(-one.chat, "uutinen"))
    one.telegram.update(invented_in_2027={"x": 1})
    assert await one.arrived() == []
    assert await one.waiting(Received) == 0


async def test_a_group_that_moves_takes_its_memory_along(one: Whole) -> None:
    one.chat = -one.chat
    await one.ask("/paikka@" + NAME + " Forssa", person=5)
    one.telegram.moved[one.chat] = one.chat - 1_000_000
    await one.ask("/kieli", person=5)
    one.chat -= 1_000_000
    one.telegram.chats[one.chat] = {"id": one.chat, "type": "supergroup", "title": "Yhdistys"}
    await one.settle()
    assert (await one.state()).place == "forssa"


async def test_forged_data_is_told_kindly(one: Whole) -> None:
    await one.ask("/start")
    for data in ("answer:no-such/topic", "x", ":", "place:atlantis", "talk:nothing", "invitation:guessed"):
        one.telegram.taps(one.chat, data)
        assert len(await one.arrived()) == 1


async def test_an_invitation_makes_one_admin_once(one: Whole) -> None:
    async with one.database.transaction() as session:
        await queries.invite(session, digest("abc"), "admin", later(one.now, 60))
    assert "ylläpitäjä" in await one.ask("/start admin-abc")
    async with one.database.transaction() as session:
        assert await session.get(Role, (one.chat, "admin")) is not None
    assert "vanhentunut" in await one.ask("/start admin-abc", person=99)
    async with one.database.transaction() as session:
        assert await session.get(Role, (99, "admin")) is None


async def test_an_old_invitation_is_refused(one: Whole) -> None:
    async with one.database.transaction() as session:
        await queries.invite(session, digest("old"), "admin", later(one.now, -1))
    assert "vanhentunut" in await one.ask("/start admin-old")


def test_the_fake_refuses_what_telegram_refuses() -> None:
    for markup in ("<x>a</x>", "<b>a", "a < b", "a & b", "<b>a</i>", " ", "ä" * 4_097, "&nbsp;"):
        with pytest.raises(RefusedError):
            plain(markup)
    assert plain("<b>a &lt; b</b>") == "a < b"


def test_updates_we_ask_for_are_those_we_handle() -> None:
    from bot.app import KINDS

    assert set(KINDS) == {Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER}
