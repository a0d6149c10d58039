"""A bad content file is named with its path, line and field; all problems come at once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from knowledge.lint import check, warnings
from knowledge.loader import DATA, ContentError, Knowledge, load

TOPIC = "topics/grants/kerta-avustus.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the content in a folder of its own, to be spoilt."""
    return Path(shutil.copytree(DATA, tmp_path / "knowledge" / "data"))


def spoil(data: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` in a file; returns its line."""
    path = data / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(data: Path, questions: Path = Path("nowhere")) -> list[str]:
    return [str(problem) for problem in check(data, questions)[1]]


def test_all_problems_at_once_with_path_line_and_field(data: Path) -> None:
    line = spoil(data, TOPIC, "gap: true", "gapp: true") if "gap: true" in (data / TOPIC).read_text() else spoil(data, TOPIC, "next:", "nxet:")
    spoil(data, "topics/premises/kumppanuustalo.yaml", "region: ", "region: moon # ")
    found = problems(data)
    assert any(p.startswith(f"knowledge/data/{TOPIC}:{line}: answers.") and "Extra inputs" in p for p in found), found
    assert any("premises/kumppanuustalo.yaml" in p and ": region: " in p and "'moon'" in p for p in found), found


def test_unreadable_yaml_is_named(data: Path) -> None:
    spoil(data, TOPIC, "title:", "title: [")
    assert any(TOPIC in p and "not readable as YAML" in p for p in problems(data))
    with pytest.raises(ContentError, match="kerta-avustus"):
        load(data)


def test_a_key_that_stands_twice_is_named(data: Path) -> None:
    """YAML keeps the last of two, and nobody would see that the first is gone."""
    path = data / TOPIC
    path.write_text(path.read_text(encoding="utf-8") + "audience: []\n", encoding="utf-8")
    assert any(TOPIC in p and "'audience' stands twice" in p for p in problems(data))


def test_a_list_as_a_key_is_named(data: Path) -> None:
    spoil(data, TOPIC, "title:", "? [title]\n:")
    assert any(TOPIC in p and "unhashable key" in p for p in problems(data))


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "facets.yaml").unlink()
    assert any("facets.yaml" in p and "missing" in p for p in problems(data))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('topic: "kerta-avustus"', 'topic: "kertaavustus"', "the file is called"),
        ('part_of: "avustuslajit"', 'part_of: "nothing-like-it"', "no topic"),
        ('id: "oma-hame-2025"', 'id: "unheard-of"', "no source"),
        ("newer: [", 'newer: ["no-such-notice", ', "is not known"),
        ("next: [", 'next: ["no-such/what", ', "no answer"),
    ],
)
def test_what_the_schema_cannot_see(data: Path, old: str, new: str, message: str) -> None:
    spoil(data, TOPIC, old, new)
    found = [p for p in problems(data) if TOPIC in p]
    assert any(message in p for p in found)


def test_words_outside_the_glossary_and_shouting(data: Path) -> None:
    spoil(data, TOPIC, '    sv: "', '    sv: "Bidrag! ')
    found = problems(data)
    assert any("'understöd'" in p and "answers.what.sv" in p for p in found)
    assert any("exclamation" in p for p in found)


def test_sentences_are_counted_and_never_stand_twice(data: Path) -> None:
    path = data / "system/thanks.yaml"
    text = path.read_text(encoding="utf-8")
    first = text.split("  fi:\n", 2)[1].split("\n")[0].strip().removeprefix("- ")
    spoil(data, "system/bye.yaml", "  fi:\n", f"  fi:\n    - {first}\n")
    assert any("stands already in" in p for p in problems(data))
    spoil(data, "system/thanks.yaml", "utterances:", "utterances: {fi: [], sv: [], en: []}\nspoilt:")
    assert any("thanks.yaml" in p for p in problems(data))


def test_one_fact_has_one_value(data: Path) -> None:
    for name, value in ((TOPIC, "3"), ("topics/premises/kumppanuustalo.yaml", "4")):
        path = data / name
        head, _, tail = path.read_text(encoding="utf-8").partition("    utterances:")
        path.write_text(f'{head}    facts: {{"number-of-things": "{value}"}}\n    utterances:{tail}', encoding="utf-8")
    found = [p for p in problems(data) if "number-of-things" in p or "facts" in p]
    assert any("use supersedes" in p for p in found), found


def test_questions_that_judge_us_are_refused(data: Path, tmp_path: Path) -> None:
    text = next(line for line in (data / TOPIC).read_text(encoding="utf-8").splitlines() if line.startswith('        - "')).strip()[3:-1]
    (tmp_path / "q.jsonl").write_text(json.dumps({"question": text.upper() + "?"}) + "\n" + json.dumps({"turns": [{"user": "x"}]}), encoding="utf-8")
    assert any("equals a question of the evaluation" in p for p in problems(data, tmp_path))


def test_old_reviews_are_warnings(knowledge: Knowledge) -> None:
    assert not warnings(knowledge, dt.date(2026, 11, 22))
    assert len(warnings(knowledge, dt.date(2040, 1, 1))) == len(knowledge.topics)
