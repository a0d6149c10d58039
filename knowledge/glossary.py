"""The list of terms as a page for people: docs/glossary.md is made from knowledge/data/glossary.yaml."""

from __future__ import annotations

from knowledge.loader import Knowledge

_HEAD = """# Glossary

One concept, one word per language. Answers and buttons use these words only; `siltabotti check` refuses the words in the last column.
Made from `knowledge/data/glossary.yaml` by `make docs`: change the words there.

| suomi | svenska | English | not |
|---|---|---|---|
"""
_CODE = """
## Words of the code

| word | meaning |
|---|---|
| evening | an association evening, from its first plan to its summary: draft, published, cancelled |
| seat | one registration as people see it: a group that comes or waits; it gets its seats together or not at all |
| promotion | a group gets its seats from the waiting list: the first that fits; those passed keep their place |
| interest | a wish to be told when an evening is published for a place or about a theme |
| form | a guided dialogue as content; its slots are what it asks for, its card what one may add |
| effect | what a reply asks the shell to do or look up, in the turn's transaction |
| outcome | what came of an effect; told by the core |
| refusal | an effect that cannot happen: the turn is undone, the reason said |
| notice | a text that is said unasked |
| delivery | a notice on its way to one chat: waiting, flying, sent, blocked, failed, late, unknown |
| announcement, broadcast | what a coordinator says to many at once: draft, waiting, scheduled, sending, sent, cancelled, recalled |
| audience | whom an announcement is for: topics, places, networks, roles |
| wishes | what one person subscribed to, and when they may be told |
| press | a button under an announcement |
| job | what is looked after every few minutes: reminding, checking the list, forgetting |
| house | what effects must know of an installation: its coordinators, its name on Telegram |
"""


def as_markdown(knowledge: Knowledge) -> str:
    """The page, sorted by the Finnish term."""
    rows = sorted(knowledge.terms, key=lambda term: term.fi.casefold())
    lines = [f"| {t.fi} | {t.sv} | {t.en} | {', '.join(word.removesuffix('$') for word in (*t.sv_not, *t.en_not))} |" for t in rows]
    return _HEAD + "\n".join(lines) + "\n" + _CODE
