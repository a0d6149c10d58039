"""Corrections: "ei kun tarkoitin kerta-avustusta", "nej jag menade verksamhetsunderstöd", "not the grant but the premises"."""

from __future__ import annotations

from dialogs.mind import Mind
from knowledge.parts import Locale
from knowledge.text import normalise, words

NEAR = 5
"""Words from the beginning within which a correction says that it is one."""


def corrected(mind: Mind, text: str, locale: Locale) -> str | None:
    """What is meant instead, when `text` takes back what was understood; None when it takes nothing back."""
    said, context = words(normalise(text)), mind.knowledge.context
    if (both := "".join(said[:2])) in context["denials"].of(locale):  # "ei kun" is "eikun"
        said = [both, *said[2:]]
    if not said or said[0] not in context["denials"].of(locale):
        return None
    marks = [at for at, word in enumerate(said) if word in context["meant"].of(locale)]
    if marks or said[0] in context["nots"].of(locale):
        marks += [at for at, word in enumerate(said) if word in context["instead"].of(locale)]
    if not marks or min(marks) >= NEAR or max(marks) + 1 == len(said):
        return None
    return " ".join(said[max(marks) + 1 :])
