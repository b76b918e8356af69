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
ACME = """\
tenant: acme
title: Acme's own rules
given:
  to: "+12122000123"
  at: 2026-11-20T12:00:00-05:00
  message: {channel: sms}
rules:
  - id: acme.own
    title: A rule of Acme's
    citation: memo 1
    verified_on: 2026-11-22
    jurisdiction: US-NY
    check: calm
    with: {lists: [own-vip]}
    verdict: hold
    tests:
      - {name: one, fires: true}
      - {name: two, fires: false}
tighten:
  - rule: us.calm
    reason: Acme is calmer
    with: {least: 3}
    verdict: block
    applies: {channels: []}
    tests:
      - {name: three, fires: true}
      - {name: two, fires: false, at: 2026-11-20T13:00:00-05:00}
waivers:
  - id: recall
    rules: [us.calm, acme.us.calm]
    campaigns: [recall]
    channels: [sms]
    purposes: [informational]
    jurisdiction: US-NY
    approved_by: Ann Counsel
    reason: a recall
    citation: memo 2
    from: 2026-11-01
    expires: 2026-12-01T09:00:00-05:00
"""
"""A tenant's file that uses all that such a file may say, over the pack in `GOOD`."""


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
