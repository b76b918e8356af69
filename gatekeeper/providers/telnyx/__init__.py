"""Telnyx: SMS, MMS, RCS and WhatsApp messages, verifications and voice calls."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.telnyx.provider import Telnyx

TELNYX: Provider = Telnyx()

__all__ = ["TELNYX"]
