"""One gate serves all tests of a module."""

from tests.e2e.conftest import acme, gate, valkey_url

__all__ = ["acme", "gate", "valkey_url"]
