"""Who comes, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.dates import moment
from dialogs.hosting.model import Board
from dialogs.hosting.people import needed
from dialogs.mind import Mind

COLUMNS = ("name", "association", "people", "status", "code", "access", "wish", "registered", "arrived")
"""Diets are not among them: the kitchen needs them without names, and gets them so (see people.py)."""
Row = tuple[str | int | None, ...]


def rows(mind: Mind, board: Board) -> list[Row]:
    """The names of the columns, then who has seats, then who waits; in Finnish, as papers of a Finnish association are."""
    return [tuple(mind.phrase(f"column-{name}", "fi") for name in COLUMNS), *_guests(mind, board)]


def _guests(mind: Mind, board: Board) -> Iterator[Row]:
    for guest in (*board.seated, *board.waiting):
        yield (
            guest.name,
            guest.association,
            guest.people,
            mind.phrase(f"column-{guest.status}", "fi"),
            guest.code,
            needed(mind, guest, "fi"),
            guest.wish,
            moment(guest.at, "fi"),
            moment(guest.arrived, "fi") if guest.arrived else None,
        )
