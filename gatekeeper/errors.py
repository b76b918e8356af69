"""Which errors does Gatekeeper raise itself?

    GatekeeperError
    ├── PolicyError              policy files that do not load: every fault with its place
    ├── RequestRefused           a request that is answered before any check could run
    │   ├── AmbiguousRequest     it cannot be read with exactly one meaning
    │   └── CredentialInvalid    nobody we know, or not allowed here
    ├── DependencyUnavailable    store, journal or upstream: fail closed, 503 + Retry-After
    │   └── StoreUnfit           a server that must not be our store until somebody has acted
    ├── JournalError             the audit log cannot be read, written or proved
    ├── KeyringError             the keyring is missing, unreadable or of another installation
    ├── InputRejected            a command or native call was given something unusable
    │   └── NotThere             what is asked for is not there, or not the asker's
    └── NotAllowed               a key that is good, but not for this

A message never holds a body, a secret or a full phone number: it may reach a log.
"""

from __future__ import annotations

import typing


class GatekeeperError(Exception):
    """The root of all errors raised on purpose."""


class PolicyError(GatekeeperError):
    """Policy files do not load; `faults` are lines of `file:line:column: message`."""

    def __init__(self, faults: tuple[str, ...], found: tuple[typing.Any, ...] = ()) -> None:
        """`found` are the same as the policy room has them, where it does."""
        super().__init__("\n".join(faults))
        self.faults, self.found = faults, found


class RequestRefused(GatekeeperError):
    """A request is refused before the checks; the provider module words the answer."""


class AmbiguousRequest(RequestRefused):
    """A request that can be read in two ways, or not at all (`request.ambiguous`)."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class CredentialInvalid(RequestRefused):
    """The credential is missing, unknown, expired or not valid for this account."""


class DependencyUnavailable(GatekeeperError):
    """A dependency is missing, slow, stale or failing; the gate refuses instead of guessing."""

    def __init__(self, dependency: str, message: str) -> None:
        super().__init__(f"{dependency}: {message}")
        self.dependency = dependency


class StoreUnfit(DependencyUnavailable):
    """The server would lose what was acknowledged, or is not ours; the message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__("store", message)
        self.reason = message


class JournalError(GatekeeperError):
    """The journal cannot be written or read, or its chain does not hold."""


class KeyringError(GatekeeperError):
    """The keyring is missing, unreadable, or does not belong to this data folder."""


class InputRejected(GatekeeperError):
    """What a person or program handed in cannot be used; the message says why and what would do."""


class NotThere(InputRejected):
    """What is asked for is not there; what is another tenant's is told alike."""


class NotAllowed(GatekeeperError):
    """The key is known, and what it asks for is left to others; the message says to whom."""
