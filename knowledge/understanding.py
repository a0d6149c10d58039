"""What did a message mean? One matcher per language over every answer and every kind of talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.language import Languages
from knowledge.lexicon import read_lexicon
from knowledge.loader import Knowledge
from knowledge.matcher import Match, Matcher
from knowledge.morphology import Analyse, analyser
from knowledge.parts import LOCALES, Locale
from knowledge.places import HOME, Places
from knowledge.schema import Facet

CHAT = "chat:"
FACET = "facet:"
_MARK = {True: "xkotikunta", False: "xmuukunta"}
"""Word added to a message that names a municipality, so that all of them teach the matcher the same thing."""


@dataclass(frozen=True)
class Family:
    """Topics that belong together, so that a follow-up question is looked for among them."""

    answers: tuple[str, ...]
    """Names "topic/facet"."""


class Understanding:
    """Fitted once from the content, then read-only."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._analyse: dict[Locale, Analyse] = {locale: analyser(locale, read_lexicon() if locale == "fi" else None) for locale in LOCALES}
        self.places = Places(knowledge.places, lambda word: self._analyse["fi"](word).known)
        examples = {locale: self._examples(locale) for locale in LOCALES}
        self.languages = Languages({locale: [t for texts in examples[locale].values() for t in texts] for locale in LOCALES})
        self._matchers = {locale: Matcher.from_examples(examples[locale], locale, analyse=self._analyse[locale]) for locale in LOCALES}
        facets = {locale: {f"{FACET}{facet}": words.utterances.of(locale) for facet, words in knowledge.facets.items()} for locale in LOCALES}
        self._facets = {locale: Matcher.from_examples(facets[locale], locale, analyse=self._analyse[locale]) for locale in LOCALES}
        names = {locale: {topic.topic: topic.names.of(locale) for topic in knowledge.topics.values()} for locale in LOCALES}
        self._names = {locale: Matcher.from_examples(names[locale], locale, analyse=self._analyse[locale]) for locale in LOCALES}

    def rank(self, text: str, locale: Locale, limit: int = 10) -> list[Match]:
        """Answers ("topic/facet") and talk ("chat:greeting") that `text` may mean, best first."""
        return self._matchers[locale].rank(self._marked(text), limit)

    def within(self, text: str, topic: str, locale: Locale) -> list[Match]:
        """Only the answers of `topic` and its relatives, for a follow-up that leaves the topic out."""
        name = self._knowledge.topics[topic].names.of(locale)[0]
        relatives = set(self.family(topic))
        ranked = self._matchers[locale].rank(self._marked(f"{name} {text}"), 100_000)
        return [match for match in ranked if match.name.partition("/")[0] in relatives]

    def facet(self, text: str, locale: Locale) -> tuple[Facet, float]:
        """The facet that a fragment such as "entä milloin" asks for, and how surely."""
        best = self._facets[locale].rank(text, 1)[0]
        return Facet(best.name.removeprefix(FACET)), best.score

    def topic(self, text: str, locale: Locale) -> Match:
        """The topic whose name `text` comes nearest to."""
        return self._names[locale].rank(text, 1)[0]

    def family(self, topic: str) -> list[str]:
        """`topic` itself, the one it is part of, and those that are part of either."""
        parent = self._knowledge.topics[topic].part_of
        heads = {topic, parent} - {None}
        return [name for name, other in self._knowledge.topics.items() if name in heads or other.part_of in heads]

    def detect(self, text: str, current: Locale | None) -> Locale:
        """The language of `text`."""
        return self.languages.detect(text, current)

    def _marked(self, text: str) -> str:
        """`text` with a word for each municipality in it, home or other."""
        places = [self.places[found.key] for found in self.places.find(text)]
        marks = sorted({_MARK[place.region == HOME] for place in places})
        return " ".join([text, *marks])

    def _examples(self, locale: Locale) -> dict[str, list[str]]:
        named = {name: answer.utterances for name, _, _, answer in self._knowledge.answers()}
        named |= {f"{CHAT}{name}": chat.utterances for name, chat in self._knowledge.chats.items()}
        return {name: [self._marked(text) for text in utterances.of(locale)] for name, utterances in named.items()}


def tests(knowledge: Knowledge) -> Iterator[tuple[str, Locale, str]]:
    """Every test sentence as (name, locale, sentence); the matcher has seen none of them."""
    for name, _, _, answer in knowledge.answers():
        yield from ((name, locale, text) for locale in LOCALES for text in answer.tests.of(locale))
    for name, chat in knowledge.chats.items():
        yield from ((f"{CHAT}{name}", locale, text) for locale in LOCALES for text in chat.tests.of(locale))
