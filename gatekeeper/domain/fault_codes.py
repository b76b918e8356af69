"""Which kinds of fault may a policy file have, and under which code is each one known?

The codes are a public contract: a suppression in somebody's CI names them. They are added to and
never renamed, and what only the passing of time brings about is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Code(StrEnum):
    """The code of a kind of fault."""

    UNREADABLE = "GK101"
    TOO_LARGE = "GK102"
    TOO_DEEP = "GK103"
    NOT_TEXT = "GK104"
    NOT_YAML = "GK105"
    NOT_PLAIN = "GK106"
    KEY_TWICE = "GK107"
    MISPLACED = "GK108"
    EMPTY = "GK109"
    UNKNOWN_KEY = "GK201"
    MISSING = "GK202"
    WRONG_VALUE = "GK203"
    SENSELESS = "GK204"
    UNKNOWN_WORD = "GK301"
    UNKNOWN_CHECK = "GK302"
    UNKNOWN_LIST = "GK303"
    UNKNOWN_ZONE = "GK304"
    UNKNOWN_PLACE = "GK305"
    UNKNOWN_RULE = "GK306"
    UNKNOWN_LIMIT = "GK307"
    SAME_ID = "GK401"
    BACKWARDS = "GK402"
    NO_WINDOW = "GK403"
    DAY_TWICE = "GK404"
    OVERLAP = "GK405"
    UNREACHABLE = "GK406"
    OVER = "GK407"
    SHADOWED = "GK408"
    RUN_OUT = "GK409"
    UNASKED_LIMIT = "GK410"
    NO_TEST = "GK501"
    TEST_FAILS = "GK502"
    TEST_TWICE = "GK503"
    INCOMPLETE = "GK504"
    NO_CITATION = "GK505"
    FUTURE = "GK506"
    STALE = "GK507"
    UNSURE = "GK508"
    DETECTOR = "GK601"
    PATTERN = "GK602"
    REPLIES = "GK603"
    OPEN_GATE = "GK604"
    IDLE = "GK605"
    WEAK_EXAMPLE = "GK606"
    HEAVY = "GK607"
    EXPIRED = "GK701"
    LOOSENED = "GK702"
    BELOW = "GK703"


WARNINGS = frozenset(
    {
        *(Code.OVER, Code.SHADOWED, Code.RUN_OUT, Code.STALE, Code.UNSURE, Code.EXPIRED),
        *(Code.BELOW, Code.OPEN_GATE, Code.IDLE, Code.WEAK_EXAMPLE, Code.HEAVY),
    }
)
"""Shown, and no reason to refuse a folder unless `--strict` asks for it."""

MEANING: Mapping[Code, str] = {
    Code.UNREADABLE: "A file cannot be read: it is a link out of the folder, a pipe, a device, "
    "or closed to the gate.",
    Code.TOO_LARGE: "More than is read of one file, or of one folder.",
    Code.TOO_DEEP: "Nested deeper than is read.",
    Code.NOT_TEXT: "Not UTF-8, or a character that does not show.",
    Code.NOT_YAML: "Not valid YAML.",
    Code.NOT_PLAIN: "More than plain YAML: an anchor, alias, tag, directive, merge key or second "
    "document.",
    Code.KEY_TWICE: "One key stands twice in a mapping.",
    Code.MISPLACED: "A file stands where none is read, or under another name than it says.",
    Code.EMPTY: "A file, pack or folder holds nothing.",
    Code.UNKNOWN_KEY: "There is no such key here.",
    Code.MISSING: "A key that is needed is missing or empty.",
    Code.WRONG_VALUE: "A value of the wrong kind, or out of range.",
    Code.SENSELESS: "Each value is right, and together they make no sense.",
    Code.UNKNOWN_WORD: "Not one of the words that may stand here.",
    Code.UNKNOWN_CHECK: "There is no such check.",
    Code.UNKNOWN_LIST: "There is no such list.",
    Code.UNKNOWN_ZONE: "There is no such time zone.",
    Code.UNKNOWN_PLACE: "No place on earth lies in this jurisdiction or region.",
    Code.UNKNOWN_RULE: "A table or waiver names a rule, detector or reason that is not there.",
    Code.UNKNOWN_LIMIT: "A test or table names a limit that is not there.",
    Code.SAME_ID: "Two things have one id.",
    Code.BACKWARDS: "It ends before it begins.",
    Code.NO_WINDOW: "Not a window of hours, or one that closes before it opens.",
    Code.DAY_TWICE: "One day of the week is given twice.",
    Code.OVERLAP: "Two windows of one day overlap.",
    Code.UNREACHABLE: "No message can ever be under the rule.",
    Code.OVER: "The rule has ended, and judges only the past; say in its note why it is kept.",
    Code.SHADOWED: "Another rule finds all that this one could; say in its note why it is kept.",
    Code.RUN_OUT: "Every day that a list of days names is past.",
    Code.UNASKED_LIMIT: "A limit that no rule asks about, or a rule about limits without any.",
    Code.NO_TEST: "A rule has no test in which it fires, or none in which it is silent.",
    Code.TEST_FAILS: "A rule or detector does not do what a test beside it says.",
    Code.TEST_TWICE: "Two tests beside one rule have one name.",
    Code.INCOMPLETE: "A test or row does not say what no message is without.",
    Code.NO_CITATION: "A rule says nothing of its source.",
    Code.FUTURE: "A source was verified on a day that is still to come.",
    Code.STALE: "A source was last verified more than a year ago.",
    Code.UNSURE: "The source is uncertain, and no note says what is.",
    Code.DETECTOR: "What a detector looks for is not written in its grammar.",
    Code.PATTERN: "A pattern is too long, or none of RE2.",
    Code.REPLIES: "What is read in replies is not sound.",
    Code.OPEN_GATE: "A detector's gate opens on what ordinary messages are full of.",
    Code.IDLE: "A word or word set of a detector that no text or pattern can make use of.",
    Code.WEAK_EXAMPLE: "Examples that would hold whatever a detector looked for.",
    Code.HEAVY: "A pattern that RE2 is slow about, since it counts many repeats of a large class.",
    Code.EXPIRED: "A waiver has ended; it lets nothing pass any more.",
    Code.LOOSENED: "A tenant's file loosens what the law asks.",
    Code.BELOW: "The floor of this folder asks less than the floor that ships with the gate.",
}
"""What each code stands for."""


class Faulty(ValueError):
    """A value that is a fault of this kind, raised where the value is read."""

    def __init__(self, code: Code, message: str, *path: str | int) -> None:
        """`path` leads to the part of the value that is meant, if it is a part."""
        super().__init__(message)
        self.code, self.path = code, path
