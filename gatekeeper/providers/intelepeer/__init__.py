"""IntelePeer Atmosphere: SMS and MMS, and flows that are started by a request."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.intelepeer.provider import IntelePeer

INTELEPEER: Provider = IntelePeer()

__all__ = ["INTELEPEER"]
