"""The generated pages of docs/: field tables for editors, so that they cannot drift from the schema, and the glossary.

Run as a program it writes them (`make docs`). What a field means to an editor stands in Finnish in data/manual.yaml.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from knowledge.forms import Form, Option, Slot
from knowledge.glossary import as_markdown
from knowledge.loader import DATA, load
from knowledge.parts import Entry
from knowledge.schema import Answer, Chat, Topic

DOCS = Path(__file__).parents[1] / "docs"
BEGIN, END = "<!-- kentät: tehty komennolla make docs -->", "<!-- /kentät -->"
TABLES: dict[str, type[Entry]] = {
    "Aihe (Topic)": Topic,
    "Vastaus (Answer)": Answer,
    "Puhe (Chat)": Chat,
    "Lomake (Form)": Form,
    "Lomakkeen kysymys (Slot)": Slot,
    "Kysymyksen vaihtoehto (Option)": Option,
}


def field_tables() -> str:
    """The tables of topic, answer, talk and forms, between their markers. Raises KeyError for a field nobody has explained."""
    told: dict[str, dict[str, str]] = yaml.safe_load((DATA / "manual.yaml").read_text(encoding="utf-8"))
    parts = [BEGIN]
    for title, model in TABLES.items():
        meanings = told[model.__name__]
        rows = [f"| `{name}` | {'x' if info.is_required() else ''} | {meanings[name]} |" for name, info in model.model_fields.items()]
        parts += [f"### {title}", "", "| kenttä | pakollinen | merkitys |", "|---|---|---|", *rows, ""]
    return "\n".join([*parts, END])


def write() -> None:
    """Write the generated pages and tables."""
    (DOCS / "glossary.md").write_text(as_markdown(load()), encoding="utf-8")
    page = DOCS / "editing.md"
    old = page.read_text(encoding="utf-8")
    page.write_text(re.sub(rf"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: field_tables(), old, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    write()
