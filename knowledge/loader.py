"""YAML → Knowledge. Every problem is found in one pass and named with path, line and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from knowledge.forms import Form
from knowledge.parts import Entry, Names, Notice, Place, Region, Source, Term, Window, Words
from knowledge.schema import Answer, Area, Chat, ChecklistLine, Command, Context, Facet, FacetWords, Subscribable, Topic

DATA = Path(__file__).parent / "data"
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the content."""

    path: str
    """File, relative to the data folder's parent."""
    line: int
    """Line in it, from 1; 0 when it concerns the whole file."""
    field: str
    """Dotted path of the field."""
    message: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


class ContentError(Exception):
    """The content cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Knowledge:
    """Everything the bot knows, validated. Mappings keep the order of the files."""

    topics: Mapping[str, Topic]
    areas: Mapping[str, Area]
    facets: Mapping[Facet, FacetWords]
    chats: Mapping[str, Chat]
    commands: Mapping[str, Command]
    phrases: Mapping[str, Words]
    forms: Mapping[str, Form]
    themes: Mapping[str, Names]
    subscriptions: Mapping[str, Subscribable]
    checklist: Mapping[str, ChecklistLine]
    sources: Mapping[str, Source]
    notices: Mapping[str, Notice]
    windows: Mapping[str, Window]
    terms: tuple[Term, ...]
    places: Mapping[str, Place]
    context: Mapping[str, Context]
    typed: Mapping[str, Context]
    paths: Mapping[str, str] = field(default_factory=dict, compare=False)

    def answers(self) -> Iterator[tuple[str, Topic, Facet, Answer]]:
        """All answers as (name "topic/facet", topic, facet, answer)."""
        for topic in self.topics.values():
            for facet, answer in topic.answers.items():
                yield f"{topic.topic}/{facet}", topic, facet, answer

    def answer(self, name: str) -> tuple[Topic, Facet, Answer]:
        """The answer called "topic/facet", or a topic's first one for "topic". Raises KeyError when there is none."""
        slug, _, facet = name.partition("/")
        topic = self.topics[slug]
        key = Facet(facet) if facet else next(iter(topic.answers))
        return topic, key, topic.answers[key]

    def region(self, name: str) -> Region:
        """The region whose matter the answer called `name` tells: its own, else its topic's. Raises KeyError when there is none."""
        topic, _, answer = self.answer(name)
        return answer.region or topic.region


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]  # which of the two it is, is seen when the program runs
    """YAML where a key that stands twice is an error: the first of two would be lost without a word."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """A mapping. Raises ConstructorError for a second key of the same name."""
        keys: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # no key at all, as is said below
            if key.value in keys:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            keys.add(key.value)
        return super().construct_mapping(node, deep)


class _Reader:
    """Reads files under one folder and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.paths: dict[str, str] = {}

    def show(self, path: Path) -> str:
        return path.relative_to(self.root.parent.parent).as_posix()

    def raw(self, path: Path) -> Any:
        try:
            return yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
        except FileNotFoundError:
            self.problems.append(Problem(self.show(path), 0, "-", "the file is missing"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 0
            self.problems.append(Problem(self.show(path), line, "-", f"not readable as YAML: {' '.join(str(error).split())}"))
        return None

    def entry(self, kind: type[E], value: Any, path: Path, prefix: tuple[str | int, ...] = ()) -> E | None:
        try:
            return kind.model_validate(value)
        except ValidationError as error:
            text = path.read_text(encoding="utf-8")
            for detail in error.errors():
                where = prefix + tuple(part for part in detail["loc"] if part != "[key]")
                name = ".".join(str(part) for part in where) or "-"
                self.problems.append(Problem(self.show(path), line_of(text, where), name, _say(detail)))
            return None

    def mapping(self, kind: type[E], name: str) -> dict[str, E]:
        path = self.root / name
        found = {}
        for key, value in (self.raw(path) or {}).items():
            if (entry := self.entry(kind, value, path, (key,))) is not None:
                found[key] = entry
                self.paths.setdefault(key, self.show(path))  # a file of its own has the better claim to a name
        return found

    def mappings(self, kind: type[E], pattern: str) -> dict[str, E]:
        """Several files that make one mapping together."""
        found: dict[str, E] = {}
        for path in sorted(self.root.glob(pattern)):
            part = self.mapping(kind, path.relative_to(self.root).as_posix())
            self.problems += [Problem(self.show(path), 0, key, "stands in another file too") for key in part if key in found]
            found |= part
        return found

    def folder(self, kind: type[E], pattern: str) -> dict[str, E]:
        found = {}
        for path in sorted(self.root.glob(pattern)):
            value = self.raw(path)
            if value is not None and (entry := self.entry(kind, value, path)) is not None:
                if path.stem in found:
                    self.problems.append(Problem(self.show(path), 0, "-", f"a second file called {path.stem}"))
                found[path.stem] = entry
                self.paths[path.stem] = self.show(path)
        return found


def _say(detail: Any) -> str:
    given = detail.get("input")
    shown = f" (given: {str(given)[:60]!r})" if isinstance(given, str | int | bool) else ""
    return f"{detail['msg']}{shown}"


def line_of(text: str, where: tuple[str | int, ...]) -> int:
    """The line, from 1, of the field `where` in YAML `text`; of its nearest parent when it is not there."""
    node: Any = yaml.compose(text, Loader=_Loader)
    line = node.start_mark.line + 1 if node else 0
    for part in where:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            pair = (node.value[part], node.value[part])
        else:
            pair = None
        if pair is None:
            return line
        line, node = pair[0].start_mark.line + 1, pair[1]
    return line


def read(root: Path = DATA) -> tuple[Knowledge, list[Problem]]:
    """Read everything under `root`; the problems found so far come along instead of being raised."""
    reader = _Reader(root)
    outside = reader.mapping(Chat, "out_of_scope.yaml")
    terms = reader.mapping(Term, "glossary.yaml")
    facets = {Facet(key): words for key, words in reader.mapping(FacetWords, "facets.yaml").items() if key in set(Facet)}
    knowledge = Knowledge(
        topics=reader.folder(Topic, "topics/*/*.yaml"),
        areas=reader.mapping(Area, "areas.yaml"),
        facets=facets,
        chats=reader.folder(Chat, "system/*.yaml") | outside,
        commands=reader.mapping(Command, "commands.yaml"),
        phrases=reader.mappings(Words, "phrases/*.yaml"),
        forms=reader.folder(Form, "dialogs/*.yaml"),
        subscriptions=reader.mapping(Subscribable, "subscriptions.yaml"),
        themes=reader.mapping(Names, "themes.yaml"),
        checklist=reader.mapping(ChecklistLine, "checklist.yaml"),
        sources=reader.mapping(Source, "sources.yaml"),
        notices=reader.mapping(Notice, "notices.yaml"),
        windows=reader.mapping(Window, "windows.yaml"),
        terms=tuple(terms.values()),
        places=reader.mapping(Place, "places.yaml"),
        context=reader.mapping(Context, "context.yaml"),
        typed=reader.mapping(Context, "typed.yaml"),
        paths=reader.paths,
    )
    return knowledge, reader.problems


def load(root: Path = DATA) -> Knowledge:
    """Read everything under `root`. Raises ContentError with all problems when a file does not fit the schema."""
    knowledge, problems = read(root)
    if problems:
        raise ContentError(sorted(problems))
    return knowledge
