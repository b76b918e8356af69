"""Providers that a mapping file describes, without Python."""
