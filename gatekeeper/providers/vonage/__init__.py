"""Vonage: Messages, SMS and Voice (developer.vonage.com)."""

from gatekeeper.providers.contract import Provider
from gatekeeper.providers.vonage.provider import Vonage

VONAGE: Provider = Vonage()
