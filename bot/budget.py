"""How fast messages may go out: at most so many in any window of time, in all and to each chat.

Telegram allows about 30 messages a second in all, one a second to one chat after a short burst, and 20 a minute to a group:
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this. Nothing here waits or reads a clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

BURST = 4
"""Messages that one chat may get at once after a pause."""
GROUP = (20, 60.0)
"""Messages to one group, and in how many seconds."""
MARGIN = 0.03
"""Seconds by which the way to Telegram may vary; added to every window, since what counts is when a message arrives there."""

CATCH_UP = 0.1
"""Seconds by which what goes out in even steps may run ahead to make up for steps that came late."""


class Window:
    """At most `limit` events in any `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._seconds = seconds + MARGIN
        self._times: deque[float] = deque(maxlen=limit)

    def free_at(self, now: float) -> float:
        """The time, in seconds like `now`, from which one more is allowed."""
        full = len(self._times) == self._times.maxlen
        return max(now, self._times[0] + self._seconds) if full else now

    def spend(self, now: float) -> None:
        """One happens now."""
        self._times.append(now)

    def spent_by(self, now: float) -> bool:
        """Whether all of it lies behind, so that the window can be forgotten."""
        return not self._times or self._times[-1] + self._seconds <= now


class Pace:
    """Even steps. What goes out unasked keeps them, so that a reply in between never waits for a whole window to pass."""

    def __init__(self, step: float) -> None:
        self._step = step
        self._next = 0.0

    def free_at(self, now: float) -> float:
        """The time from which one more is allowed."""
        return max(now, self._next)

    def spend(self, now: float) -> None:
        """One happens now. What comes late may catch up a little, since every timer is a bit late."""
        self._next = max(self._next, now - CATCH_UP) + self._step


@dataclass(frozen=True)
class Rates:
    """The limits one installation keeps."""

    all_chats: int = 25
    """Messages a second in all; below Telegram's 30, because others may send with the same token."""
    one_chat: float = 1.0
    """Messages a second to one chat, after a burst of BURST."""


class Budget:
    """What is left of the limits, for all chats and for each."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._all = Window(rates.all_chats, 1.0)
        self._pace = Pace((1.0 + MARGIN) / rates.all_chats)
        self._chats: dict[int, tuple[Window, ...]] = {}

    def free_at(self, chat: int, now: float, *, unasked: bool = False) -> float:
        """The time from which a message may go to `chat`."""
        return max(self.all_free_at(now, unasked=unasked), self.chat_free_at(chat, now))

    def chat_free_at(self, chat: int, now: float) -> float:
        """The time from which a message may go to `chat` as far as that chat is concerned."""
        return max(window.free_at(now) for window in self._windows(chat))

    def all_free_at(self, now: float, *, unasked: bool = False) -> float:
        """The time from which a message may go to any chat at all."""
        return max(self._all.free_at(now), self._pace.free_at(now) if unasked else now)

    def spend(self, chat: int, now: float, *, unasked: bool = False) -> None:
        """A message goes to `chat` now."""
        for window in (self._all, *self._windows(chat)):
            window.spend(now)
        if unasked:
            self._pace.spend(now)

    def forget(self, now: float) -> None:
        """Drop what is kept of chats whose windows lie behind."""
        self._chats = {chat: windows for chat, windows in self._chats.items() if not all(w.spent_by(now) for w in windows)}

    def _windows(self, chat: int) -> tuple[Window, ...]:
        if chat not in self._chats:
            group = (Window(*GROUP),) if chat < 0 else ()
            self._chats[chat] = (Window(BURST, BURST / self._rates.one_chat), *group)
        return self._chats[chat]
