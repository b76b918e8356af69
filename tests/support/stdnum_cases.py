"""The examples in the documentation of python-stdnum, as cases for the detectors that use it."""

from __future__ import annotations

import doctest
import importlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gatekeeper.policy.model import Detector
from gatekeeper.screening.grammar import parse

_CALL = re.compile(r"validate\((['\"])(?P<number>[^'\"]+)\1\)")


class Case(NamedTuple):
    """One number beside its cue, whether it is valid, and the detectors that should say so."""

    text: str
    valid: bool
    by: frozenset[str]


def cases(detectors: Iterable[Detector]) -> Iterator[Case]:
    """Every `validate(...)` of each module that detectors name, beside the first cue of these."""
    modules: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for detector in detectors:
        parts = parse(detector)
        if (name := parts.find.validator or "").startswith("stdnum."):
            cues = (*parts.gate.literals, *parts.gate.prefixes)
            modules.setdefault(name, []).append((detector.id, cues))
    for name, found in modules.items():
        cue = next((cues[0] for _, cues in found if cues), "it is")
        by = frozenset(detector for detector, _ in found)
        for number, valid in _documented(name):
            yield Case(f"{cue} {number}", valid, by)


def _documented(name: str) -> Iterator[tuple[str, bool]]:
    told = importlib.import_module(name).__doc__ or ""
    for example in doctest.DocTestParser().get_examples(told):
        if called := _CALL.search(example.source):
            yield called["number"], example.exc_msg is None
