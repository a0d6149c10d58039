"""Announcements without an application: whom they reach, when, and how long they may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.announcing.delivering import over
from dialogs.announcing.model import Audience, Wishes
from dialogs.announcing.model import Broadcast as Announcement
from dialogs.announcing.timing import due
from dialogs.mind import Mind
from tests.conftest import NOW


def test_how_many_characters_are_over(mind: Mind) -> None:
    one = Announcement(1, "draft", {"fi": "a" * 5_000, "sv": "b" * 10})
    assert set(over(mind, one)) == {"fi", "en"}
    assert over(mind, one)["fi"] == 5_000 + len("\n1 Lopeta tiedotteet") - 4_096
    assert over(mind, replace(one, texts={"fi": "a" * 4_000, "sv": "b", "en": "c"})) == {}
    assert set(over(mind, replace(one, texts={"fi": "a" * 1_020}, picture="x", picture_kind="photo"))) >= {"fi"}


@pytest.mark.parametrize(
    ("hour", "wishes", "day", "wanted"),
    [
        (12, Wishes(), 22, 12),
        (22, Wishes(), 23, 8),
        (3, Wishes(), 22, 8),
        (22, Wishes(quiet=None), 22, 22),
        (12, Wishes(quiet=(9, 17)), 22, 17),
        (12, Wishes(digest=9), 23, 9),
        (12, Wishes(digest=17), 22, 17),
    ],
)
def test_when_somebody_may_be_told(hour: int, wishes: Wishes, day: int, wanted: int) -> None:
    assert due(wishes, NOW.replace(hour=hour)) == NOW.replace(day=day, hour=wanted)


def test_whom_an_audience_reaches() -> None:
    grants = Wishes(topics=frozenset({"grants"}), places=frozenset({"hattula"}))
    assert Audience().reaches(grants)
    assert not Audience().reaches(Wishes())
    assert Audience(topics=frozenset({"grants", "premises"})).reaches(grants)
    assert not Audience(topics=frozenset({"premises"})).reaches(grants)
    assert Audience(places=frozenset({"hattula"})).reaches(grants)
    assert not Audience(places=frozenset({"forssa"})).reaches(grants)
    assert Audience(places=frozenset({"forssa"})).reaches(Wishes(topics=frozenset({"grants"})))
    assert not Audience(networks=frozenset({"ote-tiimi"}), topics=frozenset({"grants"})).reaches(grants)
    assert Audience(roles=frozenset({"admin"})).reaches(Wishes(), frozenset({"admin"}))
    assert not Audience(roles=frozenset({"admin"})).reaches(grants)
