"""Which links does a text hold, and what are their parts?

A link is an address with `http`, `https` or `ftp` (also as `hxxp`, or with gaps in it), one that
begins with `www.`, or a bare host that ends as names of hosts do. The parts are those of RFC 3986.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_LINKS = 32
"""Links read per text; past them the text counts as not inspected."""
_REST = r"(?P<{0}>(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"“”]*)?)"
_LINK = re.compile(
    r"(?P<scheme>h ?[tx] ?[tx] ?p ?s?|ftp) ?: ?/ ?/ ?(?:(?P<user>[^\s/?#<>\"@]{1,200})@)?"
    r"(?P<host>\[[0-9a-f:.]{2,45}\]|[^\s/?#<>\"“”@:\[\](),;]{1,253})" + _REST.format("rest") + "|"
    r"(?<![\w@./:=&%#-])(?:(?P<bare_user>[^\s/?#<>\"@:]{1,64}\.[a-z]{2,12})@(?=[\w.-]+/))?"
    r"(?P<bare>(?:[\w-]{1,63}\.)+(?:xn--[a-z0-9-]{2,40}|[^\W\d_]{2,24})|(?:[0-9]{1,3}\.){3}[0-9]{1,3})"
    r"(?![\w@-])" + _REST.format("bare_rest"),
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}'»"


@dataclass(frozen=True, slots=True)
class Link:
    """One link: where it stands in the view, and its parts as they are written."""

    start: int
    end: int
    host: str
    """In lower case, without a port; an address of IP version 6 in brackets."""
    user: str = ""
    path: str = ""
    """Path, query and fragment, with their first sign."""
    schemed: bool = False
    """Whether it says how it is to be opened, or where it leads within the host."""

    @property
    def labels(self) -> list[str]:
        """The parts of the host's name."""
        return self.host.split(".")


def links(text: str) -> Iterator[Link]:
    """The links in a plain text, in order."""
    for found in _LINK.finditer(text):
        schemed = found["scheme"] is not None
        host = (found["host"] or found["bare"] or "").lower()
        host = host if host[:1] == "[" else host.rstrip(_TRAILING)
        rest = found["rest"] if schemed else found["bare_rest"]
        path = rest[rest.find(next((c for c in rest if c in "/?#"), "")) :] if rest else ""
        path = path.rstrip(_TRAILING) if rest[:1] != ":" or "/" in rest else ""
        if host:
            end = found.start() + len(found.group().rstrip(_TRAILING))
            user = found["user"] or found["bare_user"] or ""
            yield Link(found.start(), end, host, user.lower(), path, schemed or bool(path))
