"""How is an app's SDK pointed at the gate? The lines for each SDK, as text with marks in it.

A mark is the name of a door (`<telnyx>`: its base URL, `<vonage-rest:host>`: host and port alone),
or one of `<account>`, `<key>` (an expression that gives the key), `<from>`, `<to>` (`<to:digits>`:
without its plus), `<proxy>` (the proxy's URL) and `<ca>` (the file of the authority to trust).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

_MARK = re.compile(r"<([a-z][a-z:-]*)>")


class Way(StrEnum):
    """How an app comes to the gate."""

    PATH = "path"
    """By a base URL whose path names the provider."""
    HOST = "host"
    """By a host name of the gate, under TLS."""
    PROXY = "proxy"
    """By the vendor's own host, for which the gate stands in."""


class Language(StrEnum):
    """What the lines are written in."""

    PYTHON = "python"
    NODE = "node"


BY_URL = (Way.PATH, Way.HOST)


class Lines(Struct, frozen=True):
    """The lines for one SDK, some ways."""

    sdk: str
    """The name of its package."""
    code: str
    """Makes a client that is pointed at the gate."""
    sends: str
    """Sends one message with it."""
    ways: tuple[Way, ...] = BY_URL
    language: Language = Language.PYTHON
    warning: str = ""
    """What would lead it past the gate all the same."""


class Attach(Struct, frozen=True):
    """All that is said of a provider's SDKs."""

    account: str = ""
    """What the account is that an application is registered with; empty where none is named."""
    lines: tuple[Lines, ...] = ()

    def of(self, language: Language, way: Way, sdk: str | None = None) -> Lines | None:
        """The lines for a language and way, None if no SDK (or not this one) has such a way."""
        fit = (each for each in self.lines if each.language is language and way in each.ways)
        return next((each for each in fit if sdk in (None, each.sdk)), None)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its marks filled; KeyError for a mark that has no value."""
    return _MARK.sub(lambda mark: values[mark[1]], text)
