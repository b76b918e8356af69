"""How does an author of clients get the OpenAPI document without a running gate?"""

from __future__ import annotations

from gatekeeper.cli.output import show
from gatekeeper.proxy.native import ROUTES
from gatekeeper.proxy.openapi import document


def openapi() -> None:
    """Print the OpenAPI 3.1 document of the native endpoints."""
    show(document(ROUTES))
