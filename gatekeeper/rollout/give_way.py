"""How does long computing in a thread give way to the messages that the gate judges meanwhile?

Whoever waits for the interpreter gets it after the switch interval, 5 ms by default, and a message
waits several times on its way. While a policy is proved the interval is a tenth of that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

EVERY_S = 0.0005

_turn = Lock()
_computing: list[float] = []
"""The interval as it was before, once for each that computes now."""


@contextmanager
def giving_way() -> Iterator[None]:
    """For the thread that computes; several may at once."""
    with _turn:
        _computing.append(_computing[0] if _computing else sys.getswitchinterval())
        sys.setswitchinterval(EVERY_S)
    try:
        yield
    finally:
        with _turn:
            before = _computing.pop()
            if not _computing:
                sys.setswitchinterval(before)
