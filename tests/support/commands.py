"""How do tests run a command just as a person does, without a process for each?"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from gatekeeper.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What it printed with --json."""
        return json.loads(self.out)


Command = Callable[..., Ran]
"""`run` in a fixed environment."""


def run(environment: Mapping[str, str], *words: object, entered: str = "") -> Ran:
    """`gatekeeper WORDS` in this environment, with `entered` on standard input."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, environment),
        patch.object(sys, "argv", ["gatekeeper", *map(str, words)]),
        patch.object(sys, "stdin", io.StringIO(entered)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Ran(status, out.getvalue(), err.getvalue())
