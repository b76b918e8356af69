"""From which policy files do the tests start? A check of their own, and small packs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict

from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import PolicyFile, compile_files
from gatekeeper.policy.model import Policy

DATA = Path(__file__).parent.parent / "policy" / "data"
GOOD = DATA / "good"


class Calm(BaseModel):
    """Parameters of the one check that the packs of these tests use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lists: tuple[str, ...] = ()
    least: int = 1


KINDS = {"calm": Calm}


def pack(text: str, name: str = "floor/bad.yaml") -> PolicyFile:
    """A file of a policy as if it had been read from this place."""
    return PolicyFile(PurePosixPath(name), text.encode())


def compiled(*files: PolicyFile) -> Policy:
    """The policy of these files."""
    return compile_files(files, KINDS)


def coded(*files: PolicyFile) -> list[str]:
    """Every fault of these files with its code."""
    try:
        compiled(*files)
    except PolicyError as error:
        return [f"{each.source}: {each.code} {each.message}" for each in error.found]
    return []


def faults(*files: PolicyFile) -> tuple[str, ...]:
    """Every fault of these files, none if they load."""
    try:
        compiled(*files)
    except PolicyError as error:
        return error.faults
    return ()
