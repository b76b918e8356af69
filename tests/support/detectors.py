"""The shipped detectors, read as the gate reads them."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.policy.load import PolicyFile, compile_files
from gatekeeper.policy.model import Detector
from gatekeeper.screening.screener import Screener
from gatekeeper.settings import shipped_folder


@cache
def shipped_detectors() -> tuple[Detector, ...]:
    """All detectors below `policies/content/<family>/`."""
    root = shipped_folder("policies")
    files = sorted((root / "content").glob("*/*.yaml"))
    return compile_files(
        tuple(PolicyFile(PurePosixPath(f.relative_to(root)), f.read_bytes()) for f in files), {}
    ).detectors


@cache
def shipped_screener() -> Screener:
    """One screener over all shipped detectors."""
    return Screener(shipped_detectors())


def detector(name: str, yaml: str) -> Detector:
    """A detector from YAML text, as if it stood in `policies/content/payment/`."""
    place = PurePosixPath("content/payment") / f"{name}.yaml"
    return compile_files((PolicyFile(place, yaml.encode()),), {}).detectors[0]


def body(text: str) -> TextPart:
    """A message body."""
    return TextPart("Body", Role.BODY, text)
