"""Infobip: SMS, messages of several channels, WhatsApp, spoken texts and one-time codes."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.infobip.provider import Infobip

INFOBIP: Provider = Infobip()

__all__ = ["INFOBIP"]
