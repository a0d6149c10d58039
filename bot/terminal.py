"""Talking in the terminal: line editing, history and colours where there is one; plain lines where there is not."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from bot.demo import Demo
from bot.render import Style, render, unstyled
from dialogs.dates import moment
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
                _write(demo.mind.phrase(demo.hello, demo.locale))
                _reply(demo, await demo.greet(), style)
            await converse(demo, _typed() if interactive else _piped(), style, listen=interactive)
    finally:
        await demo.close()


async def converse(demo: Demo, lines: AsyncIterator[str], style: Style = unstyled, *, listen: bool = False) -> None:
    """Answer each of `lines`, and say what comes unasked: between them, and while one is typed where one can `listen`."""
    over = asyncio.Event()
    listener = asyncio.create_task(_listen(demo, style, over)) if listen else None
    try:
        await _unasked(demo, style)
        async for line in lines:
            _reply(demo, await demo.take(Turn(text=line)), style)
            await _unasked(demo, style)
    finally:
        over.set()
        if listener is not None:
            await listener


async def _listen(demo: Demo, style: Style, over: asyncio.Event) -> None:
    """Until it is over; not by cancelling, which would break a transaction off."""
    while not over.is_set():
        await _unasked(demo, style)
        with suppress(TimeoutError):
            async with asyncio.timeout(EVERY):
                await over.wait()


async def _unasked(demo: Demo, style: Style) -> None:
    for one in await demo.arrived():
        file = style("note", f"[{_kept(demo, one.file).name}]") if one.file else ""
        _write("\n".join(filter(None, (style("note", _announced(demo, one.later)), one.text, file))))


def _announced(demo: Demo, later: dt.datetime | None) -> str:
    """The line over what comes unasked."""
    if later is None:
        return demo.mind.phrase("demo-unasked", demo.locale)
    return demo.mind.phrase("demo-unasked-later", demo.locale, time=moment(later, demo.locale))


def _reply(demo: Demo, reply: Reply, style: Style) -> None:
    """Files are named by where they were put."""
    says = tuple(replace(say, file=_kept(demo, say.file)) if say.file else say for say in reply.says)
    _write(render(replace(reply, says=says), style))


def _kept(demo: Demo, file: File) -> File:
    """Write a file that was sent to where one can open it."""
    path = demo.folder / Path(file.name).name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    return replace(file, name=str(path))


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n\n")
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
