"""Tests of the Bird provider."""
