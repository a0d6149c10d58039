"""What did a message mean? One matcher per language over every answer and every kind of talk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.language import Languages
from knowledge.lexicon import read_lexicon
from knowledge.loader import Knowledge
from knowledge.matcher import Match, Matcher
from knowledge.morphology import Analyse, analyser
from knowledge.parts import LOCALES, Locale, Region, Sentences
from knowledge.places import HOME, Places
from knowledge.regression import Matrix
from knowledge.schema import Facet
from knowledge.store import digest, kept
from knowledge.text import RECENT, normalise, words

CHAT = "chat:"
AREA, KIND = "area ", "kind "
"""Beginnings of the names of groups: areas of answers, kinds of talk."""
EXAMPLES_FROM = frozenset({Region.PAIJAT_HAME, Region.VARSINAIS_SUOMI})
"""Regions other than the home region that have answers of their own."""
NAMED_REGION = {True: 1.3, False: 0.75}
"""Weight of such a region's answers when a place of it, or only another place, is named."""
WHAT_IS: dict[Locale, str] = {"fi": "mikä on {}", "sv": "vad är {}", "en": "what is {}"}
"""The question that every name of a topic makes."""
ASKED = 0.5
"""Weight of what the questions of a long message mean by themselves, beside the whole of it."""
GAP = 0.95
"""Weight of an answer that only says what is not known: with equal likeness a real answer goes first."""
KIN = {"topic": 1.0, "family": 0.7, "area": 0.5, "facet": 0.5, "crisis": 1.5}
"""What an utterance of one answer is worth for another of the same topic, family, area or facet; chosen on data."""
HEAD_START = {"topic": 0.22, "family": 0.15, "facet": 0.30}
"""What is added to the score of a follow-up's answers: of the same topic, of its family, and for the facet that is asked."""
_MARK = {True: "xkotikunta", False: "xmuukunta"}
"""Word added to a message that names a municipality, so that all of them teach the matcher the same thing."""


class Understanding:
    """Fitted once from the content, then read-only."""

    def __init__(self, knowledge: Knowledge, cache: Path | None = None) -> None:
        """Fit on `knowledge`, or read what was fitted before from the folder `cache`."""
        self._knowledge = knowledge
        self._cache = cache
        self._besides = f"{knowledge.places} {knowledge.context['county']}"
        self._recent: dict[tuple[Locale, str], Matrix] = {}
        self._analyse: dict[Locale, Analyse] = {locale: analyser(locale, read_lexicon() if locale == "fi" else None) for locale in LOCALES}
        self.places = Places(knowledge.places, lambda word: self._analyse["fi"](word).known)
        found = {name: answer.utterances for name, _, _, answer in knowledge.answers()}
        found |= {f"{CHAT}{name}": chat.utterances for name, chat in knowledge.chats.items()}
        self.languages = Languages({locale: [text for s in found.values() for text in s.of(locale)] for locale in LOCALES})
        self._matchers = {locale: self._fitted("answers", locale, self._meanings(found, locale)) for locale in LOCALES}
        self._of_region = {locale: {region: self._in_region(region, locale) for region in EXAMPLES_FROM} for locale in LOCALES}
        self._prior = {locale: self._weighed({False: 1.0, True: GAP}, self._is_gap, locale) for locale in LOCALES}
        self._matter = {locale: self._weighed({False: 1.0, True: 0.0}, self._is_small_talk, locale) for locale in LOCALES}
        facets = {str(facet): words.utterances for facet, words in knowledge.facets.items()}
        self._facets = {locale: self._fitted("facets", locale, {name: s.of(locale) for name, s in facets.items()}) for locale in LOCALES}
        self._asking = {
            locale: frozenset(word for found in facets.values() for text in found.of(locale) for word in words(normalise(text))) for locale in LOCALES
        }
        names = {topic.topic: topic.names for topic in knowledge.topics.values()}
        self._names = {locale: self._fitted("names", locale, {name: s.of(locale) for name, s in names.items()}) for locale in LOCALES}

    def rank(self, text: str, locale: Locale, limit: int = 10) -> list[Match]:
        """Answers ("topic/facet") and talk ("chat:greeting") that `text` may mean, best first."""
        return self._matchers[locale].named(self._scores(text, locale), limit)

    def rank_pieces(self, pieces: Mapping[str, float], asked: Sequence[str], locale: Locale, limit: int = 10) -> list[Match]:
        """What a long message may mean: for each meaning the best of its `pieces` counts, each with its weight. Small talk is left out.

        What is `asked` in it is heard once more, because the story around a question drowns it.
        """
        scores = np.max([weight * self._scores(piece, locale) for piece, weight in pieces.items()], axis=0)
        if asked:
            scores += ASKED * np.max([self._scores(sentence, locale) for sentence in asked], axis=0)
        return self._matchers[locale].named(scores * self._matter[locale], limit)

    def scope(self, text: str, locale: Locale) -> float:
        """How much `text` belongs to what the bot knows at all: the best area against the rest of the world; about -1 to 1.

        A single answer may be hard to tell from its neighbours while it is plain what area is meant.
        """
        groups = self._groups_of(text, locale)
        return _best_area(groups) - groups.get(f"{KIND}outside", 0.0)

    def alarm(self, text: str, locale: Locale) -> float:
        """How much `text` speaks of a crisis, against all that the bot knows and the rest of the world; about -1 to 1."""
        groups = self._groups_of(text, locale)
        return groups.get(f"{KIND}crisis", 0.0) - max(_best_area(groups), groups.get(f"{KIND}outside", 0.0))

    def _groups_of(self, text: str, locale: Locale) -> dict[str, float]:
        matcher = self._matchers[locale]
        return dict(zip(matcher.groups, self._scores(text, locale)[len(matcher.names) :].tolist(), strict=True))

    def _scores(self, text: str, locale: Locale) -> Matrix:
        """Scores of all meanings, then groups; the last few are kept, because a turn asks for the same text more than once."""
        key = (locale, text)
        if key not in self._recent:
            if len(self._recent) >= RECENT:
                self._recent.pop(next(iter(self._recent)))
            self._recent[key] = self._matchers[locale].scores(self._marked(text, locale)) * self._prior_for(text, locale)
        return self._recent[key]

    def _prior_for(self, text: str, locale: Locale) -> Matrix:
        """A place that is named speaks for the answers of its region, and against those of other single regions."""
        regions = {self.places[found.key].region for found in self.places.find(text)}
        if not regions:
            return self._prior[locale]
        prior = self._prior[locale].copy()
        for region, its in self._of_region[locale].items():
            prior[its] *= NAMED_REGION[region in regions]
        return prior

    def rank_after(self, text: str, topic: str, locale: Locale, limit: int = 10) -> list[Match]:
        """What `text` may mean right after `topic` was talked about: its answers get a head start, those of its family a smaller one."""
        names = self._matchers[locale].names
        family = set(self.family(topic))
        asked = self.asked(text, locale)
        starts = np.array([_head_start(name, topic, family, asked) for name in names], dtype=np.float32)
        return self._matchers[locale].named(self._scores(text, locale)[: len(names)] + starts, limit)

    def asked(self, text: str, locale: Locale) -> dict[str, float]:
        """How much `text` alone asks for each facet: "entä milloin" asks for when."""
        return {match.name: match.score for match in self._facets[locale].rank(text, len(Facet))}

    def only_asks(self, text: str, locale: Locale) -> bool:
        """Whether all words of `text` are such as ask for a facet of whatever topic: "kuinka usein", "och för vem"."""
        return self._asking[locale].issuperset(words(normalise(text)))

    def topic(self, text: str, locale: Locale) -> Match:
        """The topic whose name `text` comes nearest to."""
        return self._names[locale].rank(text, 1)[0]

    def family(self, topic: str) -> list[str]:
        """`topic` itself, the one it is part of, and those that are part of either."""
        parent = self._knowledge.topics[topic].part_of
        heads = {topic, parent} - {None}
        return [name for name, other in self._knowledge.topics.items() if name in heads or other.part_of in heads]

    def detect(self, text: str, current: Locale | None, prior: Locale = "fi") -> Locale:
        """The language of `text`; `prior` is the guess for a first message that might be in either of two."""
        return self.languages.detect(text, current, prior)

    def _groups(self, name: str) -> dict[str, float]:
        """What an answer is kin to, and how much: its topic, the larger topic, the area, and its facet everywhere."""
        slug, _, facet = name.partition("/")
        topic = self._knowledge.topics.get(slug)
        if topic is None:
            kind = self._knowledge.chats[name.removeprefix(CHAT)].kind
            return {f"{KIND}{kind}": KIN["crisis" if kind == "crisis" else "area"]}
        area = self._knowledge.paths[slug].split("/")[-2]
        groups = {f"topic {slug}": KIN["topic"], f"family {topic.part_of or slug}": KIN["family"]}
        return groups | {f"{AREA}{area}": KIN["area"], f"facet {facet}": KIN["facet"]}

    def _marked(self, text: str, locale: Locale) -> str:
        """`text` with a word for each municipality in it, home or other; but not when the county itself is named."""
        if self._knowledge.context["county"].of(locale) & set(words(normalise(text))):
            return text
        places = [self.places[found.key] for found in self.places.find(text)]
        marks = sorted({_MARK[place.region == HOME] for place in places})
        return " ".join([text, *marks])

    def _weighed(self, weights: Mapping[bool, float], test: Callable[[str], bool], locale: Locale) -> Matrix:
        return np.array([weights[test(name)] for name in self._columns(locale)], dtype=np.float32)

    def _columns(self, locale: Locale) -> tuple[str, ...]:
        return self._matchers[locale].names + self._matchers[locale].groups

    def _in_region(self, region: Region, locale: Locale) -> npt.NDArray[np.bool_]:
        return np.array([self._is_answer(name) and self._knowledge.region(name) == region for name in self._columns(locale)])

    def _is_answer(self, name: str) -> bool:
        return name.partition("/")[0] in self._knowledge.topics

    def _is_gap(self, name: str) -> bool:
        return self._is_answer(name) and self._knowledge.answer(name)[2].gap

    def _is_small_talk(self, name: str) -> bool:
        return name.startswith(CHAT) and self._knowledge.chats[name.removeprefix(CHAT)].kind in ("chitchat", "command")

    def _meanings(self, found: Mapping[str, Sentences], locale: Locale) -> dict[str, Sequence[str]]:
        """Examples of every answer and every kind of talk; a topic's name, and the question what it is, mean its first answer."""
        examples = {name: [*sentences.of(locale)] for name, sentences in found.items()}
        for slug, topic in self._knowledge.topics.items():
            names = topic.names.of(locale)
            examples[f"{slug}/{next(iter(topic.answers))}"] += [*names, *(WHAT_IS[locale].format(name) for name in names)]
        return {name: texts for name, texts in examples.items() if texts}

    def _fitted(self, what: str, locale: Locale, examples: Mapping[str, Sequence[str]]) -> Matcher:
        kin = {name: self._groups(name) for name in examples} if what == "answers" else {}
        analyse = self._analyse[locale]

        def fit() -> Matcher:
            marked = {name: [self._marked(text, locale) for text in texts] for name, texts in examples.items()}
            return Matcher.from_examples(marked, locale, analyse=analyse, kin=kin, report=(AREA, KIND))

        return kept(self._cache, f"{what}-{locale}", digest(examples, kin, self._besides), analyse, fit)


def _best_area(groups: Mapping[str, float]) -> float:
    return max((score for group, score in groups.items() if group.startswith(AREA)), default=0.0)


def _head_start(name: str, topic: str, family: set[str], asked: Mapping[str, float]) -> float:
    slug, _, facet = name.partition("/")
    if slug not in family:
        return 0.0
    near = HEAD_START["topic" if slug == topic else "family"]
    return near + HEAD_START["facet"] * asked.get(facet, 0.0) * (slug == topic)


def unseen(knowledge: Knowledge) -> Iterator[tuple[str, Locale, str]]:
    """Every test sentence as (name, locale, sentence); the matcher has seen none of them."""
    for name, _, _, answer in knowledge.answers():
        yield from ((name, locale, text) for locale in LOCALES for text in answer.tests.of(locale))
    for name, chat in knowledge.chats.items():
        yield from ((f"{CHAT}{name}", locale, text) for locale in LOCALES for text in chat.tests.of(locale))
