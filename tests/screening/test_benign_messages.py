"""Which real messages between people would be blocked, and is each known with its reason?

They come from the file named by `GATEKEEPER_REAL_MESSAGES`; not one line of it is kept here. The
few that are stopped are listed in `data/benign_blocked.tsv` by the beginning of their SHA-256, each
with the reason; `right:` says that it was read and does hold what it is stopped for.
Without the file generated messages take their place, and the run says so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import warnings
from itertools import islice
from pathlib import Path

from tests.support.content_rules import ruled
from tests.support.detectors import body, shipped_screener
from tests.support.varied import plain

NAME = "GATEKEEPER_REAL_MESSAGES"
MOST = 1
"""Per 10,000, of real messages between people."""
LISTED = dict(
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "benign_blocked.tsv").read_text().splitlines()
)


def messages() -> list[str]:
    """All real messages, or as many generated ones if there are none."""
    named = os.environ.get(NAME)
    if named is None or not Path(named).is_file():
        why = f"{NAME} names no file" if named else f"{NAME} is not set"
        warnings.warn(f"{why}: GENERATED messages are read, not real ones", stacklevel=1)
        return list(islice(plain(20261125), 10_000))
    with gzip.open(named, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def identity(text: str) -> str:
    """The name of a message in the list."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def stopped(texts: list[str]) -> dict[str, str]:
    """Which of these the content rules stop, and by which detectors; told by line number."""
    found = {}
    screener = shipped_screener()
    for number, text in enumerate(texts, 1):
        if screener.screen((body(text),)) and (stopping := ruled(text).stopping()):
            by = ", ".join(sorted({match.detector for match in stopping}))
            found[identity(text)] = by
            print(
                f"line {number} {identity(text)} {by}: {LISTED.get(identity(text), 'NOT LISTED')}"
            )
    return found


def test_no_message_between_people_is_stopped_but_those_listed() -> None:
    texts = messages()
    found = stopped(texts)
    print(f"{len(found)} of {len(texts)} stopped")
    assert set(found) <= set(LISTED)


def test_the_list_is_short_and_each_has_its_reason() -> None:
    in_error = [reason for reason in LISTED.values() if not reason.startswith("right: ")]
    assert len(in_error) <= MOST * 26_012 / 10_000
    assert all(len(reason) > 20 for reason in LISTED.values())


def test_a_message_is_told_by_a_name_that_does_not_show_it() -> None:
    text = random.Random(1).choice(["hello", "see you"])
    assert len(identity(text)) == 16
    assert text not in identity(text)
