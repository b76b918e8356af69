"""Is each fault of a value told once, at its place, with the words that are known there?"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from gatekeeper.policy.faults import Fault
from gatekeeper.policy.row import Circumstances
from gatekeeper.policy.validate import parse
from gatekeeper.policy.yamlfile import read


def told(text: str) -> list[str]:
    faults: list[Fault] = []
    located = read(text.encode(), PurePosixPath("t.yaml"), faults)
    assert located is not None
    value = parse(Circumstances, located, faults)
    assert (value is None) == bool(faults)
    return [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sender: owned\n", []),
        ("x_note: any\nsender: {x_note: any}\n", []),
        ("sendr: owned\n", ["t.yaml:1:1: unknown key sendr (did you mean sender?)"]),
        (
            "consent:\n  bases: express\n",
            ["t.yaml:2:3: unknown key bases (did you mean basis?)"],
        ),
        (
            "consent:\n  events:\n    - {event: opt_out, att: 2026-11-20T12:00:00Z}\n",
            [
                "t.yaml:3:7: at is missing",
                "t.yaml:3:24: unknown key att (did you mean at?)",
            ],
        ),
        (
            "sender: own\n",
            ["t.yaml:1:9: own is not one of owned, not_owned, suspended (did you mean owned?)"],
        ),
        ("sender: 3\n", ["t.yaml:1:9: sender must be a mapping"]),
        (
            "sent:\n  - at: 12\n",
            ["t.yaml:2:9: write an instant with its offset, as 2026-11-20T21:00:00-05:00"],
        ),
    ],
)
def test_each_fault_is_told_once_at_its_place(text: str, expected: list[str]) -> None:
    assert told(text) == expected
