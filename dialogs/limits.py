"""What fits into one message on Telegram. Lengths are UTF-16 units: most characters are one, emoji two."""

from __future__ import annotations

LONGEST = 4096
"""Of a message, tags not counted: https://core.telegram.org/bots/api#sendmessage."""
CAPTION = 1024
"""Of what stands under a picture or a file: https://core.telegram.org/bots/api#sendphoto."""


def units(text: str) -> int:
    """Length of `text` as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
