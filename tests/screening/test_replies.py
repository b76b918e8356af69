"""Does a reply mean what its reader would say it means?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.reply import UNREAD, ReplyKind, ReplyReading
from gatekeeper.screening.replies import LONGEST, Replies
from tests.support.replies import HEAD, PATTERN, SET, faults_of, languages, shipped_replies, small

LARGEST = 262_144
"""Bytes of the largest body that the gate takes."""
SECONDS = 5.0
"""Far above what any of these takes (the slowest: half a second), far below what a loop would."""


def test_a_pattern_reads_what_is_said_in_ones_own_words() -> None:
    read = small(HEAD + SET + PATTERN).read
    assert read("would you stop texting me, I am at work") == ReplyReading(
        ReplyKind.STOP, False, "en.texting", "en"
    )
    assert read("I was texting us").kind is ReplyKind.NONE


def test_only_texts_with_the_words_of_a_gate_reach_spacy() -> None:
    replies = small(HEAD + SET + PATTERN)
    assert replies.reaches_grammar("my texts")
    assert not replies.reaches_grammar("stop by the store")
    assert not replies.reaches_grammar("STOP")


def test_the_patterns_can_be_left_out_to_show_what_they_add() -> None:
    plain = Replies(languages(HEAD + SET + PATTERN), grammar=False)
    assert plain.read("stop texting me").kind is ReplyKind.NONE
    assert plain.read("stop").kind is ReplyKind.STOP


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("YES. But please don't text me again", "en.no_contact"),
        ("HELP! stop sending me these", "en.stop_texting"),
        ("enough. Unsubscribe.", "en.unsubscribe"),
        ("Stop. I never asked for this", "en.stop"),
        ("this is spam, remove me from your list", "en.off_list"),
        ("Too many texts. Wrong number anyway", "en.wrong_number"),
        ("STOP\nSent from my phone", "en.stop"),
        ("wrong #", "en.wrong_number"),
    ],
)
def test_a_certain_stop_beats_whatever_else_is_said(text: str, rule: str) -> None:
    reading = shipped_replies().read(text)
    assert reading == ReplyReading(ReplyKind.STOP, True, rule, "en")


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_stands_around_it_takes_no_stop_away(before: str, after: str) -> None:
    """Unless it turns it around or quotes it, which takes words that these do not hold."""
    free = "".join(c for c in before + after if not c.isalnum() and c not in ">\"“”„«»-'’")
    text = f"{free[: len(before)]}\nplease stop texting me\n{free[len(before) :]}"
    reading = shipped_replies().read(text)
    assert (reading.kind, reading.certain) == (ReplyKind.STOP, True)


def test_quoted_lines_say_nothing() -> None:
    read = shipped_replies().read
    assert read("> STOP\nok see you").kind is ReplyKind.NONE
    assert read("STOP\n> Reply HELP for help").kind is ReplyKind.STOP


@pytest.mark.parametrize(
    "text",
    [
        "Liked “Don't want texts? Reply STOP”",
        "Laughed at “STOP”",
        'Reacted 👎 to "Acme: 20% off. Unsubscribe: acme.example"',
        "👎 to “Stop texting me”",
        "Le gustó “ALTO”",
        "A adoré « STOP »",
    ],
)
def test_a_mark_on_a_message_is_no_answer(text: str) -> None:
    assert shipped_replies().read(text).kind is ReplyKind.NONE


def test_what_follows_a_marked_message_is_an_answer() -> None:
    assert shipped_replies().read("Liked “see you” stop").kind is ReplyKind.STOP
    assert shipped_replies().read("“please stop texting me”").kind is ReplyKind.STOP


@pytest.mark.parametrize(
    "text",
    [
        "Reply STOP to opt out",
        "Txt STOP to unsubscribe",
        "To stop receiving these messages, reply STOP.",
        "Reply STOP to stop messages",
        "Msg freq varies. STOP to cancel",
        "STOP to end. HELP for info",
        "You can unsubscribe at any time by texting STOP",
        "If you no longer wish to receive these messages reply STOP",
        "You have been unsubscribed. You will receive no more messages.",
        "Responda ALTO para no recibir mas mensajes",
        "Si no desea recibir más mensajes responda STOP",
        "Pour ne plus recevoir de messages, répondez STOP",
        "STOP au 36105",
    ],
)
def test_a_business_own_words_sent_back_are_no_opt_out(text: str) -> None:
    assert shipped_replies().read(text).kind is ReplyKind.NONE


HOSTILE = {
    "keywords": "stop ",
    "asking": "stop texting me ",
    "openings": "don't text no more remove me from wrong ",
    "sentences": "stop?!",
    "letters": "a",
    "apostrophes": "a'",
    "hyphens": "stop-",
    "invisible": "s\u200bt\u200bo\u200bp\u200b",
    "accents": "e\u0301",
    "full width": "ＳＴＯＰ ",
    "emoji": "🛑",
    "ligatures": "\ufdfa",
    "surrogates": "\ud800",
    "quotes": ">\n",
    "marks": 'liked "',
    "signs": "#",
    "blanks": " \n",
    "syllables": "각",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_longest_hostile_text_is_read_in_bounded_time(piece: str) -> None:
    text = piece * (LARGEST // len(piece))
    began = time.perf_counter()
    reading = shipped_replies().read(text)
    took = time.perf_counter() - began
    print(f"\n{len(text)} characters in {took * 1000:.0f} ms: {reading.kind} by {reading.rule!r}")
    assert took < SECONDS


def test_every_character_there_is_is_read_in_bounded_time() -> None:
    text = "".join(map(chr, range(0x110000)))[:LARGEST]
    began = time.perf_counter()
    assert shipped_replies().read(text).rule == UNREAD
    assert time.perf_counter() - began < SECONDS


def test_a_text_too_long_to_be_read_is_a_stop_perhaps_if_a_gate_opens() -> None:
    unread = ReplyReading(ReplyKind.STOP, False, UNREAD, "")
    read, far = small(HEAD + SET + PATTERN).read, "word " * (LONGEST // 5)
    assert read(far).kind is ReplyKind.NONE
    assert read(far + "stop texting me") == unread
    assert read("texts " + "texts one two three " * 300) == unread
    assert read("stop" + " " * LARGEST).certain


def test_a_pattern_that_is_not_grammar_is_told_at_its_place() -> None:
    (fault,) = faults_of(HEAD + SET + PATTERN.replace("text, {gap", "txt, {gap"))
    assert fault.startswith("replies/en.yaml:23:23: en.texting: find.tokens.0.1")
    assert "unknown word set txt" in fault
