"""The patterns of a detector are matched together, within one sentence."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.token_rules import TokenRules, rules_of, words_beside
from gatekeeper.screening.vocabulary import Reading, Sentences

FIND = Find.model_validate(
    {
        "tokens": [["start", ["buy"], {"gap": 2}, ["rum"]], [["sell"], ["rum"]]],
        "unless": [[["never"]]],
    }
)


def rules() -> TokenRules:
    made = TokenRules(Vocab())
    made.add(rules_of("drink", FIND))
    return made


def found(made: TokenRules, text: str) -> list[tuple[int, int]]:
    words = text.split()
    doc = Doc(made._vocab, words=words)
    return list(made.found("drink", doc, Sentences(Reading(words, []))))


def test_a_pattern_that_holds_at_the_start_only_is_not_found_later() -> None:
    assert found(rules(), "buy some rum") == [(0, 3)]
    assert found(rules(), "please buy some rum") == []
    assert found(rules(), "please sell rum") == [(1, 3)]


def test_nothing_is_found_over_the_end_of_a_sentence() -> None:
    assert found(rules(), "buy . rum") == []


def test_unless_takes_away_what_stands_in_its_sentence() -> None:
    assert found(rules(), "buy rum never . sell rum") == [(4, 6)]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    rules().to_disk(tmp_path / "rules")
    again = TokenRules(Vocab()).from_disk(tmp_path / "rules")
    assert again.detectors == ("drink",)
    assert found(again, "buy some rum") == [(0, 3)]


def test_a_detector_knows_its_own_words_and_those_it_names_beside_its_patterns(
    tmp_path: Path,
) -> None:
    find = Find.model_validate({"words": {"known": ["Gin"]}, "tokens": [[["buy"], "other"]]})
    made = TokenRules(Vocab())
    made.add(rules_of("drink", FIND))
    made.add(rules_of("shop", find), {"shop": words_beside(find)})
    made.to_disk(tmp_path / "rules")
    again = TokenRules(Vocab()).from_disk(tmp_path / "rules")
    for each in (made, again):
        assert each.words("drink").words == {"buy", "rum", "sell", "never"}
        assert each.words("shop").words == {"buy", "gin"}
        assert each.may_match("shop", frozenset({"buy", "_"}))
        assert not each.may_match("shop", frozenset({"gin", "_"}))
