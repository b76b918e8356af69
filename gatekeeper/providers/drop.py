"""How are recipients left out of a JSON request that lists them in one array?"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_edit import without
from gatekeeper.providers.json_places import Path


def without_recipients(
    raw: RawRequest, request: OutboundRequest, indexes: Sequence[int]
) -> RawRequest | None:
    """The same request without the array's elements in which these of its recipients stand.

    Every other byte stays. None if they stand in no one array, if nobody would be left, or if the
    request sends further messages: it is judged as a whole.
    """
    if request.also or not set(indexes) < set(range(len(request.recipients))):
        return None
    places = [_element(request.recipients[index].path) for index in indexes]
    arrays = {array for array, _ in places}
    if len(arrays) != 1 or () in arrays:
        return None
    document = without(raw.body.decode(), arrays.pop(), {element for _, element in places})
    return RawRequest(raw.method, raw.target, raw.headers, document.encode(), raw.service)


def _element(path: str) -> tuple[Path, int]:
    """The innermost array of a path and the place in it; no array at all for a path without."""
    pieces = [int(each) if each.isdecimal() else each for each in path.split("/")]
    at = max((n for n, piece in enumerate(pieces) if isinstance(piece, int)), default=0)
    place = pieces[at]
    return (tuple(pieces[:at]), place) if isinstance(place, int) else ((), 0)
