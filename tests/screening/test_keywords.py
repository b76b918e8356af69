"""Is a keyword known in whatever it wears, and in nothing else?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.reply import ReplyKind
from gatekeeper.screening.keywords import MOST_WORDS, joined
from tests.support.replies import HEAD, SET, faults_of, shipped_replies, small

FCC = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")
"""47 CFR 64.1200(a)(10): these always revoke when texted in reply."""
SIGNS = st.text(
    alphabet=" \t\n!\"#%&'()*+,-./:;<=?[]\\^_`{|}~…“”‘’«»¡¿–—•\u00a0\u200b\ufe0f🛑✋😡🚫👎",
    max_size=4,
)


@st.composite
def worn(draw: st.DrawFn) -> str:
    """An FCC keyword in any case, with signs around it and between its letters."""
    word = draw(st.sampled_from(FCC))
    written = (draw(st.sampled_from((c, c.upper()))) for c in word)
    return draw(SIGNS) + "".join(c + draw(SIGNS) for c in written)


@given(worn())
def test_every_fcc_keyword_in_any_case_and_punctuation_is_a_certain_stop(text: str) -> None:
    if not re.match(r"\s*>", text):
        reading = shipped_replies().read(text)
        assert (reading.kind, reading.certain) == (ReplyKind.STOP, True)


@pytest.mark.parametrize("word", FCC)
@pytest.mark.parametrize(
    "form",
    ["{}", "{}.", "«{}»", "({})", "{} {}", "{}, please", "{} thank you!", "please {}", "*{}*",
     "_{}_", "\u200b{}\u200b", "🛑{}🛑", "{}\n", "  {}  ", "{}!!!1".replace("1", "!")],
)  # fmt: skip
def test_fcc_keywords_with_signs_and_thanks(word: str, form: str) -> None:
    for written in (word, word.upper(), word.title(), word.swapcase()):
        reading = shipped_replies().read(form.format(written, written))
        assert (reading.kind, reading.certain) == (ReplyKind.STOP, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("STOPALL", ReplyKind.STOP),
        ("stop all", ReplyKind.STOP),
        ("ARRÊT", ReplyKind.STOP),
        ("arrete svp", ReplyKind.STOP),
        ("ALTO", ReplyKind.STOP),
        ("¡BAJA!", ReplyKind.STOP),
        ("desabonner", ReplyKind.STOP),
        ("START, STOP", ReplyKind.STOP),
        ("help stop", ReplyKind.STOP),
        ("UNSTOP", ReplyKind.START),
        ("Iniciar", ReplyKind.START),
        ("yes", ReplyKind.START),
        ("yes please", ReplyKind.NONE),
        ("info help", ReplyKind.HELP),
        ("Ayuda", ReplyKind.HELP),
        ("STOP 12345", ReplyKind.NONE),
        ("please", ReplyKind.NONE),
        ("", ReplyKind.NONE),
        ("👍", ReplyKind.NONE),
        ("the end", ReplyKind.NONE),
    ],
)
def test_the_whole_reply_is_the_keyword(text: str, kind: ReplyKind) -> None:
    assert shipped_replies().read(text).kind is kind


def test_a_reply_of_many_words_is_no_keyword() -> None:
    read = shipped_replies().read
    assert read("stop " * MOST_WORDS).kind is ReplyKind.STOP
    assert read("end " * (MOST_WORDS + 1)).kind is ReplyKind.NONE


def test_a_sentence_counts_only_where_its_set_says_so() -> None:
    text = "Unsubscribed? stop. And who is this?"
    assert small(HEAD + SET).read(text).kind is ReplyKind.NONE
    for said in ("certain", "uncertain"):
        counted = SET.replace("words: [", f"sentence: {said}\n    words: [")
        reading = small(HEAD + counted).read(text)
        assert (reading.kind, reading.certain) == (ReplyKind.STOP, said == "certain")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[stop]", "[stop, '!!']", "!! has no letters"),
        ("[stop]", "[stop, please]", "please is a filler too"),
        ("kind: stop", "kind: help\n    sentence: certain", "only a stop counts as one sentence"),
    ],
)
def test_words_that_cannot_be_meant_are_told(old: str, new: str, told: str) -> None:
    (fault,) = faults_of(HEAD + SET.replace(old, new))
    assert fault.startswith("replies/en.yaml:7:5: en.stop: ")
    assert told in fault


def test_a_word_has_one_meaning() -> None:
    other = SET.partition("\n")[2].replace("en.stop", "en.help").replace("[stop]", "[S-T-O-P]")
    (fault,) = faults_of(HEAD + SET + other.replace("kind: stop", "kind: help"))
    assert "S-T-O-P is a word of en.stop already" in fault


def test_a_word_is_joined_by_its_letters() -> None:
    assert joined("Opt-Out!") == joined("O P T  OUT") == "optout"
