"""What stands in place of a text that may not be sent? One `*` for each of its code points.

`*` is in the GSM 7-bit alphabet (3GPP TS 23.038), so a masked text needs no more segments.
"""

from __future__ import annotations

from collections.abc import Iterable

from gatekeeper.domain.match import Span

MASK = "*"


def masked(text: str, spans: Iterable[Span]) -> str | None:
    """The text with these stretches masked, as long as before; None if one lies outside."""
    for _, start, end in spans:
        if not 0 <= start < end <= len(text):
            return None
        text = text[:start] + MASK * (end - start) + text[end:]
    return text
