"""What Telegram refuses, and what people see of what it accepts."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser

TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}


class RefusedError(Exception):
    """Telegram's answer to a call that it does not carry out."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.answer = (code, {"ok": False, "error_code": code, "description": description, "parameters": parameters})


class _Reader(HTMLParser):
    """Telegram's HTML → plain text; anything else is refused."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in TAGS:
            raise RefusedError(400, f'Bad Request: can\'t parse entities: unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise RefusedError(400, f'Bad Request: can\'t parse entities: unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:
            raise RefusedError(400, "Bad Request: can't parse entities: unescaped character")
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        if name not in ("lt", "gt", "amp", "quot"):
            raise RefusedError(400, f"Bad Request: can't parse entities: unknown entity {name}")
        self.text.append(html.unescape(f"&{name};"))


def plain(markup: str, most: int = 4096) -> str:
    """The text that people see. Raises RefusedError where Telegram would not take it."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if reader.open:
        raise RefusedError(400, "Bad Request: can't parse entities: can't find end tag")
    text = "".join(reader.text).strip()
    if not text:
        raise RefusedError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > most:
        raise RefusedError(400, "Bad Request: message is too long")
    return text


def buttons(markup: str | None) -> list[tuple[str, str]]:
    """Labels and data of an inline keyboard. Raises RefusedError."""
    rows = json.loads(markup)["inline_keyboard"] if markup else []
    found = [(button["text"], button["callback_data"]) for row in rows for button in row]
    if len(found) > 100 or any(len(row) > 8 for row in rows):
        raise RefusedError(400, "Bad Request: reply markup is too long")
    for label, data in found:
        if not label.strip() or not 1 <= len(data.encode()) <= 64:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return found
