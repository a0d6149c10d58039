"""The steps of the container image, in a fresh folder and without a container engine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copied() -> list[str]:
    """What the Dockerfile copies into the first stage."""
    lines = [line.split()[1:-1] for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line.startswith("COPY ")]
    return [name for names in lines for name in names if not name.startswith("--") and not name.startswith("/")]


def test_the_image_is_built_and_answers_as_its_own_user_would_run_it(tmp_path: Path) -> None:
    source, installed, data = tmp_path / "source", tmp_path / "installed", tmp_path / "data"
    source.mkdir()
    for name in copied():
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    subprocess.run(["sh", "packaging/build.sh", str(installed)], cwd=source, check=True)
    data.mkdir()
    environment = {"PATH": f"{installed / 'bin'}:{os.environ['PATH']}", "SILTA_VAR": str(data)}
    command = ["sh", str(installed / "packaging" / "start.sh"), "siltabotti"]
    said = subprocess.run([*command, "ask", "mikä on olka"], cwd=data, env=environment, check=True, capture_output=True, text=True).stdout
    assert "OLKA" in said
    assert list(data.glob("answers-*.npz"))
    assert subprocess.run([*command, "run"], cwd=data, env=environment, check=False).returncode == 2
    assert subprocess.run([*command, "health"], cwd=data, env=environment, check=False).returncode == 1
