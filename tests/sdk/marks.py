"""Which SDKs does a run try? Those of Python in every run, those of Node where it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sdk.sends import names


def sdks() -> list[Any]:
    """The name of each SDK, for parametrising."""
    return [marked(name) for name in names()]


def marked(name: str, *more: Any) -> Any:
    """One set of parameters that begins with an SDK's name; Node's carry the mark `node`."""
    words = "-".join([name, *(each for each in more if isinstance(each, str))])
    marks = [pytest.mark.node] if name.endswith("-node") else []
    return pytest.param(name, *more, marks=marks, id=words)
