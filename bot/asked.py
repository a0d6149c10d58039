"""A turn and whose it is, wherever it was said."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.model import Turn


@dataclass(frozen=True)
class Asked:
    """A turn, and whose it is."""

    update_id: int
    """The update it came with."""
    chat_id: int
    """Where it was said, and where the answer goes."""
    person_id: int | None
    """Who said it; decides what they may do."""
    language: str
    """The language of their Telegram, e.g. "sv"; "" when it does not tell."""
    turn: Turn
    """What was said."""
    answers: int | None = None
    """The message that the answer belongs to; in a group only, where others talk in between."""
    thread: int | None = None
    """The topic of a forum in which it was said."""
