"""Which operation of a mapping file is at a path, and which account does the path name?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gatekeeper.providers.closed import not_here, overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest
from gatekeeper.providers.mapped.file_shape import OperationShape

_SEGMENT = r"[A-Za-z0-9._~:@+-]{1,200}"
_SLOT = re.compile(r"\{([a-z]+)\}")


class Paths:
    """The paths of a file, each exactly as it is written."""

    def __init__(self, operations: Iterable[OperationShape]) -> None:
        """ValueError for a path whose braces name nothing."""
        self._known = [(_pattern(each.path), each) for each in operations]

    def match(self, raw: RawRequest) -> Operation:
        """What is at the path; what the file does not name is closed, but for reads."""
        for pattern, operation in self._known:
            found = pattern.fullmatch(raw.path)
            if found is None:
                continue
            account = found.groupdict().get("account") or ""
            if raw.method != operation.method:
                return not_here(raw, account) if raw.method != "GET" else unnamed(raw, account)
            if overridden(raw):
                return unnamed(raw, account)
            if raw.target != raw.path:
                return refused("Send parameters in the body, not in the query.", account)
            return Operation(operation.name, Handling.DECIDE, operation.channel, account)
        return unnamed(raw)


def _pattern(path: str) -> re.Pattern[str]:
    pieces = _SLOT.split(path)
    if "{" in "".join(pieces[::2]) or "}" in "".join(pieces[::2]):
        raise ValueError(f"{path} has braces that name nothing: write {{account}}")
    written = [
        f"(?P<{piece}>{_SEGMENT})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(pieces)
    ]
    return re.compile("".join(written))
