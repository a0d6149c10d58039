"""The generated file of base forms: one line a word, so that nothing of the content is analysed at run time.

    avustuksen<TAB>avustus<TAB>avustaa

Run as a program it writes the file anew (`make lexicon`); `siltabotti check` says when that is due.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from knowledge.loader import DATA, Knowledge, load
from knowledge.morphology import Word, finnish
from knowledge.text import normalise, words

PATH = DATA / "lexicon.txt"


def content_words(knowledge: Knowledge) -> list[str]:
    """Every Finnish word that the matcher learns from, sorted."""
    texts: list[str] = [name for topic in knowledge.topics.values() for name in topic.names.fi]
    texts += [text for _, _, _, answer in knowledge.answers() for text in answer.utterances.fi]
    texts += [text for chat in knowledge.chats.values() for text in chat.utterances.fi]
    texts += [text for facet in knowledge.facets.values() for text in facet.utterances.fi]
    return sorted({word for text in texts for word in words(normalise(text))})


class Lexicon(Mapping[str, Word]):
    """The file's words. Lines are parsed when they are asked for: parsed ones take six times the memory."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._readings = dict(line.split("\t", 1) for line in lines)

    def __getitem__(self, word: str) -> Word:
        bases, parts = self._readings[word].split("\t")
        return Word(tuple(bases.removeprefix("?").split(",")), tuple(filter(None, parts.split(","))), not bases.startswith("?"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._readings)

    def __len__(self) -> int:
        return len(self._readings)


@lru_cache(maxsize=1)
def read_lexicon(path: Path = PATH) -> Lexicon:
    """The lexicon in `path`. A missing file is an empty one: everything still works, only slower."""
    return Lexicon(path.read_text(encoding="utf-8").splitlines() if path.exists() else ())


def write_lexicon(vocabulary: Iterable[str], path: Path = PATH) -> int:
    """Analyse `vocabulary` and write it; returns the number of words. An unknown word's base has a question mark before it."""
    lines = []
    for word in vocabulary:
        found = finnish(word)
        lines.append(f"{word}\t{'' if found.known else '?'}{','.join(found.bases)}\t{','.join(found.parts)}")
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{write_lexicon(content_words(load()))} words written to {PATH.name}\n")
