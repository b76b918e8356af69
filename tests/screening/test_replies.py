"""Does a reply mean what its reader would say it means?"""

from __future__ import annotations

from gatekeeper.domain.reply import ReplyKind, ReplyReading
from tests.support.replies import HEAD, PATTERN, SET, faults_of, shipped_replies, small


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


def test_quoted_lines_say_nothing() -> None:
    read = shipped_replies().read
    assert read("> STOP\nok see you").kind is ReplyKind.NONE
    assert read("STOP\n> Reply HELP for help").kind is ReplyKind.STOP


def test_a_pattern_that_is_not_grammar_is_told_at_its_place() -> None:
    (fault,) = faults_of(HEAD + SET + PATTERN.replace("text, {gap", "txt, {gap"))
    assert fault.startswith("replies/en.yaml:16:5: en.texting: find")
    assert "unknown word set txt" in fault
