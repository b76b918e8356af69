"""spaCy sees words of the vocabulary and placeholders, nothing else."""

from __future__ import annotations

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.vocabulary import Sentences, Vocabulary

VOCABULARY = Vocabulary.of(
    [
        Find(
            words={
                "what": ("hiv", "blood pressure", "type 2 diabetes", "covid-19", "non-hiv case")
            },
            tokens=(("what", ("high", "low")),),
        )
    ]
)


def seen(text: str) -> list[str]:
    """The tokens of a text as spaCy sees them."""
    return VOCABULARY.read(text, 0, len(text)).words


def test_unknown_words_and_numbers_are_placeholders() -> None:
    assert seen("ann's hiv 4111 x9 high") == ["_", "hiv", "0", "#", "high", "."]


def test_phrases_are_one_token_with_their_place() -> None:
    reading = VOCABULARY.read("his type 2 diabetes", 0, 19)
    assert reading.words == ["_", "type 2 diabetes", "."]
    assert reading.spans[1] == (4, 19)


def test_hyphened_words_are_known_or_parted() -> None:
    assert seen("covid-19 hiv-high") == ["covid-19", "hiv", "high", "."]
    assert seen("a non-hiv case") == ["_", "non-hiv case", "."]


def test_a_sentence_ends_but_not_after_an_initial_or_title() -> None:
    assert seen("dr. j. low. high!") == ["_", "_", "low", ".", "high", ".", "."]


def test_a_decimal_number_or_date_is_one_number_and_ends_no_sentence() -> None:
    assert seen("9.2 high 1,200.50") == ["0", "high", "0", "."]
    assert seen("on 14.6.2026. high") == ["_", "0", ".", "high", "."]


def test_a_french_word_is_known_behind_its_elided_article() -> None:
    listed = Vocabulary(["asthme", "c'est"])
    reading = listed.read("de l'asthme, c'est d’asthme", 0, 27)
    assert reading.words == ["_", "asthme", "c'est", "asthme", "."]
    assert reading.spans[1] == (5, 11)


def test_a_word_written_with_an_apostrophe_s_is_itself_where_it_is_listed() -> None:
    listed = Vocabulary.of([Find(words={"a": ("that's not", "here")}, tokens=(("a",),))])
    text = "that's not bob's here"
    assert listed.read(text, 0, len(text)).words == ["that's not", "_", "here", "."]


def test_the_words_of_a_maybe_are_known() -> None:
    maybe = Find.model_validate({"tokens": [[["stop"], {"maybe": ["now", "please"]}]]})
    assert Vocabulary.of([maybe]).read("stop now here", 0, 13).words == ["stop", "now", "_", "."]


def test_a_sentence_begins_after_the_last_but_not_in_the_middle_of_a_text() -> None:
    reading = VOCABULARY.read("high low. high", 0, 14)
    assert [Sentences(reading).begins(at) for at in range(4)] == [True, False, False, True]
    assert not Sentences(reading, cut=True).begins(0)
