"""An evening made known: invitations ready to be copied, and what stands on the poster."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from dialogs.dates import weekday_moment as moment
from dialogs.evenings.lines import theme, when
from dialogs.hosting.effects import Made, Published
from dialogs.hosting.model import Board
from dialogs.hosting.showing import Screen, back, called, fact, facts, hosting, step, where
from dialogs.mind import Mind
from dialogs.model import Reply, Say, State
from knowledge.parts import Locale

CHANNELS = ("email", "facebook", "web")
"""What there is an invitation for."""


@dataclass(frozen=True)
class Sheet:
    """What stands on a poster."""

    kind: str
    """What it is: an association evening."""
    title: str
    when_where: tuple[str, ...]
    """When and where, a line each."""
    facts: tuple[str, ...]
    """What else there is to know."""
    call: str
    """What to do."""
    link: str
    """Where, as QR code and in letters."""
    sender: str
    """Who invites."""


def sheet(mind: Mind, board: Board) -> Sheet:
    """The poster of an evening. It hangs on a wall in Finland: Finnish, with a line of Swedish."""
    evening = board.evening
    told = [fact(mind, key, value, "fi") for key, value in (("programme", evening.programme), ("catering", evening.catering)) if value]
    subject = [fact(mind, "theme", theme(mind, evening.theme, "fi"), "fi")] if evening.theme else []
    return Sheet(
        kind=mind.phrase("poster-kind", "fi"),
        title=called(mind, evening, "fi"),
        when_where=(when(evening, "fi"), where(mind, evening, "fi")),
        facts=(*subject, *told, mind.phrase("poster-sv", "sv")),
        call=mind.phrase("poster-call", "fi", closes=moment(evening.closes or evening.starts, "fi")),
        link=board.link,
        sender=mind.operator or "",
    )


def invitation(mind: Mind, board: Board, channel: str, locale: Locale) -> str:
    """An invitation as it can be sent."""
    evening = board.evening
    return mind.phrase(
        f"invite-{channel}",
        locale,
        title=called(mind, evening, locale),
        when=when(evening, locale),
        facts="\n".join(facts(mind, evening, locale)),
        closes=moment(evening.closes or evening.starts, locale),
        link=board.link,
        operator=mind.operator or "",
    ).strip()


def _texts(locale: Locale, mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    """The invitations, each in a message of its own, so that it is copied with one touch."""
    if board.evening.status == "draft":
        return hosting(state, Say.of(mind.phrase("hosting-draft-first", state.locale), (back(mind, state, board.evening.id),)))
    texts = tuple(Say.of(invitation(mind, board, channel, locale)) for channel in CHANNELS)
    return hosting(state, *texts, _ways(mind, state, board))


def _ways(mind: Mind, state: State, board: Board) -> Say:
    number = board.evening.id
    ways = (step(mind, state, name, f"{name}/{number}") for name in ("texts-fi", "texts-sv", "poster"))
    return Say.of(mind.phrase("hosting-invite", state.locale), (*ways, back(mind, state, number)))


def _invite(mind: Mind, state: State, board: Board, _: dt.datetime) -> Reply:
    return hosting(state, _ways(mind, state, board))


def published(mind: Mind, state: State, outcome: Published, now: dt.datetime) -> Reply:
    """It is out: who was told, the Finnish invitations, and the poster."""
    board, locale = outcome.board, state.locale
    first = mind.phrase("hosting-published", locale, title=called(mind, board.evening, locale), count=str(outcome.told), link=board.link)
    if not mind.accountable:
        first += "\n" + mind.phrase("hosting-not-accountable", locale)
    *texts, ways = _texts("fi", mind, state, board, now).says
    return hosting(state, Say.of(first), *texts, Say(ways.parts, ways.choices, file=outcome.poster))


def made(mind: Mind, state: State, outcome: Made, _: dt.datetime) -> Reply:
    """A file that was asked for."""
    text = mind.phrase(f"hosting-made-{outcome.paper}", state.locale)
    say = Say.of(text, (back(mind, state, outcome.board.evening.id),))
    return hosting(state, Say(say.parts, say.choices, file=outcome.file))


SCREENS: dict[str, Screen] = {"invite": _invite, "texts-fi": partial(_texts, "fi"), "texts-sv": partial(_texts, "sv")}
"""What is shown of one evening."""
