"""Bird: SMS and WhatsApp messages by the API of its new SDK."""

from gatekeeper.providers.bird.provider import Bird
from gatekeeper.providers.contract import Provider

BIRD: Provider = Bird()

__all__ = ["BIRD"]
