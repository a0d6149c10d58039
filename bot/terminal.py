"""Talking in the terminal: line editing, history and colours where there is one; plain lines where there is not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bot.render import Style, render, unstyled
from bot.session import Session

PROMPT = "> "
HISTORY = Path("~/.siltabotti_history").expanduser()
_CODES = {"newer": "1", "note": "3", "source": "2", "choice": "36"}


def coloured(kind: str, text: str) -> str:
    """`text` in the terminal colours of its kind."""
    code = _CODES.get(kind)
    return f"\033[{code}m{text}\033[0m" if code else text


def talk(session: Session, *, colour: bool) -> None:
    """Talk until the input ends. A person is welcomed; scripted input (no terminal) is one turn a line."""
    interactive = sys.stdin.isatty()
    style = coloured if colour and sys.stdout.isatty() else unstyled
    lines = _typed() if interactive else (line.rstrip("\n") for line in sys.stdin)
    try:
        if interactive:
            sys.stdout.write(render(session.welcome(), style) + "\n\n")
        converse(session, lines, sys.stdout, style)
    except (KeyboardInterrupt, BrokenPipeError):
        return


def converse(session: Session, lines: Iterable[str], out: TextIO, style: Style = unstyled) -> None:
    """Answer each of `lines` on `out`."""
    for line in lines:
        out.write(render(session.say(line), style) + "\n\n")
        out.flush()


def _typed() -> Iterator[str]:
    from prompt_toolkit import PromptSession  # only where somebody types
    from prompt_toolkit.history import FileHistory

    prompt: PromptSession[str] = PromptSession(history=FileHistory(str(HISTORY)))
    while True:
        try:
            yield prompt.prompt(PROMPT)
        except EOFError:
            return
