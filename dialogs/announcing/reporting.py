"""How far an announcement is, and what became of it."""

from __future__ import annotations

from dialogs.announcing.model import Broadcast
from dialogs.mind import Mind
from knowledge.parts import Locale

BAR = 10
"""Places of the bar."""


def progress(mind: Mind, locale: Locale, one: Broadcast) -> str:
    """One line with a bar, for while it goes out."""
    counts = one.counts
    full = BAR * counts.done // max(1, counts.total)
    bar = "█" * full + "░" * (BAR - full)
    return mind.phrase("announce-progress", locale, bar=bar, done=str(counts.done), total=str(counts.total))


def report(mind: Mind, locale: Locale, one: Broadcast) -> str:
    """What became of it, in numbers; what is zero and tells nothing is left out."""
    counts = one.counts
    lines = [mind.phrase("report-sent", locale, sent=str(counts.sent), total=str(counts.total))]
    if counts.done < counts.total:
        lines.insert(0, progress(mind, locale, one))
    for name in ("blocked", "failed", "unknown", "late", "digest"):
        if (count := getattr(counts, name)) > 0:
            lines.append(mind.phrase(f"report-{name}", locale, count=str(count)))
    if one.status == "recalled":
        lines.append(mind.phrase("report-recalled", locale, recalled=str(counts.recalled), kept=str(counts.kept)))
    if one.seconds is not None:
        lines.append(mind.phrase("report-seconds", locale, seconds=str(round(one.seconds))))
    if one.presses:
        lines.append(mind.phrase("report-taps", locale, count=str(counts.taps)))
    return "\n".join(lines)
