"""Registering: opening the form, and what comes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dialogs import guiding
from dialogs.choosing import identity
from dialogs.evenings import lines
from dialogs.evenings.effects import Alike, NoRoom, Prepare, Ready, Register, Registered, TooMany
from dialogs.evenings.interest import ways
from dialogs.evenings.lines import choice
from dialogs.evenings.model import Entry
from dialogs.mind import Mind
from dialogs.model import Open, Part, Reply, Say, State, Value

FORM = "register"


def begin(mind: Mind, state: State, value: str, _: dt.datetime) -> Reply:
    """Registering for an evening is wished for. Without somebody who answers for personal data it does not open."""
    if not mind.accountable:
        return _nobody_answers(mind, state)
    if state.open is not None and state.open.key == f"{FORM}-{value}":  # a second tap: what was told already is not lost
        return guiding.asking(mind, state.model_copy(update={"open": state.open.model_copy(update={"left": False})}))
    return Reply(state, (), topic=f"form:{FORM}", effect=Prepare(identity(value)))


def queue(mind: Mind, state: State, value: str, now: dt.datetime) -> Reply:
    """A place on the waiting list is wished for; all may have been told already."""
    if not mind.accountable:
        return _nobody_answers(mind, state)
    opened = state.open
    if opened is None or opened.key != f"{FORM}-{value}" or guiding.open_slot(mind, state) is not None:
        return Reply(state, (), topic=f"form:{FORM}", effect=Prepare(identity(value), queue=True))
    waits = opened.model_copy(update={"about": {**opened.about, "queue": 1}})
    return confirmed(mind, guiding.closed(state), waits, now)


def _nobody_answers(mind: Mind, state: State) -> Reply:
    ask = mind.operator or mind.phrase("register-ask-whom", state.locale)
    say = lines.say(mind, state, "register-not-open", (choice(mind, state.locale, "choice-evenings", "evenings:"),), ask=ask)
    return Reply(state, (say,), False, f"form:{FORM}")


def ready(mind: Mind, state: State, outcome: Ready, _: dt.datetime) -> Reply:
    """The form opens; when there is no seat left, the waiting list is offered first."""
    evening = outcome.evening
    if evening.free == 0 and not outcome.queue:
        offers = (choice(mind, state.locale, "choice-queue", f"queue:{evening.id}"), *ways(mind, state, evening.place)[:1])
        say = lines.say(mind, state, "register-full", offers, title=evening.title, waiting=str(evening.waiting))
        return Reply(state, (say,), topic=f"form:{FORM}")
    about: dict[str, Value] = {"id": evening.id, "title": evening.title, "when": lines.when(evening, state.locale), "queue": int(outcome.queue)}
    about |= {"catering": evening.catering, "most_people": evening.largest_group}
    if outcome.last is None:
        return guiding.begin(mind, state, FORM, about)
    reply = guiding.begin(mind, state, FORM, about, {"name": outcome.last.name, "association": outcome.last.association})
    note = Part("note", mind.phrase("register-known", state.locale, name=outcome.last.name, association=outcome.last.association))
    return replace(reply, says=(replace(reply.says[0], parts=(note, *reply.says[0].parts)),))


def alike(mind: Mind, state: State, outcome: Alike, _: dt.datetime) -> Reply:
    """The association's name is typed: one that is known may be meant."""
    return guiding.suggest(mind, state, "association", outcome.typed, outcome.names)


def confirmed(mind: Mind, state: State, opened: Open, _: dt.datetime) -> Reply:
    """All is told and consented to."""
    filled = {name: lines.answer(mind, opened, name, state.locale) for name in opened.filled}
    entry = Entry(
        name=filled["name"] or "",
        association=filled["association"] or "",
        people=int(filled["people"] or 1),
        catering=filled.get("catering"),
        access=filled.get("access"),
        wish=filled.get("wish"),
        locale=state.locale,
    )
    effect = Register(int(opened.about["id"] or 0), entry, bool(opened.about.get("queue")), opened)
    return Reply(state, (), topic=f"form:{FORM}", effect=effect)


def registered(mind: Mind, state: State, outcome: Registered, _: dt.datetime) -> Reply:
    """What they have now: seats with a code, or a place on the list."""
    seat, locale = outcome.seat, state.locale
    parts = [] if outcome.new else [Part("note", mind.phrase("registered-already", locale, selko=state.selko))]
    parts.append(Part("text", lines.registration(mind, seat, locale, selko=state.selko)))
    parts.append(Part("note", mind.phrase(f"registered-{seat.status}", locale, selko=state.selko)))
    offers = (choice(mind, locale, "choice-mine", "mine:"), choice(mind, locale, "choice-leave", f"leave:{seat.id}"))
    file = outcome.file if seat.status == "seated" else None
    return Reply(state, (Say(tuple(parts), offers, file=file),), topic="registered")


def no_room(mind: Mind, state: State, outcome: NoRoom, _: dt.datetime) -> Reply:
    """Fewer seats than people: wait together, or come with fewer. Nothing that was told is lost."""
    opened, free, locale = outcome.opened, outcome.evening.free or 0, state.locale
    key = "register-few" if free else "register-full-now"
    offers = (
        choice(mind, locale, "choice-queue", f"queue:{outcome.evening.id}"),
        *((choice(mind, locale, "choice-fewer", f"fix:{opened.key}/people"),) if free else ()),
        choice(mind, locale, "control-cancel", f"form:{opened.key}/cancel"),
    )
    say = lines.say(mind, state, key, offers, free=str(free), people=str(opened.filled["people"]), waiting=str(outcome.evening.waiting))
    return Reply(state.model_copy(update={"open": opened}), (say,), False, f"form:{FORM}")


def too_many(mind: Mind, state: State, outcome: TooMany, _: dt.datetime) -> Reply:
    """A group that is larger than may come: the number is asked again."""
    state = state.model_copy(update={"open": outcome.opened.model_copy(update={"asks": "people"})})
    note = Part("note", mind.phrase("register-too-many", state.locale, selko=state.selko, most=str(outcome.most)))
    question = guiding.question(mind, state)
    return Reply(state, (replace(question, parts=(note, *question.parts)),), False, f"form:{FORM}")
