"""Files made of an evening."""

from __future__ import annotations

from bot.effects.work import Work
from bot.papers import poster, tables
from dialogs.hosting import lists, publishing
from dialogs.hosting.model import Board
from dialogs.model import File


def poster_of(work: Work, board: Board) -> File:
    """The poster, in Finnish: it hangs on a wall."""
    return File(f"juliste-{board.evening.id}.pdf", poster.drawn(publishing.sheet(work.mind, board)))


def table_of(work: Work, board: Board, ending: str) -> File:
    """The list of who comes, as csv or xlsx."""
    rows = lists.rows(work.mind, board)
    return File(f"ilta-{board.evening.id}.{ending}", tables.csv(rows) if ending == "csv" else tables.xlsx(rows))
