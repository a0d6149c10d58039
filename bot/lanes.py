"""What waits to be sent, chat by chat, and which chat is next. In memory only; the outbox table is what survives."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from bot.budget import Budget
from bot.db.models import Outgoing

LONGEST_PAUSE = 60.0
"""Seconds between two tries at the most, however often sending fails."""


@dataclass
class Lane:
    """Messages of one chat: one at a time, smaller priority numbers first, then in the order of writing."""

    waiting: list[tuple[int, int, Outgoing]] = field(default_factory=list)
    """A heap of (priority, id, row)."""
    busy: bool = False
    """Whether one is on its way."""
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
        return sum(len(lane.waiting) + lane.busy for lane in self._lanes.values())

    def add(self, row: Outgoing) -> None:
        """One more message waits."""
        lane = self._lanes.setdefault(row.chat_id, Lane())
        heapq.heappush(lane.waiting, (row.priority, row.id, row))

    def next(self, now: float) -> tuple[Outgoing | None, float | None]:
        """The message to send now, taken out; or the time until which to wait, None when nothing waits."""
        ready = {chat: self._ready_at(chat, lane, now) for chat, lane in self._lanes.items() if lane.waiting and not lane.busy}
        due = [chat for chat, at in ready.items() if at <= now]
        if not due:
            return None, min(ready.values(), default=None)
        first = self._lanes[min(due, key=lambda chat: self._lanes[chat].waiting[0][:2])]
        first.busy = True
        row = heapq.heappop(first.waiting)[2]
        self._budget.spend(row.chat_id, now)
        return row, None

    def _ready_at(self, chat: int, lane: Lane, now: float) -> float:
        return max(lane.free_at, self._free_at, self._budget.free_at(chat, now))

    def done(self, chat: int, now: float) -> None:
        """The message on its way to `chat` arrived, or is given up."""
        lane = self._lanes.setdefault(chat, Lane())
        lane.busy, lane.failures = False, 0
        if not lane.waiting:
            del self._lanes[chat]
            self._budget.forget(now)

    def again(self, row: Outgoing, now: float) -> None:
        """It failed; it waits a little longer each time."""
        lane = self._lanes.setdefault(row.chat_id, Lane())
        lane.free_at = now + min(LONGEST_PAUSE, 2.0**lane.failures)
        lane.failures += 1
        self._back(row, lane)

    def pause(self, row: Outgoing, until: float) -> None:
        """Telegram said how long to wait. In a group that concerns the group; else everything waits, since it may mean us."""
        lane = self._lanes.setdefault(row.chat_id, Lane())
        if row.chat_id < 0:
            lane.free_at = until
        else:
            self._free_at = max(self._free_at, until)
        self._back(row, lane)

    def _back(self, row: Outgoing, lane: Lane) -> None:
        lane.busy = False
        self.add(row)

    def drop(self, chat: int) -> list[Outgoing]:
        """Forget `chat`; what waited for it."""
        lane = self._lanes.pop(chat, Lane())
        return [row for _, _, row in sorted(lane.waiting, key=lambda entry: entry[:2])]
