"""By which policy does a gate judge when it starts?

The folder, if it is live; the version that was in force, if the folder is a candidate only, or if
it was left for another version and is still as it was then. A version that the journal does not
bear out, or whose files were changed, is refused: a gate does not guess its policy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gatekeeper.errors import GatekeeperError, InputRejected, NotThere, PolicyError
from gatekeeper.rollout.examine import Found, examined, kept, names_of
from gatekeeper.rollout.history import Activation, History, read_history
from gatekeeper.rollout.ready import Judge
from gatekeeper.rollout.setup import Setup

Attests = Callable[[Activation], bool]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a gate starts with."""

    judge: Judge
    history: History
    found: Found | None = None
    """The folder, where it is taken."""


def opened(setup: Setup, attests: Attests) -> Opened:
    """The policy to start with; raises PolicyError or InputRejected, and then no gate runs."""
    if setup.data.resolve().is_relative_to(setup.folder.resolve()):
        raise InputRejected(
            f"the data folder {setup.data} lies in the folder of policy files {setup.folder}: what "
            "is kept there would be read as policy"
        )
    setup.versions.clear_drafts()
    history = read_history(setup.history)
    active = history.active
    if active is not None and (setup.promoted_only or _left(setup, history)):
        return Opened(_in_force(active, setup, attests), history)
    found = examined(setup.folder, setup.versions)
    return Opened(found.judge, history, found)


def _left(setup: Setup, history: History) -> bool:
    """Whether the folder is as it was when another version was put in force by hand."""
    if not history.left:
        return False
    return bool(set(history.left) & set(names_of(setup.folder, setup.versions)))


def _in_force(active: Activation, setup: Setup, attests: Attests) -> Judge:
    short = active.digest[:12]
    try:
        if not attests(active):
            raise InputRejected("the journal does not say at its place that it came into force")
        return kept(active.digest, setup.versions)
    except PolicyError as error:
        raise PolicyError((*error.faults, _advice(short, setup))) from None
    except (NotThere, InputRejected) as error:
        raise InputRejected(f"{error}; {_advice(short, setup)}") from None
    except (GatekeeperError, OSError) as error:
        raise InputRejected(f"{short} cannot be read ({error}); {_advice(short, setup)}") from None


def _advice(short: str, setup: Setup) -> str:
    return (
        f"the version {short} is in force by {setup.history}, and cannot be used: restore "
        f"{setup.history.parent}, or move it away to start from {setup.folder.name}/ as it is"
    )
