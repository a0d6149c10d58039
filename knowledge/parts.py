"""The small parts that content is made of: texts per locale, sources, notices, time windows, terms and places.

Every model is frozen and refuses unknown fields, so that a misspelt field is an error and not a silence.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Locale = Literal["fi", "sv", "en"]
LOCALES: tuple[Locale, ...] = ("fi", "sv", "en")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Label = Annotated[str, StringConstraints(min_length=2, max_length=32)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Region(StrEnum):
    """Where a rule or fact holds. Advice of one region is never given as another's."""

    KANTA_HAME = "kanta-hame"
    HAMEENLINNA = "hameenlinnan-seutu"
    POHJOIS_POHJANMAA = "pohjois-pohjanmaa"
    PAIJAT_HAME = "paijat-hame"
    VARSINAIS_SUOMI = "varsinais-suomi"
    FINLAND = "suomi"


class Entry(BaseModel):
    """Base of everything read from content: frozen, and strict about field names."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Names(Entry):
    """A short text in each locale: a title, a button, a phrase."""

    fi: Label
    """Finnish."""
    sv: Label
    """Swedish as spoken in Finland."""
    en: Label
    """English."""


class Words(Entry):
    """A sentence or more in each locale."""

    fi: str = Field(min_length=1, max_length=600)
    """Finnish: the original."""
    sv: str = Field(min_length=1, max_length=600)
    """Swedish."""
    en: str = Field(min_length=1, max_length=600)
    """English."""
    selko: str | None = Field(default=None, max_length=600)
    """Easy Finnish, where it differs."""


class Sentences(Entry):
    """What people type, in each locale."""

    fi: tuple[Sentence, ...] = ()
    """Finnish: written, spoken, keyword, the way people type on a phone."""
    sv: tuple[Sentence, ...] = ()
    """Swedish."""
    en: tuple[Sentence, ...] = ()
    """English."""

    def of(self, locale: Locale) -> tuple[str, ...]:
        """The sentences of one locale."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[locale]


class Source(Entry):
    """A document that facts come from."""

    title: Words
    """Its name as people would cite it, per locale."""
    year: int = Field(ge=1990, le=2100)
    """The year it speaks of, or was published."""
    region: Region
    """Where it holds."""
    undated: bool = False
    """True for a page without a date: `year` is then the year we read it, and that is said."""
    url: str | None = None
    """Public address without scheme, when it has one."""


class SourceRef(Entry):
    """Where in which document a fact stands."""

    id: Slug
    """Key in sources.yaml."""
    section: str | None = Field(default=None, max_length=60)
    """Chapter or heading in it, e.g. "3.3"; empty for short releases."""


class Confirmation(Entry):
    """An organisation's word that an answer holds."""

    by: str
    """The organisation."""
    on: dt.date
    """The day it said so."""


class Notice(Entry):
    """A later fact that changes how older answers must be read; it is said first."""

    text: Words
    """What is newer, in one or two sentences."""
    source: SourceRef
    """Where it comes from."""


class Window(Entry):
    """A time when something can be applied for."""

    name: Words
    """What opens, as in "Oma Hämeen avustushaku vuodelle 2026"."""
    opens: dt.datetime
    """Start, local time in Finland."""
    closes: dt.datetime
    """End, local time in Finland."""
    status: Literal["confirmed", "expected", "closed", "superseded"]
    """How sure the dates are. Only `confirmed` dates are ever told."""
    source: SourceRef
    """Where the dates come from."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError("closes must be later than opens")
        return self


class Term(Entry):
    """One concept and the words used for it in all three languages."""

    fi: str
    """Finnish."""
    sv: str
    """Swedish: the one word we use."""
    en: str
    """English: the one word we use."""
    sv_not: tuple[str, ...] = ()
    """Swedish words not to be used for it (whole-word beginnings, case ignored)."""
    en_not: tuple[str, ...] = ()
    """English words not to be used for it."""
    note: str = ""
    """Why, when it needs saying."""


class Place(Entry):
    """A municipality or region, with the forms from which the others follow."""

    fi: str
    """Finnish name."""
    sv: str
    """Swedish name; the Finnish one where there is none."""
    genitive: str
    """Finnish genitive: Hattulan, Riihimäen."""
    illative: str
    """Into or onto it: Hattulaan, Riihimäelle."""
    local: Literal["inner", "outer"]
    """Finnish local case: Hattulassa (inner) or Riihimäellä (outer)."""
    region: Slug
    """Its region."""
    web: str | None = None
    """Its own web address, where we send people."""
    forms: tuple[str, ...] = ()
    """Spoken or short forms that rules do not give: "Hml"."""
    also_word: bool = False
    """Whether the name is an ordinary word too (salo, kotka): in small letters and uninflected it is then not the place."""

    def name(self, locale: Locale) -> str:
        """What it is called in `locale`."""
        return self.sv if locale == "sv" else self.fi

    @property
    def inside(self) -> str:
        """Where one is there: Hattulassa, Riihimäellä, Jokioisilla."""
        if self.local == "outer":
            stem = self.illative.removesuffix("lle")
            return f"{stem}ll{back_or_front(stem)}"
        stem = self.genitive.removesuffix("n")
        return f"{stem}ss{back_or_front(stem)}"


def back_or_front(stem: str) -> str:
    """The vowel that Finnish harmony wants after `stem`: a or ä."""
    vowels = [c for c in stem.casefold() if c in "aouäöy"]
    return "a" if vowels and vowels[-1] in "aou" else "ä"
