"""The matcher on its own."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pytest

from knowledge.matcher import Match, Matcher
from knowledge.morphology import analyser, finnish
from knowledge.regression import NEAR, RIDGE, Matrix, Weights, hinged
from knowledge.store import digest, kept
from knowledge.voikko import Transducer, Voikko

EXAMPLES = {
    "premises": ["missä voimme kokoontua", "tarvitsemme kokoustilaa", "onko yhdistykselle tilaa", "saako tiloja maksutta"],
    "grants": ["milloin avustusta haetaan", "avustuksen hakuaika", "mistä saa avustusta", "toiminta-avustuksen hakeminen"],
    "networks": ["mihin verkostoon voi liittyä", "verkoston jäsenet", "järjestöjen yhteistyöverkosto", "verkosto kokoontuu"],
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.from_examples(EXAMPLES, locale="fi")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("avustusten hakemisesta", "grants"),  # other cases of the words
        ("avustus haku aika", "grants"),  # a compound written apart
        ("onko meille jotakin tilaa tarjolla", "premises"),
        ("verkostoihin liittyminen", "networks"),
        ("avutsuksen hakuaika", "grants"),  # letters changed places
        ("jarjestojen yhteistyoverkosto", "networks"),  # no dots
        ("tarviimme kokous tilaa", "premises"),
    ],
)
def test_the_meaning_is_found(matcher: Matcher, text: str, intent: str) -> None:
    assert matcher.rank(text)[0].name == intent


def test_match_takes_the_clear_and_leaves_the_rest(matcher: Matcher) -> None:
    assert matcher.match("milloin avustusta haetaan") == Match("grants", matcher.rank("milloin avustusta haetaan")[0].score)
    assert matcher.match("mikä on Ranskan pääkaupunki") is None
    assert matcher.match("") is None


def test_two_meanings_too_near_each_other_are_no_match() -> None:
    twins = Matcher.from_examples({"a": ["kerro avustuksesta"], "b": ["kerro avustuksesta"], "c": ["tilat"]})
    assert twins.match("kerro avustuksesta") is None
    assert {match.name for match in twins.rank("kerro avustuksesta", 2)} == {"a", "b"}


def test_scores_are_between_nothing_and_word_for_word(matcher: Matcher) -> None:
    near, far = matcher.rank("avustuksen hakuaika")[0].score, matcher.rank("xyzzy")[0].score
    assert 0 <= far < 0.05 < near <= 1.05
    assert len(matcher.rank("avustus", limit=2)) == 2


def test_kin_speak_for_each_other() -> None:
    kin = {"grants": {"money": 1.0}, "premises": {}, "networks": {"money": 1.0}}
    alone, together = Matcher.from_examples(EXAMPLES), Matcher.from_examples(EXAMPLES, kin=kin)

    def of(matcher: Matcher) -> dict[str, float]:
        return {match.name: match.score for match in matcher.rank("avustuksen hakuaika")}

    assert of(together)["networks"] > of(alone)["networks"]
    assert of(together)["premises"] < 0.1


def test_the_squared_hinge_is_at_rest() -> None:
    """At its minimum a weight times RIDGE is what its example still falls short of, and nothing where it says enough."""
    chance = np.random.default_rng(3)
    ways = chance.normal(size=(60, 5))
    kernel = ways @ ways.T / 5
    wanted = np.eye(3, dtype=np.float32)[(ways[:, 0] > 0) + (ways[:, 1] > 0).astype(int)]

    def solve(targets: Matrix) -> Matrix:
        return np.asarray(np.linalg.solve(kernel + RIDGE * np.eye(60), targets), dtype=np.float32)

    def unrest(weights: Matrix) -> float:
        said = kernel @ weights
        short = np.where(wanted > 0, np.maximum(1 - said, 0), np.minimum(-said, 0))
        return float(np.abs(RIDGE * weights - short).max())

    assert unrest(solve(wanted)) > 0.3
    assert unrest(hinged(solve, wanted)) < 0.03


def test_a_small_weight_is_heard_beside_a_large_one() -> None:
    weights = Weights.of(np.array([[4.0], [0.01]], dtype=np.float32), [2])
    assert weights.speak(np.array([0, 1], dtype=np.float32))[0] == pytest.approx(0.01, rel=0.01)


def test_of_many_intents_only_the_near_are_weighed_and_all_groups() -> None:
    examples = {f"number {n}": [f"kertoisitko asiasta {n}", f"mistä löytyy {n}"] for n in range(1_000, 1_000 + 2 * NEAR)}
    many = Matcher.from_examples(examples, kin={name: {"group all": 1.0} for name in examples}, report=("group",))
    scores = many.scores("mistä löytyisi 1077")
    assert many.named(scores, 1)[0].name == "number 1077"
    assert np.count_nonzero(scores[: 2 * NEAR]) <= NEAR
    assert scores[2 * NEAR] > 0.5, "the group that all belong to"


def test_no_examples_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one utterance"):
        Matcher.from_examples({"a": []})


def test_swedish_and_english() -> None:
    swedish = Matcher.from_examples({"bidrag": ["när söker man understöd"], "rum": ["vi behöver en lokal"]}, locale="sv")
    assert swedish.rank("lokaler åt oss")[0].name == "rum"
    english = Matcher.from_examples({"grant": ["when can we apply for grants"], "room": ["we need a room"]}, locale="en")
    assert english.rank("applying for a grant")[0].name == "grant"


def test_dots_are_left_out_and_never_added() -> None:
    examples = {"where": ["var är ni", "var finns ni"], "our": ["vår förening", "vår kör"]}
    matcher = Matcher.from_examples(examples, locale="sv")
    assert matcher.rank("vår klubb")[0].name == "our"
    assert matcher.rank("var")[0].name == "where"
    assert matcher.rank("var forening")[0].name == "our"


def test_finnish_words() -> None:
    assert finnish("avustuksia").bases == ("avustus",)
    assert set(finnish("yhdistysiltaan").parts) >= {"yhdistys", "ilta"}
    assert set(finnish("hallitusta").bases) == {"hallittu", "hallitus"}
    assert finnish("hämeenlinnassa").known
    assert not finnish("kumpanuustalo").known
    assert finnish("olka-xyzzypiste").bases == ("olka-xyzzypiste",)


WORDS = "avustuksia yhdistysiltaan hallitusta terveydenhuollon kerta-avustusta epäoikeudenmukaisia Hämeenlinnassa riihimäkeläisille Oma"
ODD = "kumpanuustalo maksullisuus-kenttään 2026 kyläkahvitteluillassa xyzzy en eläkeläisjärjestöjenkin parhaiten juostessaan €5 日本"


@pytest.mark.parametrize("word", [*WORDS.split(), *ODD.split()])
def test_words_are_read_as_pyvoikko_reads_them(word: str) -> None:
    import pyvoikko  # here only, because of its size

    theirs = [
        (found.BASEFORM, tuple(part.BASEFORM for part in found.COMPOUND_PARTS or ()), tuple(re.findall(r"\[Xp\]([^[]+)\[X\]", found.FSTOUTPUT)))
        for found in pyvoikko.analyse(word)
    ]
    assert sorted((found.base, found.parts, found.roots) for found in Voikko().readings(word)) == sorted(theirs)


def test_a_word_that_can_be_read_without_end_takes_no_time() -> None:
    start = time.perf_counter()
    finnish("suo" * 60)
    assert time.perf_counter() - start < 1


def test_another_file_is_no_dictionary() -> None:
    with pytest.raises(ValueError, match="not a KFST file"):
        Transducer(b"PK" + bytes(40))


def test_a_fitted_matcher_is_kept_and_read_again(tmp_path: Path, matcher: Matcher) -> None:
    fits = []

    def fit() -> Matcher:
        fits.append(1)
        return matcher

    key, analyse = digest(EXAMPLES, {}), analyser("fi")
    (tmp_path / "m-old.npz").write_bytes(b"")
    first, second = (kept(tmp_path, "m", key, analyse, fit) for _ in range(2))
    assert len(fits) == 1
    assert [path.name for path in tmp_path.iterdir()] == [f"m-{key}.npz"]
    for text in ("avustusten hakuajat", "kokoustila", "avutsus"):
        assert [m.name for m in first.rank(text)] == [m.name for m in second.rank(text)]
        assert second.rank(text)[0].score == pytest.approx(first.rank(text)[0].score, abs=0.01)


def test_a_spoilt_file_is_made_anew(tmp_path: Path, matcher: Matcher) -> None:
    path = tmp_path / "m-k.npz"
    path.write_bytes(b"not an archive")
    assert kept(tmp_path, "m", "k", analyser("fi"), lambda: matcher) is matcher
    assert kept(tmp_path, "m", "k", analyser("fi"), lambda: matcher) is not matcher


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, matcher: Matcher) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert kept(blocked, "m", "k", analyser("fi"), lambda: matcher) is matcher
    assert digest(EXAMPLES, {}) != digest(EXAMPLES, {"grants": {"x": 1.0}})
