"""Which of Telnyx's error codes say something of the recipient's will?

40300 alone, and only where its title speaks of STOP: the same code is seen with other titles. All
others (unroutable, filtered, expired, not registered) say nothing of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from gatekeeper.providers.contract import Reply
from gatekeeper.providers.webhook import Meaning

STOPPED = "40300"
_CODE = re.compile(r"[0-9]{1,6}")
_POINTER = re.compile(r"/(?:data/payload/|payload/)?to/([0-9]{1,3})(?:/.*)?")


class Told(NamedTuple):
    """What errors say of a person's will, and the first code among them."""

    meaning: Meaning = Meaning.OTHER
    code: str = ""


def told_by(errors: Any, place: int | None = None) -> Told:
    """What these errors say of one person; `place`: which of several they have to point at."""
    listed = errors if isinstance(errors, list) else []
    ours = [e for e in listed if isinstance(e, dict) and (place is None or _points_at(e, place))]
    codes = [str(each.get("code", "")) for each in ours]
    if any(_stopped(code, each) for code, each in zip(codes, ours, strict=True)):
        return Told(Meaning.OPTED_OUT, STOPPED)
    return Told(Meaning.OTHER, next(filter(_CODE.fullmatch, codes), ""))


def told(reply: Reply) -> Meaning:
    """What the answer to a send says of it; only a refusal says anything."""
    if not 400 <= reply.status < 500:
        return Meaning.OTHER
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        return Meaning.OTHER
    return told_by(said.get("errors")).meaning if isinstance(said, dict) else Meaning.OTHER


def _stopped(code: str, error: Mapping[str, Any]) -> bool:
    return code == STOPPED and "STOP" in str(error.get("title", "")).upper()


def _points_at(error: Mapping[str, Any], place: int) -> bool:
    source = error.get("source")
    pointer = source.get("pointer") if isinstance(source, dict) else None
    found = _POINTER.fullmatch(pointer) if isinstance(pointer, str) else None
    return found is not None and int(found[1]) == place
