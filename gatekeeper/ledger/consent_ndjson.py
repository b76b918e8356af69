"""Which lines of an NDJSON file of consent are good, and what is wrong with the others?

Each line is a JSON object with the fields of the API, its evidence nested. As with CSV, a line
has exactly one meaning or is bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.import_words import BadLine
from gatekeeper.ledger.textlines import why_unread
from gatekeeper.providers.json_once import decoded


def read_ndjson(lines: Iterable[str], judge: Judge) -> Iterator[GoodLine | BadLine]:
    """Every line that is not empty, judged on its own."""
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        reason = why_unread([text])
        if reason is not None:
            yield BadLine(number, reason)
        else:
            yield judge.judge(number, partial(_input, text))


def _input(text: str) -> ConsentInput:
    try:
        given = decoded(text)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise InputRejected("not a JSON object with each key once")
    return ConsentInput.model_validate(given)
