"""Sinch: batches of SMS and MMS, and messages of its Conversation API."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.sinch.provider import Sinch

SINCH: Provider = Sinch()

__all__ = ["SINCH"]
