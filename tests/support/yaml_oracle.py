"""What does another YAML library, which shares no code with ours, read, and at which place?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gatekeeper.policy.scalar import plain
from gatekeeper.policy.yamlfile import Located

Placed = tuple[tuple[str | int, ...], Any, int, int]
"""A path, its scalar (or the kind of what holds others), line and column."""


def as_read(text: str) -> Iterator[Placed]:
    """Every value with its place; none if the library takes the text for no YAML."""
    try:
        node = YAML(typ="safe", pure=True).compose(io.StringIO(text))
        yield from _below(node, ())
    except YAMLError:
        return


def _below(node: Node, path: tuple[str | int, ...]) -> Iterator[Placed]:
    mark = node.start_mark
    yield path, _value(node), mark.line + 1, mark.column + 1
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _below(value, (*path, str(key.value)))
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _below(value, (*path, index))


def _value(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return plain(node.value) if node.style is None else node.value
    return "mapping" if isinstance(node, MappingNode) else "list"


def placed(located: Located, path: tuple[str | int, ...] = ()) -> Iterator[Placed]:
    """The same of what we have read."""
    value, source = located.value, located.source()
    kind = "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else None
    yield path, kind or value, source.line, source.column
    for step in value if isinstance(value, dict) else range(len(value) if kind else 0):
        yield from placed(located.at(step), (*path, step))
