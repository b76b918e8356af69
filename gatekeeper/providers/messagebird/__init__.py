"""MessageBird's classic API: SMS, MMS, spoken texts, calls, codes and conversations."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.messagebird.provider import MessageBird

MESSAGEBIRD: Provider = MessageBird()

__all__ = ["MESSAGEBIRD"]
