"""An answer as it is said: what is newer, the answer itself, what limits it, where it is from, and the next steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dialogs.dates import date, moment
from dialogs.mind import Mind, spoken
from dialogs.model import Choice, Part, Say, State
from knowledge.calendar import phase, telling
from knowledge.parts import Locale, Names, Place, Region, SourceRef
from knowledge.places import HOME, SILTA_AREA
from knowledge.schema import Answer, Facet, Topic, Variant

STEPS = 3
"""Choices offered beside an answer, the Finnish original included; more would be a menu to read."""
LOCAL = {Region.KANTA_HAME, Region.HAMEENLINNA}
"""Regions whose answers are told without saying that they are an example from elsewhere."""


def needs_place(answer: Answer) -> bool:
    """Whether the answer speaks of "your municipality", so that one must be known."""
    return "{kunta" in answer.fi or "{web}" in answer.fi


def is_local(mind: Mind, name: str) -> bool:
    """Whether the answer called `name` tells of the home region alone."""
    return mind.knowledge.region(name) in LOCAL


def checked_on(mind: Mind, name: str) -> dt.date:
    """The day the answer was last compared with its source."""
    topic, _, answer = mind.knowledge.answer(name)
    return answer.checked or topic.checked


def say_answer(mind: Mind, state: State, name: str, now: dt.datetime) -> Say:
    """The answer called `name` for this person. Raises KeyError when there is none."""
    topic, facet, answer = mind.knowledge.answer(name)
    place = mind.knowledge.places.get(state.place or "")
    variant = answer.places.get(state.place or "")
    parts = [
        *_newer(mind, state, topic, answer, now),
        Part("text", _filled(_text(variant or answer, state), place, state.locale)),
        *_limits(mind, state, name, place),
        *_stale(mind, state, name, now),
        Part("source", _sources(mind, state, topic, answer, variant)),
    ]
    translated = state.locale != "fi"
    choices = [choice(mind, step, topic.topic, state.locale) for step in answer.next[: STEPS - translated]]
    if translated:
        choices.append(Choice(mind.phrase("original", state.locale), f"original:{topic.topic}/{facet}"))
    return Say(tuple(parts), tuple(choices))


def choice(mind: Mind, step: str, current: str | None, locale: Locale) -> Choice:
    """The button for a next step, seen from the topic `current`: an answer, or a command ("/illat")."""
    if step.startswith("/"):
        command = mind.knowledge.commands[step.removeprefix("/")]
        return Choice(getattr(command.description, locale), command.does)
    topic, facet, answer = mind.knowledge.answer(step)
    label: Names = answer.label or (mind.knowledge.facets[facet].label if _by_facet(mind, topic, facet, current) else topic.title)
    text: str = getattr(label, locale)
    return Choice(text + _from_elsewhere(mind, topic, current, locale), f"answer:{topic.topic}/{facet}")


def _from_elsewhere(mind: Mind, topic: Topic, current: str | None, locale: Locale) -> str:
    """The region of an example from elsewhere, so that its button is not taken for a rule of here."""
    same = current is not None and mind.knowledge.topics[current].region == topic.region
    if same or topic.region in (*LOCAL, Region.FINLAND, Region.POHJOIS_POHJANMAA):
        return ""
    return f" ({mind.phrase(f'short-{topic.region}', locale)})"


def _by_facet(mind: Mind, topic: Topic, facet: Facet, current: str | None) -> bool:
    return topic.topic == current and facet in mind.knowledge.facets


def _text(entry: Answer | Variant, state: State) -> str:
    if state.locale == "fi":
        return (entry.selko if state.selko else None) or entry.fi
    return entry.sv if state.locale == "sv" else entry.en


def _filled(text: str, place: Place | None, locale: Locale) -> str:
    if place is None:
        return text
    values = {"kunta": place.name(locale), "kunnan": place.genitive, "kunnassa": place.inside, "web": place.web or ""}
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _newer(mind: Mind, state: State, topic: Topic, answer: Answer, now: dt.datetime) -> Iterator[Part]:
    for key in dict.fromkeys((*topic.newer, *answer.newer)):
        yield Part("newer", spoken(mind.knowledge.notices[key].text, state.locale, selko=state.selko))
    window = telling((mind.knowledge.windows[key] for key in answer.windows), now)
    if window is not None and phase(window, now) != "ended":  # what is over, the answer itself tells as past
        opens, closes = moment(window.opens, state.locale), moment(window.closes, state.locale)
        name = spoken(window.name, state.locale)
        yield Part("newer", mind.phrase(f"window-{phase(window, now)}", state.locale, name=name, opens=opens, closes=closes))


def _stale(mind: Mind, state: State, name: str, now: dt.datetime) -> Iterator[Part]:
    if now.date() > mind.knowledge.answer(name)[0].review_by:
        yield Part("note", mind.phrase("stale", state.locale, date=date(checked_on(mind, name), state.locale)))


def _limits(mind: Mind, state: State, name: str, place: Place | None) -> Iterator[Part]:
    topic, _, answer = mind.knowledge.answer(name)
    region = mind.knowledge.region(name)
    named = mind.phrase(f"region-{region}", state.locale)
    if region not in (*LOCAL, Region.FINLAND):
        year = str(mind.knowledge.sources[(answer.source or topic.source).id].year)
        yield Part("note", mind.phrase("example-from", state.locale, selko=state.selko, region=named, year=year))
    elif place is not None and _elsewhere(region, state.place or "", place):
        yield Part("note", mind.phrase("not-here", state.locale, region=named, place=place.name(state.locale)))


def _elsewhere(region: Region, key: str, place: Place) -> bool:
    if region is Region.HAMEENLINNA:
        return key not in SILTA_AREA and key != HOME
    return region is Region.KANTA_HAME and place.region != HOME


def _sources(mind: Mind, state: State, topic: Topic, answer: Answer, variant: Variant | None) -> str:
    own = (variant.source if variant else None) or answer.source or topic.source
    notices = [mind.knowledge.notices[key].source for key in dict.fromkeys((*topic.newer, *answer.newer))]
    notices += [mind.knowledge.windows[key].source for key in answer.windows]
    cited = list(dict.fromkeys(_cited(mind, ref, state.locale) for ref in (*notices, own)))
    line = mind.phrase("source" if len(cited) == 1 else "sources", state.locale, sources=" · ".join(cited))
    confirmed = answer.confirmed or topic.confirmed
    marks = [mind.phrase("translated", state.locale)] if state.locale != "fi" else []
    marks += [mind.phrase("selko-mark", state.locale)] if state.selko and answer.selko and state.locale == "fi" else []
    marks += [mind.phrase("confirmed", state.locale, by=confirmed.by, date=date(confirmed.on, state.locale))] if confirmed else []
    return line + "".join(f" ({mark})" for mark in marks)


def _cited(mind: Mind, ref: SourceRef, locale: Locale) -> str:
    source = mind.knowledge.sources[ref.id]
    year = mind.phrase("read-in", locale, year=str(source.year)) if source.undated else str(source.year)
    title = f"{spoken(source.title, locale)} {year}"
    if ref.section is None:
        return title
    numbered = ref.section.replace(".", "").replace(", ", "").isdigit()
    return f"{title}, {mind.phrase('section', locale, section=ref.section) if numbered else ref.section}"
