"""The command line as its users meet it."""

from __future__ import annotations

import json

import pytest

from bot import cli
from bot.batch import replies
from bot.session import UnknownPlaceError, place_key
from bot.settings import WrongSettingError, read_settings
from dialogs.mind import Mind
from knowledge.loader import ContentError, Knowledge, Problem
from tests.conftest import NOW, Run


def test_ask(run: Run) -> None:
    status, out, _ = run("ask", "mikä on kumppanuustalo", "--now", "2026-12-01")
    assert status == 0
    assert "Lähde: " in out
    assert "1 " in out


def test_ask_with_everything(run: Run) -> None:
    _, out, _ = run("ask", "mikä on kumppanuustalo", "--locale", "sv", "--place", "hattulassa", "--json")
    row = json.loads(out)
    assert row["locale"] == "sv"
    assert set(row) == {"reply", "answered", "topic", "facet", "score", "locale", "choices"}
    _, out, _ = run("ask", "mikä on kumppanuustalo", "--selko")
    assert "selkokieli, ei selkoasiantuntijan tarkistama" in out


def test_batch(mind: Mind) -> None:
    lines = [
        '{"id": "a", "text": "mikä on kumppanuustalo"}',
        "",
        '{"id": "b", "turns": ["mikä on olka", "entä missä?"], "locale": "fi", "place": "Forssa"}',
        "not json",
        '{"id": "c"}',
        '{"id": "d", "text": "hei", "locale": "xx"}',
        '{"id": "e", "text": "hei", "place": "Atlantis"}',
        "[1]",
    ]
    rows = list(replies(mind, lines, lambda: NOW))
    assert [row.get("id") for row in rows] == ["a", "b", None, "c", "d", "e", None]
    assert rows[0]["answered"] is True
    assert len(rows[1]["replies"]) == len(rows[1]["answered"]) == 2
    assert all("error" in row and row["error"].startswith("line ") for row in rows[2:])


def test_jsonl_through_the_script(run: Run) -> None:
    status, out, _ = run("ask", "--jsonl", typed='{"id": 1, "text": "kiitos"}\n')
    assert status == 0
    assert json.loads(out)["id"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask",), "give a question, or --jsonl"),
        (("ask", "hei", "--jsonl"), "give a question, or --jsonl"),
        (("ask", "hei", "--place", "Atlantis"), "'Atlantis'"),
        (("ask", "hei", "--now", "yesterday"), "is not a time"),
        (("sing",), "invalid choice"),
    ],
)
def test_wrong_use_says_what_to_do(run: Run, arguments: tuple[str, ...], message: str) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert message in err


def test_a_wrong_setting_is_named_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILTA_COLOUR", "perhaps")
    status, _, err = run("ask", "hei")
    assert status == 2
    assert "SILTA_COLOUR" in err
    assert err.count("\n") == 1
    with pytest.raises(WrongSettingError):
        read_settings()


def test_help_is_helpful(run: Run) -> None:
    for arguments in (("--help",), ("chat", "--help"), ("ask", "--help"), ("check", "--help")):
        status, out, _ = run(*arguments)
        assert status == 0
        assert "usage: siltabotti" in out


def test_check_lists_problems(run: Run, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "check", lambda: (knowledge, [Problem("knowledge/data/x.yaml", 3, "fi", "too long")]))
    status, out, _ = run("check")
    assert status == 1
    assert "knowledge/data/x.yaml:3: fi: too long" in out
    monkeypatch.setattr(cli, "check", lambda: (knowledge, []))
    assert run("check")[0] == 0


def test_bad_content_stops_with_its_problems(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt() -> Knowledge:
        raise ContentError([Problem("knowledge/data/x.yaml", 3, "fi", "too long")])

    monkeypatch.setattr(cli, "load", spoilt)
    status, _, err = run("ask", "hei")
    assert status == 1
    assert "knowledge/data/x.yaml:3" in err


def test_what_needs_a_memory_is_refused_where_there_is_none(run: Run) -> None:
    assert "siltabotti chat" in run("ask", "/omattiedot")[1]


def test_places_by_any_name(mind: Mind) -> None:
    assert place_key(mind, "riihimäellä") == "riihimaki"
    assert place_key(mind, "hattula") == "hattula"
    with pytest.raises(UnknownPlaceError):
        place_key(mind, "Atlantis")
