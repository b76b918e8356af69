"""Does a host pass itself off as somebody's: by letters drawn alike, or a name and a lure?

Compared are the parts of the host's name with the names of known brands and of the sender, as UTS
39 compares: by what is left when lookalike letters and figures count as one. The cost does not
grow with the number of brands: each part is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from gatekeeper.screening.hosts import registered, shown
from gatekeeper.screening.skeleton import skeleton
from gatekeeper.screening.validators import Evidence

_PIECE = re.compile(r"[-_.]+")
_DRAWN = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"), ("3", "e"), ("4", "a"),
          ("5", "s"), ("7", "t"), ("8", "b"), ("9", "g"), ("6", "b"), ("2", "z"))  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_FORMS = frozenset(
    {"inc", "llc", "ltd", "limited", "gmbh", "ag", "sa", "sas", "srl", "plc", "corp", "corporation",
     "co", "company", "the", "bv", "nv", "oy", "ab", "as", "pty", "group", "holding", "holdings",
     "of", "and", "y", "de", "la", "el", "los", "les", "le"}
)  # fmt: skip
"""Words of a firm's name that its hosts leave out."""
_ENDINGS = ("com.", "com-", "gov.", "gov-")
"""How a brand's own address goes on where it stands inside another."""
SHORTEST, SHORTEST_NEAR = 4, 6
"""Letters of a name that may be drawn alike, and that one letter's difference is told of."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A name, the hosts that are its own, and whether it is the sender's."""

    name: str
    own: frozenset[str] = frozenset()
    sender: bool = False


@lru_cache(maxsize=512)
def brands_of(names: tuple[str, ...]) -> tuple[Brand, ...]:
    """The sender's names as they may stand in a host: run together, without the legal form."""
    found: dict[str, None] = {}
    for name in names:
        words = [w for w in _WORD.findall(skeleton(name)) if w not in _FORMS]
        found["".join(words)] = None
        if words and len(words[0]) > SHORTEST:
            found[words[0]] = None
    return tuple(Brand(name, sender=True) for name in found if len(name) >= SHORTEST)


def known_brands(words: Mapping[str, Iterable[str]], lures: str) -> list[Brand]:
    """Each word set but that of the lures is a brand, its words the hosts that are its own."""
    return [Brand(name, frozenset(own)) for name, own in words.items() if name != lures]


def drawn(text: str) -> str:
    """What is left of a name when letters and figures that are drawn alike count as one."""
    text = skeleton(text)
    for figure, letter in _DRAWN:
        text = text.replace(figure, letter)
    return text


@dataclass(frozen=True, slots=True)
class Host:
    """A host's name in the parts that are compared."""

    name: str
    label: str
    """What was registered, without its suffix."""
    parts: tuple[str, ...]
    """Left of the public suffix as displayed: labels run together, pieces, pairs of pieces."""
    words: tuple[str, ...]
    """The pieces and the ending, in order: lures are looked for beside a name."""

    @classmethod
    def of(cls, host: str) -> Host | None:
        """The parts of a host; None for a number or a suffix."""
        name = registered(host)
        if name is None:
            return None
        under = host[: -len(name)].strip(".").split(".") if host != name else []
        labels = [shown(label) for label in (*under, name.split(".")[0])]
        pieces = [piece for label in labels for piece in _PIECE.split(label) if piece]
        joined = [label.replace("-", "") for label in labels]
        pairs = (one + other for one, other in pairwise(pieces))
        parts = tuple(dict.fromkeys((*joined, *pieces, *pairs)))
        return cls(host, joined[-1], parts, (*pieces, name.rsplit(".")[-1]))

    def beside(self, name: str) -> set[str]:
        """The words next to a name; all of them where it is made of more than two."""
        words, next_to = self.words, set[str]()
        for length in (1, 2):
            for i in range(len(words) - length):
                if "".join(words[i : i + length]) == name:
                    next_to.update(words[max(0, i - 1) : i])
                    next_to.update(words[i + length : i + length + 1])
        return next_to or set(words)

    def owns(self, brand: Brand) -> bool:
        """Whether it is one of the brand's own hosts, or below one."""
        return any(self.name == own or self.name.endswith(f".{own}") for own in brand.own)


class Brands:
    """Names by what they are, by how they are drawn, and by what is left without one letter."""

    def __init__(self, brands: Iterable[Brand], lures: frozenset[str]) -> None:
        self._lures = lures
        self._named: dict[str, Brand] = {}
        self._drawn: dict[str, list[Brand]] = {}
        self._near: dict[str, list[Brand]] = {}
        for brand in brands:
            self._named[brand.name] = brand
            if len(brand.name) >= SHORTEST:
                self._drawn.setdefault(drawn(brand.name), []).append(brand)
            if len(brand.name) >= SHORTEST_NEAR:
                for rest in _without_one(brand.name):
                    self._near.setdefault(rest, []).append(brand)

    def lookalike(self, host: Host) -> Evidence | None:
        """The best evidence that the host passes itself off as one of the brands."""
        return max(self._found(host), key=lambda one: one.steps, default=None)

    def _found(self, host: Host) -> Iterator[Evidence]:
        for part in host.parts:
            brand = self._named.get(part)
            if brand is not None:
                if not host.owns(brand) and (found := self._beside(host, brand)):
                    yield found
                continue
            for brand in self._drawn.get(drawn(part), ()):
                if not host.owns(brand):
                    yield Evidence(0, ("drawn like a brand's name",))
        if len(host.label) >= SHORTEST_NEAR - 1 and host.label not in self._named:
            yield from self._nearly(host)

    def _beside(self, host: Host, brand: Brand) -> Evidence | None:
        """What a brand's plain name in a host of others is told by."""
        name = brand.name
        if host.label == name:
            lured = not brand.sender and host.name.rsplit(".")[-1] in self._lures
            return Evidence(0, ("a brand's name under an ending of lures",)) if lured else None
        if any(f"{name}.{ending}" in host.name for ending in _ENDINGS):
            return Evidence(0, ("a brand's whole address inside another",))
        if self._lures.isdisjoint(host.beside(name)):
            return None
        return Evidence(-1 if brand.sender else 0, ("a brand's name beside a lure",))

    def _nearly(self, host: Host) -> Iterator[Evidence]:
        for rest in _without_one(host.label):
            for brand in self._near.get(rest, ()):
                grown = brand.sender and brand.name in host.label
                if not grown and near(host.label, brand.name) and not host.owns(brand):
                    yield Evidence(-1, ("one letter from a brand's name",))


def _without_one(name: str) -> set[str]:
    """The name, and what is left of it without any one letter."""
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def near(one: str, other: str) -> bool:
    """Whether one letter more, less, changed or swapped makes the one the other; no plural."""
    if abs(len(one) - len(other)) > 1 or one == other or one.rstrip("s") == other.rstrip("s"):
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(a) == len(b) and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
