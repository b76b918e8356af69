"""Tests of the Infobip provider."""
