"""What kind of host does a link name: a number, a forged name, and under whose name does it stand?

Where a registered name begins is told by the Public Suffix List alone (`publicsuffixlist`).
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from gatekeeper.screening.characters import CONFUSABLE, DRAWN_ALIKE

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NUMERIC = re.compile(r"(?:0x[0-9a-f]{1,8}|[0-9]{1,11})(?:\.(?:0x[0-9a-f]{1,8}|[0-9]{1,11})){0,3}")
_INSIDE = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16",
                "fe80::/10", "fc00::/7", "::1/128")
)  # fmt: skip
"""Networks that no outsider reaches."""
_LATIN, _COMMON = "LATIN", frozenset({"DIGIT", "HYPHEN-MINUS"})
_EASTERN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"})


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def prepare() -> None:
    """Read the list now, so that no message waits for it."""
    _suffixes()


@lru_cache(maxsize=2048)
def registered(host: str) -> str | None:
    """The name below the public suffix that its owner registered; None for a number or suffix."""
    return None if _NUMERIC.fullmatch(host) else _suffixes().privatesuffix(host)


def address(host: str) -> Address | None:
    """The address that a host of numbers names, however it is written; None for a name.

    As the WHATWG URL standard reads them: decimal, octal with a 0 and hexadecimal with 0x, in one
    to four parts of which the last takes what is left.
    """
    if host.startswith("["):
        try:
            return ipaddress.IPv6Address(host.strip("[]"))
        except ValueError:
            return None
    if not _NUMERIC.fullmatch(host):
        return None
    try:
        parts = [int(part, _base(part)) for part in host.split(".")]
        *first, last = parts
        room = 256 ** (4 - len(first))
        if any(part > 255 for part in first) or last >= room:
            return None
        value = sum(part << 8 * (3 - place) for place, part in enumerate(first)) + last
        return ipaddress.IPv4Address(value)
    except ValueError:
        return None


def _base(part: str) -> int:
    if part.startswith("0x"):
        return 16
    return 8 if part.startswith("0") and len(part) > 1 else 10


def inside(found: Address) -> bool:
    """Whether only those within a network reach it."""
    return any(found in net for net in _INSIDE if net.version == found.version)


def shown(host: str) -> str:
    """The host as it is displayed: labels of Punycode decoded (RFC 3492)."""
    return ".".join(map(_shown, host.split(".")))


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def forged(host: str) -> bool:
    """Whether a label of the displayed host mixes scripts, or is drawn of letters of another.

    Letters of one script that all look Latin, under a Latin suffix, are read as Latin.
    """
    if host.isascii() and "xn--" not in host:
        return False
    labels = shown(host).split(".")
    latin = labels[-1].isascii()
    return any(not label.isascii() and _forged(label, latin=latin) for label in labels)


def _forged(label: str, *, latin: bool) -> bool:
    scripts = {_script(character) for character in label} - _COMMON
    if len(scripts) > 1:
        return not scripts - {_LATIN} <= _EASTERN
    if scripts == {_LATIN}:
        return False
    return latin and all(c in DRAWN_ALIKE or c in CONFUSABLE or c.isascii() for c in label)


@lru_cache(maxsize=512)
def _script(character: str) -> str:
    name = unicodedata.name(character, "?").split(" ")[0]
    return "DIGIT" if character.isdigit() else name
