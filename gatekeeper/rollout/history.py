"""Which policy is in force, since when, who put it there and why; and what waits for approval?

One small file, `data/policy/history.json`, swapped in whole at each change. Its number grows with
each, so that another process can see by a look that there is something new. What it says of the
version in force is believed only as far as the journal bears it out.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from gatekeeper.errors import InputRejected

FORMAT = 1
KEPT = 500
"""Activations that are listed; older ones stand in the journal alone."""
MAX_PROPOSALS = 20
MAX_BYTES = 4 << 20

How = Literal["start", "watch", "promote", "rollback"]
"""At the start, because the folder changed, or by a command."""
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]+\Z")]
"""One line of text that a person gave."""


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who asked."""

    id: str
    """`user:NAME` or `key:ID`; `gate` for what it did by itself."""
    says: str | None = None
    """Whom that person says to be, or to act for; it is noted and counts for nothing."""
    made_by: str | None = None
    """For a key: who made it."""


GATE = Actor("gate")


class Activation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version came into force."""

    digest: str
    at: datetime
    how: How
    who: Actor
    why: str
    stream: str
    """Where the journal says so too."""
    seq: int
    approved_by: Actor | None = None


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version that one person wants in force, and another one must approve."""

    digest: str
    at: datetime
    expires: datetime
    who: Actor
    why: str


class History(msgspec.Struct, frozen=True):
    """What the file says."""

    format: int = FORMAT
    number: int = 0
    """Of changes to this file."""
    activations: tuple[Activation, ...] = ()
    """Oldest first; the last one is in force."""
    left: tuple[str, ...] = ()
    """The watched folder as it was when another version was put in force by hand: its mark and, if
    it loaded, its digest. As long as it stays so, it does not come back by itself."""
    proposals: tuple[Proposal, ...] = ()

    @property
    def active(self) -> Activation | None:
        """The last version that came into force; None before the first."""
        return self.activations[-1] if self.activations else None

    def activated(self, activation: Activation, left: tuple[str, ...]) -> History:
        """With a version in force; a proposal of it is done with."""
        return msgspec.structs.replace(
            self,
            number=self.number + 1,
            activations=(*self.activations, activation)[-KEPT:],
            left=left,
            proposals=tuple(p for p in self.proposals if p.digest != activation.digest),
        )

    def proposing(self, *proposals: Proposal) -> History:
        """With these proposals and no others."""
        return msgspec.structs.replace(self, number=self.number + 1, proposals=proposals)

    def returned(self) -> History:
        """With the watched folder no longer left."""
        return msgspec.structs.replace(self, number=self.number + 1, left=())

    def newest(self, count: int) -> tuple[str, ...]:
        """The digests that came into force last, the newest first, each once."""
        order = dict.fromkeys(each.digest for each in reversed(self.activations))
        return tuple(order)[:count]

    def before(self) -> str | None:
        """The version that was in force before the active one; None if there was no other."""
        return next(iter(self.newest(2)[1:]), None)

    def kept(self, count: int) -> frozenset[str]:
        """The versions whose files stay: the newest ones, and what waits for approval."""
        return frozenset(self.newest(count)) | {each.digest for each in self.proposals}


def history_file(data: Path) -> Path:
    """Where the file lies."""
    return data / "policy" / "history.json"


def read_history(path: Path) -> History:
    """What the file says, an empty history if there is none yet; InputRejected if it is damaged."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return History()
    try:
        history = msgspec.json.decode(raw, type=History)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _unusable(path, str(error)) from None
    if history.format != FORMAT:
        raise _unusable(path, f"it has format {history.format}, this version reads {FORMAT}")
    return history


def write_history(path: Path, history: History) -> None:
    """Put the file in place whole, private and durable."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(history), indent=1))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _unusable(path: Path, why: str) -> InputRejected:
    return InputRejected(
        f"{path} cannot be used ({why}). The journal holds the same history: `gatekeeper audit "
        "search --kind policy`. Move the folder away to start from the folder of policy files."
    )
