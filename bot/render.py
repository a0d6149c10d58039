"""Say → plain text with numbered choices: what a person reads in the terminal, and what `ask` prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.model import Choice, Part, Reply, Say

Style = Callable[[str, str], str]
"""(kind, text) → text as shown; kinds are those of Part, and "choice"."""


def unstyled(_: str, text: str) -> str:
    """Text as it is."""
    return text


def render(reply: Reply, style: Style = unstyled) -> str:
    """All messages of a turn, choices included; numbers run through the whole turn."""
    shown, first = [], 1
    for say in reply.says:
        shown.append(_say(say, first, style))
        first += len(say.choices)
    return "\n\n".join(shown)


def _say(say: Say, first: int, style: Style) -> str:
    lines = [_part(part, style) for part in say.parts]
    if say.choices:
        lines.append(numbered(say.choices, first, style))
    if say.controls:
        lines.append(style("choice", unnumbered(say.controls)))
    if say.file:
        lines.append(style("note", f"[{say.file.name}]"))
    return "\n".join(lines)


def _part(part: Part, style: Style) -> str:
    return style(part.kind, part.text)


def numbered(choices: Sequence[Choice], first: int, style: Style = unstyled) -> str:
    """Choices in one line: "1 Milloin? · 2 Ehdot"."""
    return " · ".join(style("choice", f"{number} {choice.label}") for number, choice in enumerate(choices, first))


def unnumbered(controls: Sequence[Choice]) -> str:
    """Ways around in one line, to be typed by their words: "Ohita · Takaisin · Peruuta"."""
    return " · ".join(control.label for control in controls)
