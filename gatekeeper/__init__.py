"""Gatekeeper: a self-hosted compliance gateway for outbound messages and calls."""

__version__ = "0.5.0"
