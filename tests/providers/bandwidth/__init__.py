"""Tests of the Bandwidth provider."""
