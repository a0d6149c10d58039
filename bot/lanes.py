"""What waits to be sent, chat by chat, and which chat is next. In memory only; the tables are what survives."""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from bot.budget import Budget

LONGEST_PAUSE = 60.0
"""Seconds between two tries at the most, however often sending fails."""
FLYING = 24
"""Unasked messages that may be on their way at once: connections stay free for replies, and a crash leaves few in doubt."""


class Parcel(ABC):
    """One message on its way out, and the table that it stands in."""

    priority = 0
    """0 for a reply; larger numbers wait for smaller ones."""

    def __init__(self, number: int, chat_id: int) -> None:
        self.id = number
        self.chat_id = chat_id
        self.message_id: int | None = None
        """Telegram's id of it, once it has arrived."""

    @abstractmethod
    async def message(self) -> str | None:
        """The message as JSON, asked for just before it is given to Telegram; None when it need not be sent any more."""

    @abstractmethod
    async def mark(self, message_id: int | None) -> None:
        """It is sent under this id, or refused for good (None)."""

    @abstractmethod
    async def doubted(self) -> bool:
        """Nobody can know whether it arrived. Whether it is to be sent again."""

    @abstractmethod
    async def back(self) -> None:
        """It certainly did not arrive, and waits again."""

    @abstractmethod
    def left(self) -> None:
        """It is not in the outbox any more, whatever has become of it."""


@dataclass
class Lane:
    """Messages of one chat: one at a time, smaller priority numbers first, then in the order of writing."""

    waiting: list[tuple[int, int, Parcel]] = field(default_factory=list)
    """A heap of (priority, id, parcel)."""
    busy: Parcel | None = None
    """The one that is on its way."""
    free_at: float = 0.0
    """The time until which the chat must be left alone."""
    failures: int = 0
    """How often the first one failed."""


class Lanes:
    """All chats. Times are seconds of any clock, as long as it is the same."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lanes: dict[int, Lane] = {}
        self._free_at = 0.0

    def __len__(self) -> int:
        """Messages that wait or are on their way."""
        return sum(len(lane.waiting) + (lane.busy is not None) for lane in self._lanes.values())

    def add(self, parcel: Parcel) -> None:
        """One more message waits."""
        lane = self._lanes.setdefault(parcel.chat_id, Lane())
        heapq.heappush(lane.waiting, (parcel.priority, parcel.id, parcel))

    def next(self, now: float) -> tuple[Parcel | None, float | None]:
        """The message to send now, taken out; or the time until which to wait, None when nothing waits that is not waited for already."""
        flying = sum(lane.busy is not None and lane.busy.priority > 0 for lane in self._lanes.values())
        anywhere = [max(self._free_at, self._budget.all_free_at(now, unasked=unasked)) for unasked in (False, True)]
        ready = {chat: self._ready_at(chat, lane, now, anywhere) for chat, lane in self._lanes.items() if _may_go(lane, flying)}
        due = [chat for chat, at in ready.items() if at <= now]
        if not due:
            return None, min(ready.values(), default=None)
        first = self._lanes[min(due, key=lambda chat: self._lanes[chat].waiting[0][:2])]
        parcel = first.busy = heapq.heappop(first.waiting)[2]
        self._budget.spend(parcel.chat_id, now, unasked=parcel.priority > 0)
        return parcel, None

    def _ready_at(self, chat: int, lane: Lane, now: float, anywhere: list[float]) -> float:
        at = anywhere[lane.waiting[0][0] > 0]
        return max(at, lane.free_at) if at > now else max(lane.free_at, self._budget.chat_free_at(chat, now))

    def done(self, chat: int, now: float) -> None:
        """The message on its way to `chat` arrived, or is given up."""
        lane = self._lanes.setdefault(chat, Lane())
        lane.busy, lane.failures = None, 0
        if not lane.waiting:
            del self._lanes[chat]
            self._budget.forget(now)

    def again(self, parcel: Parcel, now: float) -> None:
        """It failed; it waits a little longer each time."""
        lane = self._lanes.setdefault(parcel.chat_id, Lane())
        lane.free_at = now + min(LONGEST_PAUSE, 2.0**lane.failures)
        lane.failures += 1
        self._back(parcel, lane)

    def pause(self, parcel: Parcel, until: float) -> None:
        """Telegram said how long to wait. In a group that concerns the group; else everything waits, since it may mean us."""
        lane = self._lanes.setdefault(parcel.chat_id, Lane())
        if parcel.chat_id < 0:
            lane.free_at = until
        else:
            self._free_at = max(self._free_at, until)
        self._back(parcel, lane)

    def _back(self, parcel: Parcel, lane: Lane) -> None:
        lane.busy = None
        self.add(parcel)

    def drop(self, chat: int) -> list[Parcel]:
        """Forget `chat`; what waited for it."""
        lane = self._lanes.pop(chat, Lane())
        return [parcel for _, _, parcel in sorted(lane.waiting, key=lambda entry: entry[:2])]


def _may_go(lane: Lane, flying: int) -> bool:
    return bool(lane.waiting) and lane.busy is None and (flying < FLYING or lane.waiting[0][0] == 0)
