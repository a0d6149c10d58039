"""What the schema alone cannot see in the form of a guided dialogue."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from knowledge.forms import Form, Slot
from knowledge.loader import Knowledge
from knowledge.parts import LOCALES, Words

Finding = tuple[str, tuple[str | int, ...], str]
DATA = 64
"""Bytes that a button's data may have."""
NUMBER = "9" * 10
"""The longest number that a dialogue's subject may have."""
PICKED = frozenset({"choice"})
"""Kinds that are chosen only."""
TIMES = frozenset({"moment", "end"})
"""Kinds that come before or after another time."""


def of_form(knowledge: Knowledge, name: str, form: Form) -> Iterator[Finding]:
    """What is wrong with the form called `name`."""
    texts: dict[tuple[str, ...], Words | None] = {
        ("title",): form.title,
        ("intro",): form.intro,
        ("summary",): form.summary,
        ("cancelled",): form.cancelled,
    }
    texts |= {("slots", key, "prompt"): slot.prompt for key, slot in form.slots.items()}
    for where, words in texts.items():
        yield from _text(name, where, words)
    for key, slot in form.slots.items():
        yield from _slot(name, form, key, slot)
        values = {*(option.value for option in slot.options), *(knowledge.places if slot.kind == "place" else ())}
        for value in sorted(values):
            data = f"slot:{name}-{NUMBER}/{key}={value}"
            if len(data) > DATA:
                yield name, ("slots", key), f"a button's data would have {len(data)} bytes ({data}); at most {DATA} fit"


def _text(name: str, where: tuple[str, ...], words: Words | None) -> Iterator[Finding]:
    """The same {names} in every language, written so that they can be filled in; and the voice."""
    if words is None:
        return
    wanted = _names(words.fi)
    for locale in (*LOCALES, "selko"):
        text = getattr(words, locale) or words.fi
        if "!" in text:
            yield name, (*where, locale), "no exclamation marks"
        found = _names(text)
        if found is None:
            yield name, (*where, locale), "braces that are no {name}"
        elif found != wanted and wanted is not None:
            yield name, (*where, locale), f"fills in {sorted(found)}, but the Finnish text {sorted(wanted)}"


def _names(text: str) -> frozenset[str] | None:
    """The {names} in `text`; None when something else stands in braces."""
    try:
        found = [(field, how, conversion) for _, field, how, conversion in Formatter().parse(text) if field is not None]
    except ValueError:
        return None
    plain = all(field.replace("_", "").isalnum() and not how and not conversion for field, how, conversion in found)
    return frozenset(field for field, _, _ in found) if plain else None


def _slot(name: str, form: Form, key: str, slot: Slot) -> Iterator[Finding]:
    where = ("slots", key)
    if slot.kind in PICKED and not slot.options:
        yield name, where, "a choice needs options"
    if slot.kind in ("place", "code") and slot.options:
        yield name, (*where, "options"), f"a {slot.kind} has no options"
    values = [option.value for option in slot.options]
    if len(set(values)) < len(values):
        yield name, (*where, "options"), "two options have the same value"
    if slot.kind == "count":
        yield from _count(name, where, slot)
    for field in ("after", "before"):
        yield from _order(name, form, key, field)
    if slot.kind == "end" and slot.after is None:
        yield name, where, "an end needs to know what it comes `after`"


def _count(name: str, where: tuple[str, ...], slot: Slot) -> Iterator[Finding]:
    if slot.least > slot.most:
        yield name, (*where, "least"), f"is larger than most, {slot.most}"
    for index, option in enumerate(slot.options):
        if not option.value.isdecimal() or not slot.least <= int(option.value) <= slot.most:
            yield name, (*where, "options", index, "value"), f"{option.value!r} is no number from {slot.least} to {slot.most}"


def _order(name: str, form: Form, key: str, field: str) -> Iterator[Finding]:
    """`after` and `before` are for times; one that is no slot here stands in what the dialogue is about."""
    slot, other = form.slots[key], getattr(form.slots[key], field)
    if other is None:
        return
    if slot.kind not in TIMES:
        yield name, ("slots", key, field), f"a {slot.kind} comes after and before nothing"
    elif other in form.slots and (other == key or form.slots[other].kind not in TIMES):
        yield name, ("slots", key, field), f"{other!r} is no other time"
    elif other not in form.slots and other not in form.about:
        yield name, ("slots", key, field), f"no slot {other!r}; a time that the dialogue is about stands in `about`"
