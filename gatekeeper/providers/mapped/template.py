"""How is a template of a mapping file filled in?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SLOT = re.compile(r"\{([a-z]+)\}")


def filled(template: Any, values: Mapping[str, str | int]) -> Any:
    """The template with the values in place of its `{names}`; other names stay as they are.

    A string that is one slot alone becomes the value itself, so that a code may be a number.
    """
    if isinstance(template, dict):
        return {name: filled(inner, values) for name, inner in template.items()}
    if isinstance(template, list):
        return [filled(inner, values) for inner in template]
    if not isinstance(template, str):
        return template
    whole = _SLOT.fullmatch(template)
    if whole and whole[1] in values:
        return values[whole[1]]
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), template)
