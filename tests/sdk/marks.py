"""Which SDKs does a run try? Those of Python in every run, those of Node where it is asked for."""

from __future__ import annotations

import pytest

from tests.sdk.sends import names


def sdks() -> list[object]:
    """The name of each SDK, for parametrising; Node's carry the mark `node`."""
    return [
        pytest.param(name, marks=pytest.mark.node) if name.endswith("-node") else name
        for name in names()
    ]
