"""How messages are made and sent: budget, lanes, buttons, Telegram's limits."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies
from hypothesis import settings as tuned

from bot.budget import BURST, GROUP, Budget, Rates, Window
from bot.db.models import Outgoing
from bot.lanes import FLYING, LONGEST_PAUSE, Lanes
from bot.messages import LONGEST, messages, rows, units
from dialogs.model import Choice, Part, Reply, Say, State
from tests.fakes import FakeTelegram, buttons, plain


def row(number: int, chat: int, priority: int = 0) -> Outgoing:
    return Outgoing(id=number, chat_id=chat, priority=priority, message="{}")


def drained(lanes: Lanes, now: float) -> list[int]:
    """Ids of what may go now, each arriving at once."""
    found = []
    while (ready := lanes.next(now)[0]) is not None:
        found.append(ready.id)
        lanes.done(ready.chat_id, now)
    return found


@given(strategies.lists(strategies.floats(0, 0.2), max_size=60))
@tuned(derandomize=True)
def test_no_window_is_ever_overfull(pauses: list[float]) -> None:
    window, now, times = Window(5, 1.0), 0.0, []
    for pause in pauses:
        now = max(now + pause, window.free_at(now + pause))
        window.spend(now)
        times.append(now)
    assert all(later - earlier > 1.0 for earlier, later in zip(times, times[5:], strict=False))


def test_a_chat_gets_a_burst_and_then_one_a_second_a_group_twenty_a_minute() -> None:
    budget = Budget(Rates())
    for chat, most in ((1, BURST), (-1, BURST)):
        now = sent = 0
        while budget.free_at(chat, now) <= now:
            budget.spend(chat, now)
            sent += 1
        assert sent == most
    arrivals, now = [], 100.0
    while now < 159:
        now = budget.free_at(-5, now)
        budget.spend(-5, now)
        arrivals.append(now)
    assert sum(at < 160 for at in arrivals) <= GROUP[0]
    budget.forget(10_000.0)
    assert not budget._chats


def test_replies_go_first_and_a_chat_keeps_its_order() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    for one in (row(1, 10, 5), row(2, 20, 5), row(3, 10), row(4, 30), row(5, 10)):
        lanes.add(one)
    assert len(lanes) == 5
    assert drained(lanes, 0.0) == [3, 4, 5, 1], "what is unasked goes out in even steps"
    assert drained(lanes, 0.1) == [2]
    assert lanes.next(0.1) == (None, None)


def test_a_reply_finds_room_while_three_thousand_wait_unasked_and_the_budget_is_used() -> None:
    """25 a second, timers two thousandths late: a reply waits for a few steps at the most, and no window is overfull."""
    lanes, now, times, waited = Lanes(Budget(Rates(25, 1))), 100.0, [], []
    for number in range(1_000):
        lanes.add(row(number, 1_000 + number, 1))
    asked, replies = {}, iter(range(5_000, 6_000))
    while now < 130:
        if not asked and len(times) % 40 == 5:
            number = next(replies)
            lanes.add(row(number, number))
            asked[number] = now
        ready, at = lanes.next(now)
        if ready is None:
            now = (at or now) + 0.002
            continue
        times.append(now)
        if ready.id in asked:
            waited.append(now - asked.pop(ready.id))
        lanes.done(ready.chat_id, now)
    assert len(times) >= 0.95 * 25 * 30
    assert all(later - earlier > 1.0 for earlier, later in zip(times, times[25:], strict=False))
    assert len(waited) >= 10
    assert max(waited) < 0.2


def test_few_unasked_messages_are_on_their_way_at_once_and_replies_pass_them() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    for number in range(2 * FLYING):
        lanes.add(row(number, 1_000 + number, 1))
    for now in range(1, FLYING + 1):
        assert lanes.next(now)[0] is not None
    assert lanes.next(now + 1) == (None, None)
    lanes.add(row(9_999, 9_999))
    assert lanes.next(now + 1)[0].id == 9_999
    lanes.done(1_000, now + 1)
    assert lanes.next(now + 2)[0].id == FLYING


def test_a_failed_message_waits_longer_each_time_and_holds_up_only_its_chat() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    lanes.add(row(1, 10))
    lanes.add(row(2, 20))
    now = 0.0
    for pause in (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, LONGEST_PAUSE, LONGEST_PAUSE):
        failing = lanes.next(now)[0]
        assert failing is not None
        assert failing.id == 1
        lanes.again(failing, now)
        assert drained(lanes, now) == ([2] if now == 0.0 else [])
        assert lanes.next(now) == (None, now + pause)
        now += pause


def test_429_stops_everything_but_in_a_group_only_the_group() -> None:
    lanes = Lanes(Budget(Rates(1_000, 1_000)))
    lanes.add(row(1, -10))
    first = lanes.next(0.0)[0]
    assert first is not None
    lanes.pause(first, 30.0)
    lanes.add(row(2, 20))
    second = lanes.next(0.0)[0]
    assert second is not None
    assert second.id == 2
    lanes.pause(second, 3.0)
    assert lanes.next(0.0) == (None, 3.0)
    assert drained(lanes, 3.0) == [2]
    assert drained(lanes, 30.0) == [1]


ANY_TEXT = strategies.text(min_size=1, max_size=9_000).filter(str.strip)


@given(strategies.lists(strategies.tuples(strategies.sampled_from(["newer", "text", "note", "source"]), ANY_TEXT), min_size=1, max_size=4))
@tuned(derandomize=True, deadline=None, max_examples=60)
def test_telegram_takes_every_message_and_nothing_is_cut_off(parts: list[tuple[str, str]]) -> None:
    say = Say(tuple(Part(kind, text) for kind, text in parts), (Choice("Hakuaika", "answer:x/when"),))  # type: ignore[arg-type]
    made = messages(Reply(State(), (say,)))
    texts = [plain(message.html) for message in made]
    assert all(units(text) <= LONGEST for text in texts)
    squeezed = "".join("".join(texts).split())
    assert "".join("".join(text for _, text in parts).split()) in squeezed + squeezed
    assert [bool(message.buttons) for message in made] == [False] * (len(made) - 1) + [True]


def test_buttons_stand_side_by_side_where_they_fit() -> None:
    short, middle, long = ("Loppi", "Hakuaika 2027", "Sairaaloiden esittelytilat")
    assert [len(line) for line in rows([Choice(short, "a:b")] * 11)] == [3, 3, 3, 2]
    assert [len(line) for line in rows([Choice(middle, "a:b")] * 3)] == [2, 1]
    assert [len(line) for line in rows([Choice(long, "a:b")] * 2)] == [1, 1]
    with pytest.raises(Exception, match="DATA"):
        buttons('{"inline_keyboard": [[{"text": "x", "callback_data": "' + "ä" * 33 + '"}]]}')


def test_the_fake_keeps_an_update_until_it_is_confirmed() -> None:
    telegram = FakeTelegram()
    number = telegram.says(5, "hei")
    assert len(telegram.call("getUpdates", {})[1]["result"]) == 1
    assert len(telegram.call("getUpdates", {})[1]["result"]) == 1
    assert telegram.call("getUpdates", {"offset": number + 1})[1]["result"] == []
