"""Talking in the terminal: line editing, history and colours where there is one; plain lines where there is not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from bot.demo import Demo, Unasked
from bot.render import Style, render, unstyled
from dialogs.model import File, Reply, Turn

PROMPT = "> "
HISTORY = Path("~/.siltabotti_history").expanduser()
EVERY = 1.0
"""Seconds between two looks whether something came unasked, while somebody types."""
_CODES = {"newer": "1", "note": "3", "source": "2", "choice": "36"}


def coloured(kind: str, text: str) -> str:
    """`text` in the terminal colours of its kind."""
    code = _CODES.get(kind)
    return f"\033[{code}m{text}\033[0m" if code else text


def talk(demo: Demo, *, colour: bool) -> None:
    """Talk until the input ends. A person is welcomed; scripted input (no terminal) is one turn a line, in a talk that begins anew."""
    with suppress(KeyboardInterrupt, BrokenPipeError):
        asyncio.run(_talk(demo, coloured if colour and sys.stdout.isatty() else unstyled))


async def _talk(demo: Demo, style: Style) -> None:
    interactive = sys.stdin.isatty()
    await demo.start(anew=not interactive)
    try:
        with _above_the_prompt() if interactive else nullcontext():
            if interactive:
                _write(demo.mind.phrase("demo-hello", demo.locale), [])
                _reply(demo, await demo.greet(), style)
            await converse(demo, _typed() if interactive else _piped(), style, listen=interactive)
    finally:
        await demo.close()


async def converse(demo: Demo, lines: AsyncIterator[str], style: Style = unstyled, *, listen: bool = False) -> None:
    """Answer each of `lines`, and say what comes unasked: between them, and while one is typed where one can `listen`."""
    listener = asyncio.create_task(_listen(demo, style)) if listen else None
    await _unasked(demo, style)
    async for line in lines:
        _reply(demo, await demo.take(Turn(text=line)), style)
        await _unasked(demo, style)
    if listener is not None:
        listener.cancel()


async def _listen(demo: Demo, style: Style) -> None:
    while True:
        await asyncio.sleep(EVERY)
        await _unasked(demo, style)


async def _unasked(demo: Demo, style: Style) -> None:
    for one in await demo.arrived():
        _write("\n".join([style("note", demo.mind.phrase("demo-unasked", demo.locale)), one.text]), _files(demo, one))


def _reply(demo: Demo, reply: Reply, style: Style) -> None:
    _write(render(reply, style), [_kept(demo, say.file) for say in reply.says if say.file])


def _files(demo: Demo, one: Unasked) -> list[str]:
    return [_kept(demo, one.file)] if one.file else []


def _kept(demo: Demo, file: File) -> str:
    """Write a file that was sent to where one can open it; the line that says so."""
    path = demo.folder / Path(file.name).name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    return demo.mind.phrase("demo-file", demo.locale, path=str(path))


def _write(text: str, more: list[str]) -> None:
    sys.stdout.write("\n".join([text, *more]) + "\n\n")
    sys.stdout.flush()


def _above_the_prompt() -> AbstractContextManager[None]:
    from prompt_toolkit.patch_stdout import patch_stdout  # only where somebody types

    return patch_stdout(raw=True)


async def _piped() -> AsyncIterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\n")


async def _typed() -> AsyncIterator[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    prompt: PromptSession[str] = PromptSession(history=FileHistory(str(HISTORY)))
    with suppress(EOFError):
        while True:
            yield await prompt.prompt_async(PROMPT)
