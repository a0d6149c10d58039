"""Municipalities in all their forms, and the words that only look like them."""

from __future__ import annotations

import pytest

from dialogs.mind import Mind
from knowledge.loader import Knowledge
from knowledge.places import HOME, forms


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("onko Hattulassa tilaa", ["hattula"]),
        ("entä forssas", ["forssa"]),
        ("Hämeenlinnasta Riihimäelle", ["hameenlinna", "riihimaki"]),
        ("hameenlinnassa", ["hameenlinna"]),
        ("lopella ja ypäjällä", ["loppi", "ypaja"]),
        ("asun Tammelassa", ["tammela"]),
        ("janakkalalainen yhdistys", ["janakkala"]),
        ("i Tavastehus", ["hameenlinna"]),
        ("föreningar i Jockis", ["jokioinen"]),
        ("Tampereella", ["tampere"]),
        ("Esbo eller Helsingfors", ["espoo", "helsinki"]),
        ("koskella", ["koski-tl"]),
        ("Koski Tl:n kunta", ["koski-tl"]),
        ("hatula", ["hattula"]),  # a typing error
        ("riihmäellä", ["riihimaki"]),
        ("Foorsa", ["forssa"]),  # another letter doubled than should be
        ("asun foorsassa", ["forssa"]),
        ("Tamellassa", ["tammela"]),
        ("första gången", []),
        ("Forsman soitti", []),
        ("lopussa kiitos seisoo", []),
        ("kesä loppui", []),
        ("hattu päähän", []),
        ("jokin yhdistys", []),
        ("salo on metsä", []),
        ("tarkoitin Janakkalaa, en Riihimäkeä", ["janakkala", "riihimaki"]),
        ("hälso- och sjukvårdslagen", []),  # nobody adds dots to Halso
        ("bara för stora organisationer", []),  # nor means Storå by "stora"
        ("muuttaisin Saloon", ["salo"]),
        ("kotka lensi", []),
        ("milloin haku on", []),
    ],
)
def test_places_in_text(mind: Mind, text: str, keys: list[str]) -> None:
    assert [found.key for found in mind.understanding.places.find(text)] == keys


def test_every_form_of_the_home_region_is_found(mind: Mind, knowledge: Knowledge) -> None:
    home = {key: place for key, place in knowledge.places.items() if place.region == HOME}
    assert len(home) == 12, "eleven municipalities and the region"
    for key, place in home.items():
        for form in forms(place):
            assert [found.key for found in mind.understanding.places.find(form.title())] == [key], form


def test_all_of_finland_is_known(knowledge: Knowledge) -> None:
    municipalities = [key for key, place in knowledge.places.items() if place.region != key]
    assert len(municipalities) == 308
    assert all(place.web for key, place in knowledge.places.items() if place.region == HOME and key != HOME)
    assert not [key for key, place in knowledge.places.items() if place.web and place.region != HOME]
