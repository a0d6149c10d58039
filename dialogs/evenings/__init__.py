"""Association evenings as people meet them: what is coming, registering, one's own registrations, being told of the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.evenings import effects, interest, listing, mine, own, registering

if TYPE_CHECKING:
    from dialogs.effects import Outcome
    from dialogs.rooms import Confirmed, Kind, LookUp, Told

KINDS: dict[str, Kind] = {
    "evenings": listing.listed,
    "evening": listing.card,
    "register": registering.begin,
    "queue": registering.queue,
    "mine": mine.asked,
    "seat": mine.seat,
    "change": mine.change,
    "leave": mine.leave,
    "keep": mine.keep,
    "decline": mine.decline,
    "remind": mine.remind,
    "interest": interest.offered,
    "follow": interest.follow,
    "wished": interest.wished,
    "unfollow": interest.unfollow,
}
CONFIRMED: dict[str, Confirmed] = {
    registering.FORM: registering.confirmed,
    interest.FORM: interest.confirmed,
    **dict.fromkeys(mine.FORMS, mine.confirmed),
}
SUGGESTED: dict[tuple[str, str], LookUp] = {(registering.FORM, "association"): effects.LookUp}
OUTCOMES: dict[type[Outcome], Told] = {
    effects.Found: listing.found,
    effects.Shown: listing.shown,
    effects.Shut: listing.shut,
    effects.Alike: registering.alike,
    effects.Ready: registering.ready,
    effects.Registered: registering.registered,
    effects.NoRoom: registering.no_room,
    effects.TooMany: registering.too_many,
    own.Mine: mine.found,
    own.SeatShown: mine.shown,
    own.Changed: mine.changed,
    own.NotMore: mine.not_more,
    own.Left: mine.left,
    own.Followed: interest.followed,
}
