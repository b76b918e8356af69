"""Meta's Graph API: WhatsApp's Cloud API and Messenger."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.meta.provider import Meta

META: Provider = Meta()

__all__ = ["META"]
