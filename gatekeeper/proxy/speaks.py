"""Which providers does this gate speak for: those built in, and those of mapping files?"""

from __future__ import annotations

from gatekeeper.policy.load import PROVIDERS as FOLDER
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Provider
from gatekeeper.providers.mapped.load import mapped_providers
from gatekeeper.settings import Settings


def providers_of(settings: Settings) -> tuple[Provider, ...]:
    """All of them, the built-in ones first; PolicyError with every fault of the mapping files.

    Files are read once, at start: a gate that runs goes on with those that it has read.
    """
    taken = [provider.name for provider in PROVIDERS]
    return (*PROVIDERS, *mapped_providers(settings.policies / FOLDER, taken))
