"""Is a folder of policy files, as it is at one moment, fit to judge by?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import load
from gatekeeper.rollout.give_way import giving_way
from gatekeeper.rollout.ready import Judge, check_kinds, loaded, ready
from gatekeeper.rollout.versions import Draft, Versions


@dataclass(frozen=True, slots=True)
class Found:
    """A copy of a folder, and the judge that was made from the copy and proved."""

    draft: Draft
    judge: Judge

    @property
    def digest(self) -> str:
        """The hash of what it says."""
        return self.judge.policy.hash

    @property
    def names(self) -> tuple[str, str]:
        """By what it is known again: its bytes, and what it says."""
        return self.draft.mark, self.digest


def examined(folder: Path, versions: Versions) -> Found:
    """Copy, load and prove a folder; PolicyError with every fault. Its draft is the caller's."""
    draft = versions.draft(folder)
    try:
        with giving_way():
            return Found(draft, ready(draft.path))
    except BaseException:
        versions.discard(draft)
        raise


def digest_of(folder: Path) -> str:
    """The hash of what a folder says, its tests not run; PolicyError with every fault."""
    return load(folder, check_kinds()).hash


def kept(digest: str, versions: Versions) -> Judge:
    """Load and prove a kept version; PolicyError if its files are no longer those of its digest."""
    path = versions.path(digest)
    with giving_way():
        judge = ready(path)
    unchanged(path, judge.policy.hash)
    return judge


def unchanged(version: Path, digest: str) -> None:
    """Raise PolicyError unless a kept version says what it said when it was kept."""
    if digest != version.name:
        told = f"the kept files of {version.name[:12]} were changed: they say something else"
        raise PolicyError((f"-:1:1: {told}",))


def names_of(folder: Path, versions: Versions) -> tuple[str, ...]:
    """By what a folder is known again, faulty or not; nothing, if it cannot be read."""
    try:
        with copied(folder, versions) as draft:
            try:
                return draft.mark, loaded(draft.path).policy.hash
            except PolicyError:
                return (draft.mark,)
    except (PolicyError, OSError):
        return ()


@contextmanager
def copied(folder: Path, versions: Versions) -> Iterator[Draft]:
    """A copy of a folder for as long as it is looked at."""
    draft = versions.draft(folder)
    try:
        yield draft
    finally:
        versions.discard(draft)
