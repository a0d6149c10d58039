"""After an evening: the summary to those who came, what they thought of it, and how that is shown."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from dialogs import guiding
from dialogs.choosing import identity
from dialogs.hosting import people
from dialogs.hosting.guests import Comment, Rate, Rated, Summarise
from dialogs.hosting.model import Board, reachable
from dialogs.hosting.model import people as heads
from dialogs.hosting.showing import back, called, hosting, noted, step
from dialogs.mind import Mind
from dialogs.model import Open, Reply, Say, State

STARS = range(1, 6)


def after(mind: Mind, state: State, board: Board, now: dt.datetime) -> Reply:
    """What is left to do once the evening is over."""
    evening, locale = board.evening, state.locale
    if now < evening.starts:
        text = mind.phrase("hosting-after-early", locale, title=called(mind, evening, locale))
        return hosting(state, Say.of(text, (back(mind, state, evening.id),)))
    stage = "sent" if board.summary_sent else "written" if evening.summary else "none"
    text = mind.phrase(f"hosting-after-{stage}", locale, title=called(mind, evening, locale), count=str(reachable(board.came)))
    if evening.summary:
        text += f"\n\n{evening.summary}"
    ways = {"none": ("summary",), "written": ("send", "summary", "results"), "sent": ("results",)}[stage]
    choices = (step(mind, state, f"after-{way}", f"{way}/{evening.id}") for way in ways)
    return hosting(state, Say.of(text, (*choices, back(mind, state, evening.id))))


def _summary(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    return guiding.begin(mind, state, "summary", {"id": board.evening.id, "title": called(mind, board.evening, state.locale)})


def summarised(mind: Mind, state: State, opened: Open, _: dt.datetime) -> Reply:
    """The text and the next date."""
    text, following = str(opened.filled["text"]), opened.filled.get("next")
    if (over := people.too_long(text)) > 0:
        again = guiding.begin(mind, state, "summary", opened.about)
        return noted(mind.phrase("unfit-long", state.locale, over=str(over), longest=str(people.LONGEST)), again)
    effect = Summarise(int(opened.about["id"] or 0), text, str(following) if following else None)
    return Reply(state, (), topic="hosting", effect=effect)


def _send(mind: Mind, state: State, board: Board, now: dt.datetime) -> Reply:
    """To whom, before it goes: those who came, or all who had seats where nobody was noted."""
    evening, count = board.evening, reachable(board.came)
    if not count:
        return noted(mind.phrase("hosting-nobody", state.locale), after(mind, state, board, now))
    text = mind.phrase("hosting-send-came" if board.arrived else "hosting-send-seated", state.locale, count=str(count))
    choices = (step(mind, state, "do-send", f"send-now/{evening.id}"), step(mind, state, "do-not-send", f"after/{evening.id}"))
    return hosting(state, Say.of(text, choices))


def _results(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """What those who came thought: average, how many gave what, their words without names."""
    locale, given = state.locale, [guest.rating for guest in board.guests if guest.rating]
    lines = [called(mind, board.evening, locale), mind.phrase("results-came", locale, people=str(heads(board.arrived)))]
    if not given:
        lines.append(mind.phrase("results-none", locale))
    else:
        average = f"{sum(given) / len(given):.1f}"
        lines.append(mind.phrase("results", locale, count=str(len(given)), average=average if locale == "en" else average.replace(".", ",")))
        counts = Counter(given)
        lines += [f"{star}: {counts[star]}" for star in reversed(STARS)]
    words = [f"– {guest.comment}" for guest in board.guests if guest.comment]
    lines += [mind.phrase("results-words", locale), *words] if words else []
    return hosting(state, Say.of("\n".join(lines), (back(mind, state, board.evening.id),)))


def rate(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """A number of stars was chosen under a summary: "<registration>=<stars>"."""
    registration, stars = value.split("=")
    if int(stars) not in STARS:
        raise ValueError(stars)
    return Reply(state, (), topic="rating", effect=Rate(identity(registration), int(stars)))


def rated(mind: Mind, state: State, outcome: Rated, _: dt.datetime) -> Reply:
    """Thanks, and a word if they like."""
    return guiding.begin(mind, state, "rate-word", {"id": outcome.registration, "title": outcome.title})


def worded(mind: Mind, state: State, opened: Open, _: dt.datetime) -> Reply:
    """A word, or none."""
    word = opened.filled["word"]
    if word is None:
        return Reply(state, (Say.of(mind.phrase("rating-thanks", state.locale, selko=state.selko)),), topic="rating")
    return Reply(state, (), topic="rating", effect=Comment(int(opened.about["id"] or 0), str(word)))


SCREENS = {"after": after, "summary": _summary, "send": _send, "results": _results}
"""What is shown of one evening."""
