"""Whose is a piece of evidence? A person's, as one tenant knows that person."""

from __future__ import annotations

from typing import NamedTuple


class Owner(NamedTuple):
    """A person of one tenant; two tenants' owners cannot be joined."""

    tenant: str
    subject: bytes
    """16 bytes, made of tenant and number under a key that never rotates."""
