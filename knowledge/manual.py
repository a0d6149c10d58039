"""Field tables for editors, made from the schema so that they cannot drift; run as a program it writes the pages in docs/."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

from pydantic import BaseModel

from knowledge.glossary import as_markdown
from knowledge.loader import load
from knowledge.schema import Answer, Chat, Topic

DOCS = Path(__file__).parents[1] / "docs"
BEGIN, END = "<!-- fields: made by `make docs` -->", "<!-- /fields -->"


def fields(model: type[BaseModel]) -> list[tuple[str, str, bool]]:
    """(name, what it means, whether it must be given) of each field, from the docstring under it."""
    body = next(node for node in ast.walk(ast.parse(inspect.getsource(model))) if isinstance(node, ast.ClassDef)).body
    told = {}
    for node, after in zip(body, body[1:], strict=False):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(after, ast.Expr):
            told[node.target.id] = str(ast.literal_eval(after.value))
    return [(name, told[name], info.is_required()) for name, info in model.model_fields.items()]


def field_tables() -> str:
    """The tables of topic, answer and talk, between their markers."""
    parts = [BEGIN]
    for title, model in (("Aihe (topic)", Topic), ("Vastaus (answer)", Answer), ("Puhe (chat)", Chat)):
        rows = [f"| `{name}` | {'x' if required else ''} | {text} |" for name, text, required in fields(model)]
        parts += [f"### {title}", "", "| kenttä | pakollinen | merkitys |", "|---|---|---|", *rows, ""]
    return "\n".join([*parts, END])


def write() -> None:
    """Write the generated pages and tables."""
    (DOCS / "glossary.md").write_text(as_markdown(load()), encoding="utf-8")
    page = DOCS / "editing.md"
    text = re.sub(rf"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: field_tables(), page.read_text(encoding="utf-8"), flags=re.DOTALL)
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
