"""What the core asks the shell to do or to look up, and what comes of it: data only.

An Effect goes out with a Reply; the shell carries it out in the turn's transaction and gives back an Outcome, which the core tells
(`told` in conversation.py). An effect that cannot happen is refused; then the turn is undone, and the reason told.
"""

from __future__ import annotations

from dataclasses import dataclass


class Effect:
    """Something that must happen once, or be looked up; the shell has a function for each kind."""


class Outcome:
    """What came of an effect; the core has a function that tells each kind."""


@dataclass(frozen=True)
class BecomeAdmin(Effect):
    """Use an invitation."""

    code: str
    """The code in its link."""


@dataclass(frozen=True)
class Done(Outcome):
    """Nothing to tell beyond a phrase."""

    phrase: str
    """Its name in knowledge/data/phrases/."""
