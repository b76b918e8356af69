"""What does the sandbox carrier ask for? It is reachable on loopback only and sends nothing."""

from __future__ import annotations

SANDBOX_ACCOUNT = "AC" + "5a" * 16
"""At Twilio; other providers' accounts may have any name."""
SANDBOX_SECRET = "sandbox-auth-token-not-a-secret"
