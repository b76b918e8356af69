"""What kind of message does a text read like?"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """The kinds that texts are told apart by."""

    MARKETING = "marketing"
    TRANSACTIONAL = "transactional"
    ONE_TIME_CODE = "one_time_code"
    PHISHING_LIKE = "phishing_like"


class Resemblance(Struct, frozen=True, gc=False):
    """The kind that a text reads like most; a small model's opinion, by which nothing is blocked.

    `score` is between 0 and 1, in steps of a thousandth.
    """

    kind: Kind
    score: float
