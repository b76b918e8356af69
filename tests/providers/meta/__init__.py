"""Tests of the Telnyx package."""
