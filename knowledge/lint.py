"""What the schema alone cannot see: links, counts, duplicates, terms, lengths. Every problem at once."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.form_lint import of_form
from knowledge.loader import DATA, Knowledge, Problem, line_of, read
from knowledge.parts import LOCALES, Locale, Sentences, SourceRef
from knowledge.schema import Answer, Chat, Topic

LEAST = {"utterances": {"fi": 8, "sv": 4, "en": 4}, "tests": {"fi": 3, "sv": 1, "en": 1}}
EVAL = Path(__file__).parents[2] / "shared" / "eval"
Finding = tuple[str, tuple[str | int, ...], str]


def check(root: Path = DATA, questions: Path = EVAL) -> tuple[Knowledge, list[Problem]]:
    """Read and lint the content under `root`. Returns what could be read and every problem, sorted by place."""
    knowledge, problems = read(root)
    findings = [
        *_topics(knowledge),
        *_chats(knowledge),
        *(finding for name, form in knowledge.forms.items() for finding in of_form(knowledge, name, form)),
        *_twice(knowledge),
        *_conflicts(knowledge),
        *_known_questions(knowledge, questions),
    ]
    return knowledge, sorted({*problems, *(_place(root, knowledge, f) for f in findings)})


def warnings(knowledge: Knowledge, today: dt.date) -> list[str]:
    """Topics whose time of review has passed: worth a look, never a failure."""
    late = [topic for topic in knowledge.topics.values() if topic.review_by < today]
    return [f"{knowledge.paths[topic.topic]}: not reviewed since {topic.checked}; was due {topic.review_by}" for topic in late]


def plain(text: str) -> str:
    """Letters and digits of `text` in lower case, words parted by one blank: how two sentences are told to be the same."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def _place(root: Path, knowledge: Knowledge, finding: Finding) -> Problem:
    key, where, message = finding
    path = knowledge.paths[key]
    full = root.parent.parent / path
    keyed = (key, *where) if full.stem != key else where
    return Problem(path, line_of(full.read_text(encoding="utf-8"), keyed), ".".join(map(str, keyed)), message)


def _topics(knowledge: Knowledge) -> Iterator[Finding]:
    for name, topic in knowledge.topics.items():
        if topic.topic != name:
            yield name, ("topic",), f"is {topic.topic!r} but the file is called {name!r}"
        if topic.part_of is not None and topic.part_of not in knowledge.topics:
            yield name, ("part_of",), f"no topic {topic.part_of!r}"
        yield from _keys(name, ("place",), filter(None, [topic.place]), knowledge.places)
        for locale in LOCALES:
            if not topic.names.of(locale):
                yield name, ("names", locale), "at least one name is needed"
        yield from _source(knowledge, name, (), topic.source)
        yield from _keys(name, ("newer",), topic.newer, knowledge.notices)
        for facet, answer in topic.answers.items():
            yield from _answer(knowledge, topic, ("answers", facet.value), answer)


def _answer(knowledge: Knowledge, topic: Topic, where: tuple[str, ...], answer: Answer) -> Iterator[Finding]:
    name = topic.topic
    yield from _source(knowledge, name, where, answer.source)
    yield from _keys(name, (*where, "newer"), answer.newer, knowledge.notices)
    yield from _keys(name, (*where, "windows"), answer.windows, knowledge.windows)
    yield from _keys(name, (*where, "places"), answer.places, knowledge.places)
    yield from _next(knowledge, name, where, answer.next)
    yield from _counts(name, where, answer)
    if {"resident", "volunteer"} & set(topic.audience) and not answer.selko and not answer.gap:
        yield name, (*where, "selko"), "Easy Finnish is needed, because residents or volunteers ask this"
    texts: dict[str, str | None] = {"fi": answer.fi, "sv": answer.sv, "en": answer.en, "selko": answer.selko}
    for locale, text in texts.items():
        yield from _words(knowledge, name, (*where, locale), locale, text or "")
    for place, variant in answer.places.items():
        yield from _words(knowledge, name, (*where, "places", place, "sv"), "sv", variant.sv)
        yield from _words(knowledge, name, (*where, "places", place, "en"), "en", variant.en)


def _source(knowledge: Knowledge, name: str, where: tuple[str, ...], ref: SourceRef | None) -> Iterator[Finding]:
    if ref is not None and ref.id not in knowledge.sources:
        yield name, (*where, "source", "id"), f"no source {ref.id!r} in sources.yaml"


def _keys(name: str, where: tuple[str, ...], keys: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    for key in keys:
        if key not in known:
            yield name, where, f"{key!r} is not known"


def _next(knowledge: Knowledge, name: str, where: tuple[str, ...], steps: Iterable[str]) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        try:
            if step.startswith("/"):
                knowledge.commands[step.removeprefix("/")]
            elif step != "areas":
                knowledge.answer(step)
        except (KeyError, ValueError):
            yield name, (*where, "next", index), f"no answer or command {step!r}"


def _counts(name: str, where: tuple[str, ...], entry: Answer | Chat) -> Iterator[Finding]:
    for part, least in LEAST.items():
        sentences: Sentences = getattr(entry, part)
        for locale in LOCALES:
            have = len(sentences.of(locale))
            if have < least[locale]:
                yield name, (*where, part, locale), f"{have} sentences; at least {least[locale]} are needed"


def _words(knowledge: Knowledge, name: str, where: tuple[str, ...], locale: str, text: str) -> Iterator[Finding]:
    if "!" in text:
        yield name, where, "no exclamation marks"
    if locale in ("sv", "en"):
        for term in knowledge.terms:
            for word in term.sv_not if locale == "sv" else term.en_not:
                if re.search(_banned(word), text, re.IGNORECASE):
                    good = term.sv if locale == "sv" else term.en
                    yield name, where, f"says {word!r}; the glossary's word for {term.fi!r} is {good!r}"


def _banned(word: str) -> str:
    """The pattern for a word of the glossary's lists: a beginning of a word, or with $ at its end the whole word."""
    whole = word.endswith("$")
    return rf"(?<!\w){re.escape(word.removesuffix('$'))}" + (r"(?!\w)" if whole else "")


def _chats(knowledge: Knowledge) -> Iterator[Finding]:
    for name, chat in knowledge.chats.items():
        yield from _next(knowledge, name, (), chat.next)
        yield from _counts(name, (), chat)
        yield from _words(knowledge, name, ("reply", "sv"), "sv", chat.reply.sv)
        yield from _words(knowledge, name, ("reply", "en"), "en", chat.reply.en)
    for name, area in knowledge.areas.items():
        yield from _next(knowledge, name, (), area.next)


def sentences(knowledge: Knowledge) -> Iterator[tuple[Finding, str]]:
    """Every utterance and test sentence, with where it stands (the finding's message is the owner's name)."""
    owners: list[tuple[str, str, tuple[str, ...], Answer | Chat]] = [
        (topic.topic, name, ("answers", facet.value), answer) for name, topic, facet, answer in knowledge.answers()
    ]
    owners += [(name, name, (), chat) for name, chat in knowledge.chats.items()]
    for key, owner, where, entry in owners:
        for part in LEAST:
            group: Sentences = getattr(entry, part)
            for locale in LOCALES:
                for index, text in enumerate(group.of(locale)):
                    yield (key, (*where, part, locale, index), owner), text


def _twice(knowledge: Knowledge) -> Iterator[Finding]:
    seen: dict[tuple[Locale, str], str] = {}
    for (key, where, owner), text in sentences(knowledge):
        part, locale = where[-3], where[-2]
        mark = (locale, plain(text))
        if mark in seen and mark[1]:
            yield key, where, f"{text!r} stands already in {seen[mark]}"
        seen[mark] = f"{owner} {part}"  # type: ignore[index]


def _conflicts(knowledge: Knowledge) -> Iterator[Finding]:
    values: dict[str, tuple[str, str]] = {}
    replaced = {old for _, _, _, answer in knowledge.answers() for old in answer.supersedes}
    for name, topic, facet, answer in knowledge.answers():
        yield from _keys(topic.topic, ("answers", facet.value, "supersedes"), answer.supersedes, {n for n, *_ in knowledge.answers()})
        if name in replaced:
            continue
        for fact, value in answer.facts.items():
            other, known = values.setdefault(fact, (name, value))
            if known != value:
                yield topic.topic, ("answers", facet.value, "facts", fact), f"is {value!r} here but {known!r} in {other}; use supersedes"


def _known_questions(knowledge: Knowledge, folder: Path) -> Iterator[Finding]:
    asked = {plain(text) for path in sorted(folder.glob("*.jsonl")) for text in _questions(path)} - {""}
    greetings = {name for name, chat in knowledge.chats.items() if chat.kind == "chitchat"}
    for (key, where, _), text in sentences(knowledge):
        if key not in greetings and plain(text) in asked:
            yield key, where, f"{text!r} equals a question of the evaluation; write your own"


def _questions(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row.get("question", "")
        yield from (turn["user"] for turn in row.get("turns", ()))
