"""Mapped providers."""
