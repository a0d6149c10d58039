"""What did a message mean? One matcher per language over every answer and every kind of talk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.language import Languages
from knowledge.lexicon import read_lexicon
from knowledge.loader import Knowledge
from knowledge.matcher import Match, Matcher
from knowledge.morphology import Analyse, analyser
from knowledge.parts import LOCALES, Locale, Sentences
from knowledge.places import HOME, Places
from knowledge.schema import Facet
from knowledge.store import digest, kept

CHAT = "chat:"
FACET = "facet:"
KIN = {"topic": 1.0, "family": 0.7, "area": 0.5, "facet": 0.5}
"""What an utterance of one answer is worth for another of the same topic, family, area or facet; chosen on data."""
_MARK = {True: "xkotikunta", False: "xmuukunta"}
"""Word added to a message that names a municipality, so that all of them teach the matcher the same thing."""


class Understanding:
    """Fitted once from the content, then read-only."""

    def __init__(self, knowledge: Knowledge, cache: Path | None = None) -> None:
        """Fit on `knowledge`, or read what was fitted before from the folder `cache`."""
        self._knowledge = knowledge
        self._cache = cache
        self._analyse: dict[Locale, Analyse] = {locale: analyser(locale, read_lexicon() if locale == "fi" else None) for locale in LOCALES}
        self.places = Places(knowledge.places, lambda word: self._analyse["fi"](word).known)
        found = {name: answer.utterances for name, _, _, answer in knowledge.answers()}
        found |= {f"{CHAT}{name}": chat.utterances for name, chat in knowledge.chats.items()}
        self.languages = Languages({locale: [text for s in found.values() for text in s.of(locale)] for locale in LOCALES})
        self._matchers = {locale: self._fitted("answers", locale, self._meanings(found, locale)) for locale in LOCALES}
        facets = {f"{FACET}{facet}": words.utterances for facet, words in knowledge.facets.items()}
        self._facets = {locale: self._fitted("facets", locale, {name: s.of(locale) for name, s in facets.items()}) for locale in LOCALES}
        names = {topic.topic: topic.names for topic in knowledge.topics.values()}
        self._names = {locale: self._fitted("names", locale, {name: s.of(locale) for name, s in names.items()}) for locale in LOCALES}

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

    def _groups(self, name: str) -> dict[str, float]:
        """What an answer is kin to, and how much: its topic, the larger topic, the area, and its facet everywhere."""
        slug, _, facet = name.partition("/")
        topic = self._knowledge.topics.get(slug)
        if topic is None:
            return {f"kind {self._knowledge.chats[name.removeprefix(CHAT)].kind}": KIN["area"]}
        area = self._knowledge.paths[slug].split("/")[-2]
        groups = {f"topic {slug}": KIN["topic"], f"family {topic.part_of or slug}": KIN["family"]}
        return groups | {f"area {area}": KIN["area"], f"facet {facet}": KIN["facet"]}

    def _marked(self, text: str) -> str:
        """`text` with a word for each municipality in it, home or other."""
        places = [self.places[found.key] for found in self.places.find(text)]
        marks = sorted({_MARK[place.region == HOME] for place in places})
        return " ".join([text, *marks])

    def _meanings(self, found: Mapping[str, Sentences], locale: Locale) -> dict[str, Sequence[str]]:
        """Examples of every answer and every kind of talk; a topic's names mean its first answer."""
        examples = {name: [*sentences.of(locale)] for name, sentences in found.items()}
        for slug, topic in self._knowledge.topics.items():
            examples[f"{slug}/{next(iter(topic.answers))}"] += topic.names.of(locale)
        return {name: texts for name, texts in examples.items() if texts}

    def _fitted(self, what: str, locale: Locale, examples: Mapping[str, Sequence[str]]) -> Matcher:
        kin = {name: self._groups(name) for name in examples} if what == "answers" else {}
        analyse = self._analyse[locale]

        def fit() -> Matcher:
            marked = {name: [self._marked(text) for text in texts] for name, texts in examples.items()}
            return Matcher.from_examples(marked, locale, analyse=analyse, kin=kin)

        return kept(self._cache, f"{what}-{locale}", digest(examples, kin), analyse, fit)


def tests(knowledge: Knowledge) -> Iterator[tuple[str, Locale, str]]:
    """Every test sentence as (name, locale, sentence); the matcher has seen none of them."""
    for name, _, _, answer in knowledge.answers():
        yield from ((name, locale, text) for locale in LOCALES for text in answer.tests.of(locale))
    for name, chat in knowledge.chats.items():
        yield from ((f"{CHAT}{name}", locale, text) for locale in LOCALES for text in chat.tests.of(locale))
