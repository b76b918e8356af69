"""Plivo: SMS, MMS and WhatsApp messages, verifications and voice calls."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.plivo.provider import Plivo

PLIVO: Provider = Plivo()

__all__ = ["PLIVO"]
