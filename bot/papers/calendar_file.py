"""An evening for somebody's calendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event, vCalAddress, vText

from dialogs.evenings.model import Seat
from dialogs.mind import Mind
from dialogs.model import File

MADE_BY = "-//Siltabotti//fi"


def calendar_file(mind: Mind, seat: Seat, link: str, stamp: dt.datetime, sequence: int = 0) -> File:
    """The evening of `seat`; a later one with a higher `sequence` replaces it. It holds the code, and no names of people."""
    evening = seat.evening
    event = Event()
    event.add("uid", f"registration-{seat.id}@siltabotti")
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("sequence", sequence)
    event.add("summary", evening.title)
    event.add("dtstart", evening.starts)
    event.add("dtend", evening.ends)
    event.add("location", f"{evening.venue}, {mind.knowledge.places[evening.place].name(seat.locale)}")
    event.add("url", link)
    event.add("description", mind.phrase("calendar-description", seat.locale, code=seat.code, people=str(seat.people), link=link))
    if mind.operator and mind.contact:
        event.add("organizer", _organiser(mind.operator, mind.contact))
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return File(f"ilta-{evening.id}.ics", calendar.to_ical())


def _organiser(operator: str, contact: str) -> vCalAddress:
    """Whom to ask: an address, or a phone number."""
    address = vCalAddress(f"mailto:{contact}" if "@" in contact else f"tel:{''.join(c for c in contact if c.isdigit() or c == '+')}")
    address.params["cn"] = vText(operator)
    return address
