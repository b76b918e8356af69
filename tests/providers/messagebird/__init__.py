"""Tests of the MessageBird provider."""
