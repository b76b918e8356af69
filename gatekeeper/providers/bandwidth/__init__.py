"""Bandwidth: messages of one or several channels, calls and one-time codes."""

from gatekeeper.providers.bandwidth.provider import Bandwidth
from gatekeeper.providers.contract import Provider

BANDWIDTH: Provider = Bandwidth()

__all__ = ["BANDWIDTH"]
