"""The list of terms as a page for people: docs/glossary.md is made from knowledge/data/glossary.yaml."""

from __future__ import annotations

from knowledge.loader import Knowledge

_HEAD = """# Glossary

One concept, one word per language. Answers and buttons use these words only; `siltabotti check` refuses the words in the last column.
Made from `knowledge/data/glossary.yaml` by `make docs`: change the words there.

| suomi | svenska | English | not |
|---|---|---|---|
"""


def as_markdown(knowledge: Knowledge) -> str:
    """The page, sorted by the Finnish term."""
    rows = sorted(knowledge.terms, key=lambda term: term.fi.casefold())
    lines = [f"| {t.fi} | {t.sv} | {t.en} | {', '.join(word.removesuffix('$') for word in (*t.sv_not, *t.en_not))} |" for t in rows]
    return _HEAD + "\n".join(lines) + "\n"
