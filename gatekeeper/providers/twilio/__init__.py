"""Twilio: SMS, MMS, WhatsApp, Messenger and RCS messages, and voice calls."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.twilio.provider import Twilio

TWILIO: Provider = Twilio()

__all__ = ["TWILIO"]
