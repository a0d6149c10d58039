"""What a turn needs besides state and text: the content, how it is understood, and who runs the bot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.loader import Knowledge
from knowledge.parts import LOCALES, Locale, Words
from knowledge.text import normalise, words
from knowledge.understanding import Understanding


@dataclass(frozen=True)
class Mind:
    """Built once when the program starts, then read-only."""

    knowledge: Knowledge
    understanding: Understanding
    operator: str | None = None
    """Who runs this bot; None when nobody has said."""
    contact: str | None = None
    """Where whoever runs it can be reached: an e-mail address or a phone number."""

    @property
    def accountable(self) -> bool:
        """Whether it is known who answers for personal data; without that nothing personal is asked for."""
        return bool(self.operator and self.contact)

    @cached_property
    def said(self) -> dict[str, str]:
        """Sentences that are commands, word for word, and the data of the choice each stands for."""
        phrases = ((phrase, command.does) for command in self.knowledge.commands.values() for locale in LOCALES for phrase in command.said.of(locale))
        return {" ".join(words(normalise(phrase))): does for phrase, does in phrases}

    @classmethod
    def of(cls, knowledge: Knowledge, operator: str | None = None, cache: Path | None = None, contact: str | None = None) -> Mind:
        """Fit the understanding on `knowledge` (seconds the first time; then it is read from the folder `cache`)."""
        return cls(knowledge, Understanding(knowledge, cache), operator, contact)

    def phrase(self, key: str, locale: Locale, *, selko: bool = False, **filled: str) -> str:
        """One of the bot's own sentences, with its {names} filled in. Raises KeyError when there is none called `key`."""
        return spoken(self.knowledge.phrases[key], locale, selko=selko).format(**filled)


def spoken(words: Words, locale: Locale, *, selko: bool = False) -> str:
    """`words` in `locale`; in Easy Finnish where that is wanted and exists."""
    if locale == "fi":
        return (words.selko if selko else None) or words.fi
    return words.sv if locale == "sv" else words.en
