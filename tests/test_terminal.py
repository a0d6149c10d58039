"""Talking in the terminal: the whole bot on a database of its own."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import create_output

from bot import session, terminal
from bot.db import deliveries
from bot.db.session import Database, database_url
from bot.demo import COORDINATOR, PERSON, Demo, run_by
from bot.messages import unasked
from dialogs.mind import Mind
from dialogs.model import Choice, File, Say
from tests.conftest import NOW, Run


def test_scripted_chat_reads_a_turn_a_line(run: Run) -> None:
    status, out, _ = run("chat", typed="hei\n1\n")
    assert status == 0
    assert "Avustuksista tiedän" in out
    assert "\033[" not in out


@pytest.fixture
def typing(mind: Mind, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """Somebody at a terminal types; what they see."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(terminal, "HISTORY", tmp_path / "history")

    def call(typed: str, person: int = PERSON) -> str:
        seen = io.StringIO()
        with create_pipe_input() as keys, create_app_session(input=keys, output=create_output(stdout=seen)):
            keys.send_text(typed)
            terminal.talk(Demo(mind, tmp_path, person, lambda: NOW), colour=True)
        return seen.getvalue()

    return call


def test_the_terminal_welcomes_colours_and_remembers(typing: Callable[..., str], tmp_path: Path) -> None:
    seen = typing("/paikka hattula\r\x04")
    assert "kaksi esimerkki-iltaa" in seen
    assert "olen Siltabotti" in seen
    assert "\033[36m1 " in seen
    typing("/omattiedot\r\x04")
    assert '"hattula"' in (tmp_path / "demo" / "omat-tiedot.json").read_text(encoding="utf-8")
    assert terminal.coloured("source", "x") == "\033[2mx\033[0m"
    assert terminal.coloured("text", "x") == "x"
    assert session.finnish_now().tzinfo is not None


def test_the_coordinator_is_shown_the_menu(typing: Callable[..., str]) -> None:
    seen = typing("\x04", COORDINATOR)
    assert "sinä olet koordinaattori" in seen
    assert "Uusi ilta" in seen


def test_leaving_in_the_middle_is_no_error(typing: Callable[..., str]) -> None:
    assert "olen Siltabotti" in typing("hei\x03")


def test_scripted_chat_begins_anew_but_what_was_done_stays(run: Run) -> None:
    run("chat", typed="/paikka hattula\n/selko\n")
    _, out, _ = run("chat", typed="/paikka\n")
    assert "Missä kunnassa?" in out
    assert "olen Siltabotti" not in out


def test_two_example_evenings_are_ahead_whenever_one_comes(run: Run) -> None:
    for day in ("2026-12-01", "2026-12-01", "2027-06-05"):
        _, out, _ = run("chat", "--now", day, typed="/illat\n")
        assert out.count("Esimerkki: ") == 2
        assert "Hattula" in out
        assert "Forssa" in out
    assert "ke 23.6.2027" in out


def test_what_comes_unasked_is_shown_once_and_its_numbers_work(run: Run, tmp_path: Path) -> None:
    run("chat", "--now", "2026-11-22T12:00", typed="hei\n")
    ics = File("ilta.ics", b"BEGIN")
    _tell(tmp_path, unasked(replace(Say.of("Paikka <vaihtui> & muuttui", (Choice("Näytä ilta", "evening:1"),)), file=ics)))
    _, out, _ = run("chat", "--now", "2026-11-22T12:00", typed="1\n")
    assert "Sinulle tuli viesti:\nPaikka <vaihtui> & muuttui" in out
    assert out.count("1 Näytä ilta") == 1
    assert "Tilat yhteiseen käyttöön" in out
    assert (tmp_path / "var" / "demo" / "ilta.ics").read_bytes() == b"BEGIN"
    assert "vaihtui" not in run("chat", typed="hei\n")[1]


def test_what_would_wait_for_the_morning_is_shown_and_says_so(run: Run, tmp_path: Path) -> None:
    run("chat", "--now", "2026-11-22T12:00", typed="hei\n")
    _tell(tmp_path, unasked(Say.of("Yöllä peruttu")), NOW.replace(hour=23))
    assert "peruttu" not in run("chat", "--now", "2026-11-22T20:59", typed="hei\n")[1]
    _, out, _ = run("chat", "--now", "2026-11-22T23:30", typed="hei\n")
    assert "23.11.2026 klo 8" in out
    assert "Yöllä peruttu" in out


def _tell(folder: Path, message: str, now: dt.datetime = NOW) -> None:
    async def change() -> None:
        database = Database(database_url(f"sqlite:///{folder / 'var' / 'demo.db'}"))
        async with database.transaction() as opened:
            await deliveries.tell(opened, PERSON, "changed-1", message, now)
        await database.close()

    asyncio.run(change())


def test_a_file_is_put_where_one_can_open_it(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("chat", typed="/omattiedot\n")
    assert f"[{Path('var') / 'demo' / 'omat-tiedot.json'}]" in out
    assert json.loads((tmp_path / "var" / "demo" / "omat-tiedot.json").read_text(encoding="utf-8"))["keskustelu"][0]["tunnus"] == PERSON


def test_the_coordinator_is_another_person_on_the_same_evenings(run: Run) -> None:
    _, out, _ = run("chat", "--as", "coordinator", typed="/omattiedot\n")
    assert "Olet koordinaattori" in out
    assert "Olet koordinaattori" not in run("chat", typed="/omattiedot\n")[1]


def test_a_spoilt_demo_database_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "demo.db").write_text("this is no database, and long enough to be seen as none", encoding="utf-8")
    status, _, err = run("chat", typed="hei\n")
    assert status == 1
    assert "demo.db" in err


def test_the_demo_has_somebody_to_answer_for_it(mind: Mind) -> None:
    assert run_by(replace(mind, contact=None)).operator == "Esimerkki ry (esimerkki)"
    assert run_by(mind) is mind
