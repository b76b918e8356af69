"""The shipped reader of replies, and small ones."""

from __future__ import annotations

from gatekeeper.errors import PolicyError
from gatekeeper.policy.reply_model import ReplyLanguage
from gatekeeper.screening.replies import Replies
from tests.support.policies import compiled, pack
from tests.support.shipped import shipped

HEAD = """\
language: en
title: A small language
fillers: [please]
words: {text: [texting, texts], me: [me, us]}
innocent: ["hello"]
"""
SET = """\
keywords:
  - id: en.stop
    kind: stop
    title: Stop
    citation: A source
    verified_on: 2026-11-25
    words: [stop]
    positives: ["STOP"]
    negatives: ["bus stop"]
"""
PATTERN = """\
patterns:
  - id: en.texting
    kind: stop
    certain: false
    title: Stop texting
    citation: A source
    verified_on: 2026-11-25
    gate: {words: [text]}
    tokens: [[[stop], text, {gap: 1}, me]]
    positives: ["stop texting me"]
    negatives: ["texting me"]
"""


def shipped_replies() -> Replies:
    """How the gate reads replies."""
    return shipped().replies


def languages(*texts: str, name: str = "replies/en.yaml") -> tuple[ReplyLanguage, ...]:
    """The languages of files of replies, each named after the first."""
    return compiled(*(pack(text, name) for text in texts)).replies


def small(text: str) -> Replies:
    """The reader that one file makes."""
    return Replies(languages(text))


def faults_of(text: str) -> tuple[str, ...]:
    """Why a file of replies does not load, or its reader does not compile."""
    try:
        small(text)
    except PolicyError as error:
        return error.faults
    return ()
