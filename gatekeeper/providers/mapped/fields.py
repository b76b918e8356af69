"""How do the pointers of a mapping file become the shape that reads a body?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Role
from gatekeeper.providers import shape
from gatekeeper.providers.shape import Reader

EACH, ANY = "*", "?"

_ROLES = {
    "text": Role.BODY,
    "subject": Role.SUBJECT,
    "caption": Role.CAPTION,
    "button": Role.BUTTON,
    "tts": Role.TTS,
    "variable": Role.TEMPLATE_VAR,
}


@dataclass(slots=True)
class _Node:
    """One step of the pointers: what stands there itself, and what stands below."""

    use: str | None = None
    below: dict[str, _Node] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)


def reader_of(fields: Mapping[str, str], need: tuple[str, ...] = ()) -> Reader:
    """The shape of a body with these fields; ValueError for pointers that do not fit together."""
    root = _Node()
    for pointer, use in fields.items():
        _place(root, pointer).use = use
    for pointer in need:
        if pointer not in fields:
            raise ValueError(f"need names {pointer}, which is not among the fields")
        _require(root, pointer)
    return _reader(root)


def _place(root: _Node, pointer: str) -> _Node:
    node = root
    for step in pointer.split("/"):
        if not step:
            raise ValueError(f"the pointer {pointer} has an empty step")
        node = node.below.setdefault(step, _Node())
    return node


def _require(root: _Node, pointer: str) -> None:
    node = root
    for step in pointer.split("/"):
        if step not in (EACH, ANY):
            node.needed.add(step)
        node = node.below[step]


def _reader(node: _Node) -> Reader:
    by_type: dict[type, Reader] = {}
    names = {name: below for name, below in node.below.items() if name not in (EACH, ANY)}
    if node.use is not None:
        leaf = leaf_of(node.use)
        by_type |= dict.fromkeys((str, int, float, bool), leaf)
        if node.use == "anything":
            by_type |= dict.fromkeys((list, dict), leaf)
    if EACH in node.below:
        by_type[list] = shape.each(_reader(node.below[EACH]))
    if ANY in node.below and names:
        raise ValueError("an object has either names that are listed or names of the app's own")
    if ANY in node.below:
        by_type[dict] = shape.values(_reader(node.below[ANY]))
    if names or not by_type:
        readers = {name: _reader(below) for name, below in names.items()}
        by_type[dict] = shape.members(readers, need=tuple(sorted(node.needed)))
    return shape.by_type(by_type)


def leaf_of(use: str) -> Reader:
    """The reader of a field that is for this."""
    word, _, kind = use.partition(":")
    if word in _ROLES:
        return shape.text(_ROLES[word])
    if word == "opaque":
        return shape.opaque(kind)
    made: dict[str, Reader] = {
        "recipient": shape.person(),
        "person": shape.person(AddressKind.UNKNOWN),
        "sender": shape.sender(),
        "anything": shape.anything(Role.BODY),
        "link": shape.link(),
        "media": shape.media(),
        "reference": shape.reference(),
        "claim": shape.claim(),
        "setting": shape.setting(),
        "refused": shape.refused(),
    }
    return made[word]
