"""The content as a whole: no problems, every test sentence finds its own topic, every reply fits a chat."""

from __future__ import annotations

import datetime as dt
import statistics
from pathlib import Path

import pytest

from bot.render import render
from dialogs.conversation import respond
from dialogs.deciding import Decision, crisis, decide, topic_of
from dialogs.mind import Mind
from dialogs.model import State, Turn
from knowledge.glossary import as_markdown
from knowledge.lexicon import content_words, read_lexicon
from knowledge.lint import check
from knowledge.loader import Knowledge
from knowledge.manual import field_tables
from knowledge.parts import LOCALES, Locale
from knowledge.understanding import CHAT, unseen
from tests.conftest import NOW

DOCS = Path(__file__).parents[1] / "docs"
LONGEST_REPLY = 1_000
MEDIAN_REPLY = 450
"""Characters that half of the replies stay within: a stranger's first question, with source, choices and welcome."""
ANSWERED = 0.97
"""Share of test sentences that are answered in each language."""
Decisions = list[tuple[str, Locale, str, Decision]]


def meaning(mind: Mind, name: str) -> str:
    """The topic; every crisis gets help and everything outside is declined, so those are one meaning each."""
    chat = mind.knowledge.chats.get(name.removeprefix(CHAT))
    return chat.kind if chat and chat.kind in ("crisis", "outside") else topic_of(name)


def test_lint_finds_nothing() -> None:
    _, problems = check()
    assert not problems, "\n".join(map(str, problems))


def test_every_content_word_stands_in_the_lexicon(knowledge: Knowledge) -> None:
    missing = sorted(set(content_words(knowledge)) - set(read_lexicon()))
    assert not missing, f"run `make lexicon`: {missing[:20]}"


@pytest.fixture(scope="module")
def decisions(mind: Mind) -> Decisions:
    """Every test sentence, whose it is, and what it is taken for."""
    return [(name, locale, text, decide(mind, text, locale)) for name, locale, text in unseen(mind.knowledge)]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_test_sentence_is_answered_with_a_wrong_topic(mind: Mind, decisions: Decisions, locale: Locale) -> None:
    wrong = [
        f"{text!r}: {decision.best.name} instead of {name}"
        for name, language, text, decision in decisions
        if language == locale and decision.sure and meaning(mind, decision.best.name) != meaning(mind, name)
    ]
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong)


@pytest.mark.parametrize("locale", LOCALES)
def test_nearly_every_test_sentence_is_answered(mind: Mind, decisions: Decisions, locale: Locale) -> None:
    """The rest is asked back ("did you mean"). What is not ours is declined either way, so it does not count."""
    ours = [(text, d.sure) for name, language, text, d in decisions if language == locale and meaning(mind, name) != "outside"]
    share = sum(sure for _, sure in ours) / len(ours)
    print(f"test sentences answered ({locale}): {100 * share:.1f} %")  # noqa: T201
    assert share >= ANSWERED, [text for text, sure in ours if not sure]


def test_every_crisis_gets_help_and_nothing_else_does(mind: Mind, decisions: Decisions) -> None:
    for name, locale, text, decision in decisions:
        helped = crisis(mind, text, locale) is not None or meaning(mind, decision.best.name) == "crisis"
        assert helped == (meaning(mind, name) == "crisis"), f"{text!r}: {name}, {decision.best.name}"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("selko", [False, True])
def test_every_answer_fits_a_chat(mind: Mind, locale: Locale, selko: bool) -> None:
    """The longest case: a stranger's first message, with a place outside, long after the date of review."""
    too_long = []
    for name, *_ in mind.knowledge.answers():
        state = State(locale=locale, locale_chosen=True, selko=selko, place="hattula")
        reply = respond(state, Turn(data=f"answer:{name}"), NOW + dt.timedelta(days=1_000), mind)
        if len(render(reply)) > LONGEST_REPLY:
            too_long.append(f"{name}: {len(render(reply))}")
    assert not too_long, "\n".join(too_long)


@pytest.mark.parametrize("locale", LOCALES)
def test_half_of_the_replies_are_short(mind: Mind, locale: Locale) -> None:
    """One question in ten of the content's own."""
    asked = [text for _, language, text in unseen(mind.knowledge) if language == locale][::10]
    lengths = [len(render(respond(State(), Turn(text=text), NOW, mind))) for text in asked]
    print(f"reply ({locale}): median {statistics.median(lengths):.0f}, longest {max(lengths)}")  # noqa: T201
    assert statistics.median(lengths) <= MEDIAN_REPLY


def test_every_choice_leads_somewhere_and_fits_a_button(mind: Mind) -> None:
    for name, *_ in mind.knowledge.answers():
        reply = respond(State(place="hattula"), Turn(data=f"answer:{name}"), NOW, mind)
        for data in reply.state.offered:
            assert len(data.encode()) <= 64
            assert respond(State(place="hattula"), Turn(data=data), NOW, mind).topic != "choice", data


def test_talk_is_answered_in_every_language(mind: Mind) -> None:
    for name, chat in mind.knowledge.chats.items():
        for locale in LOCALES:
            text = chat.utterances.of(locale)[0]
            reply = respond(State(locale=locale, locale_chosen=True), Turn(text=text), NOW, mind)
            assert render(reply), f"{CHAT}{name}"


def test_the_glossary_page_is_the_glossary(knowledge: Knowledge) -> None:
    assert (DOCS / "glossary.md").read_text(encoding="utf-8") == as_markdown(knowledge), "run `make docs`"


def test_the_editors_page_shows_the_fields_as_they_are() -> None:
    assert field_tables() in (DOCS / "editing.md").read_text(encoding="utf-8"), "run `make docs`"
