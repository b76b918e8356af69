"""Parts that need a real store and journal are tested on one running gate."""

from tests.e2e.conftest import acme, gate

__all__ = ["acme", "gate"]
