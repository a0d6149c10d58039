"""What we hold to, as tests: sizes of files and functions, and a README that tells the truth."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

from bot.cli import _parser
from bot.render import render
from bot.session import Session
from bot.settings import Settings
from dialogs.mind import Mind
from tests.conftest import NOW

ROOT = Path(__file__).parents[1]
FOLDERS = ("bot", "dialogs", "knowledge", "tests", "proofs", "benchmarks")
MIGRATIONS = ROOT / "bot" / "db" / "migrations" / "versions"
SOURCES = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if path.parent != MIGRATIONS]


def test_files_and_functions_stay_small() -> None:
    lengths, large = [], []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 250:
            large.append(f"{path}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                lengths.append(size)
                if size > 40:
                    large.append(f"{path}:{node.lineno} {node.name}: {size} lines")
    assert not large, "\n".join(large)
    assert statistics.median(lengths) <= 10


def test_the_readme_shows_a_real_conversation(mind: Mind) -> None:
    """Each line after "> " in README's transcript is said, and what stands under it is what the bot says."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```text\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    session = Session(mind, clock=lambda: NOW)
    for exchange in block.group(1).strip().split("\n> "):
        asked, _, shown = exchange.removeprefix("> ").partition("\n")
        assert render(session.say(asked)).strip() == shown.strip()


def test_every_setting_and_command_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"SILTA_{name.upper()}" in readme
    shown = _parser().format_help()
    for command in ("chat", "ask", "check", "run", "init", "health"):
        assert re.search(rf"\n\s+{command}\s+\w", re.sub(r"\x1b\[\d+m", "", shown))
        assert f"siltabotti {command}" in readme


def test_nothing_of_the_workplace_is_in_the_repository() -> None:
    for path in (ROOT / "requirements.lock", ROOT / "pyproject.toml", ROOT / "Makefile"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"index.url|find.links", text)
        assert "file:/" not in text
        assert "http:" not in text
        assert "https:" not in text
