"""What do the tests send with each SDK? `sends/NAME.yaml` names every kind of send, with its words.

The credential is made up; a Vonage application signs with a key that is made for each run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sdk.scenario import Gate
from tests.support.vonage_app import APPLICATION, keys

FOLDER = Path(__file__).parent / "sends"
SECRET = "gk_made-up-key-of-no-application-000000000000000"


@dataclass(frozen=True, slots=True)
class Sends:
    """One SDK's sends."""

    name: str
    provider: str
    account: str
    sends: Mapping[str, Mapping[str, Any]]
    writes: Mapping[str, str] | None = None
    """Where people must have written first: on which channel, and to which of our senders."""

    def gate(self, url: str, secret: str = SECRET, **more: str) -> Gate:
        """The gate as this SDK's app is told of it."""
        return Gate(url, self.account, secret, _more(self.provider) | more)


def read(name: str) -> Sends:
    """The sends of one SDK."""
    return Sends(name, **yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def names() -> list[str]:
    """Every SDK that has sends."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def _more(provider: str) -> dict[str, str]:
    """What only one provider's SDK asks for."""
    if provider != "vonage":
        return {}
    return {
        "api_host": "vonage.gate.test",
        "rest_host": "vonage-rest.gate.test",
        "application": APPLICATION,
        "private_key": keys()[0],
        "signature_secret": SECRET,
    }
