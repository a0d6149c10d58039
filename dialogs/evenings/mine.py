"""One's own registrations: seen, changed, cancelled."""

from __future__ import annotations

import datetime as dt

from dialogs import guiding
from dialogs.choosing import identity
from dialogs.evenings import lines
from dialogs.evenings.interest import described
from dialogs.evenings.lines import choice
from dialogs.evenings.model import Seat
from dialogs.evenings.own import Change, Changed, FindMine, Leave, Left, Mine, NotMore, SeatShown, ShowSeat
from dialogs.mind import Mind
from dialogs.model import Choice, File, Open, Part, Reply, Say, State

FORMS = ("change-people", "change-catering", "change-access", "change-wish")
"""One form for each thing that can be changed."""


def asked(_: Mind, state: State, __: str, ___: dt.datetime) -> Reply:
    """All of them."""
    return Reply(state, (), topic="mine", effect=FindMine())


def found(mind: Mind, state: State, outcome: Mine, _: dt.datetime) -> Reply:
    """What they have registered for, and what they want to be told of."""
    locale = state.locale
    parts = [Part("text", mind.phrase("mine-some" if outcome.seats else "mine-none", locale, selko=state.selko))]
    parts += [Part("text", f"– {lines.line(mind, seat, locale)}") for seat in outcome.seats]
    offers = tuple(Choice(seat.evening.title[: lines.LABEL], f"seat:{seat.id}") for seat in outcome.seats)
    for interest in outcome.interests:
        what = described(mind, interest, state)
        parts.append(Part("text", mind.phrase("mine-interest", locale, what=what)))
        offers = (*offers, choice(mind, locale, "interest-stop", f"unfollow:{interest.id}", what=what))
    return Reply(state, (Say(tuple(parts), (*offers, choice(mind, locale, "choice-evenings", "evenings:"))),), topic="mine")


def seat(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """One is to be seen."""
    return Reply(state, (), topic="mine", effect=ShowSeat(identity(value)))


def change(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """One thing of it is to be changed: "<id>/<slot>"."""
    number, slot = value.split("/")
    if f"change-{slot}" not in FORMS:
        raise ValueError(slot)
    return Reply(state, (), topic="mine", effect=ShowSeat(identity(number), slot))


def leave(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """It is to be cancelled: "<id>" is asked about, "<id>/yes" is not any more."""
    number, *sure = value.split("/")
    return Reply(state, (), topic="mine", effect=Leave(identity(number)) if sure == ["yes"] else ShowSeat(identity(number), "cancel"))


def keep(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """A seat that became free is taken."""
    return Reply(state, (), topic="mine", effect=ShowSeat(identity(value), "keep"))


def decline(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """A seat that became free is given on."""
    return Reply(state, (), topic="mine", effect=Leave(identity(value)))


def remind(_: Mind, state: State, value: str, __: dt.datetime) -> Reply:
    """Reminders on or off: "<id>/on"."""
    number, on = value.split("/")
    return Reply(state, (), topic="mine", effect=Change(identity(number), "reminders", on))


def shown(mind: Mind, state: State, outcome: SeatShown, _: dt.datetime) -> Reply:
    """One registration and what can be done with it."""
    seat, then = outcome.seat, outcome.then
    if f"change-{then}" in FORMS:
        return guiding.begin(mind, state, f"change-{then}", {"id": seat.id, "title": seat.evening.title})
    if then == "cancel":
        sure = (choice(mind, state.locale, "choice-leave-sure", f"leave:{seat.id}/yes"), choice(mind, state.locale, "choice-stay", f"seat:{seat.id}"))
        say = lines.say(mind, state, "leave-sure", sure, title=seat.evening.title, people=str(seat.people))
        return Reply(state, (say,), topic="mine")
    return _card(mind, state, seat, "seat-kept" if then == "keep" else None, outcome.file)


def confirmed(mind: Mind, state: State, opened: Open, _: dt.datetime) -> Reply:
    """A new value was told."""
    slot = opened.form.removeprefix("change-")
    value = opened.filled[slot] if slot == "people" else lines.answer(mind, opened, slot, state.locale)
    return Reply(state, (), topic="mine", effect=Change(int(opened.about["id"] or 0), slot, value))


def changed(mind: Mind, state: State, outcome: Changed, _: dt.datetime) -> Reply:
    """It is changed."""
    key = "seat-changed"
    if outcome.slot == "reminders":
        key = "reminders-on" if outcome.seat.reminders else "reminders-off"
    return _card(mind, state, outcome.seat, key)


def not_more(mind: Mind, state: State, outcome: NotMore, _: dt.datetime) -> Reply:
    """So many do not fit; nothing has changed."""
    offers = (choice(mind, state.locale, "choice-seat", f"seat:{outcome.seat.id}"),)
    say = lines.say(mind, state, "seat-not-more", offers, most=str(outcome.most), people=str(outcome.seat.people))
    return Reply(state, (say,), False, "mine")


def left(mind: Mind, state: State, outcome: Left, _: dt.datetime) -> Reply:
    """It is cancelled."""
    offers = (choice(mind, state.locale, "choice-evenings", "evenings:"),)
    return Reply(state, (lines.say(mind, state, "left", offers, title=outcome.seat.evening.title),), topic="mine")


def _card(mind: Mind, state: State, seat: Seat, note: str | None, file: File | None = None) -> Reply:
    locale = state.locale
    notes = (Part("note", mind.phrase(note, locale, selko=state.selko)),) if note else ()
    what = ["people", *(["catering"] if seat.evening.catering else []), "access", "wish"]
    changes = tuple(choice(mind, locale, f"change-{slot}", f"change:{seat.id}/{slot}") for slot in what)
    way = "off" if seat.reminders else "on"
    others = (choice(mind, locale, f"choice-reminders-{way}", f"remind:{seat.id}/{way}"), choice(mind, locale, "choice-leave", f"leave:{seat.id}"))
    text = Part("text", lines.registration(mind, seat, locale, selko=state.selko))
    return Reply(state, (Say((*notes, text), (*changes, *others), file=file),), topic="mine")
