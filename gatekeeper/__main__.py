"""Runs the command line as `python -m gatekeeper`."""

from gatekeeper.cli import main

main()
