"""To whom does a request of MessageBird go? A text of numbers with commas, or an array of them.

The Python SDK joins them, others send the array, in which a number may be a JSON number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.drop import without_recipients
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.json_edit import with_text
from gatekeeper.providers.numbers import recipient_of
from gatekeeper.providers.shape import MOST, Found, each, string, wrong

FIELD = "recipients"


def number(value: Any, path: str, found: Found) -> None:
    """One recipient; an integer is its digits."""
    given = str(value) if type(value) is int else string(value, path)
    found.recipients.append(recipient_of(given, path))


_EACH = each(number)


def recipients(value: Any, path: str, found: Found) -> None:
    """All of them, in their order."""
    if isinstance(value, list):
        _EACH(value, path, found)
        return
    if type(value) is int:
        number(value, path, found)
        return
    given = string(value, path).split(",")
    if len(given) > MOST or not all(each.strip(" ") for each in given):
        raise wrong(path, f"must be 1 to {MOST} numbers, with a comma between them")
    for one in given:
        found.recipients.append(recipient_of(one.strip(" "), path))


def drop(raw: RawRequest, request: OutboundRequest, indexes: Sequence[int]) -> RawRequest | None:
    """The same request without these of its recipients; None if nobody would be left."""
    if any(each.path != FIELD for each in request.recipients):
        return without_recipients(raw, request, indexes)
    everybody = range(len(request.recipients))
    given = read_object(raw)[FIELD]
    if not set(indexes) < set(everybody) or not isinstance(given, str):
        return None
    joined = ",".join(one for at, one in enumerate(given.split(",")) if at not in indexes)
    document = with_text(raw.body.decode(), (FIELD,), joined)
    return RawRequest(raw.method, raw.target, raw.headers, document.encode(), raw.service)
