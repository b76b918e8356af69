"""Ids of many countries in the sentences of people, with right check digits and no owner."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from gatekeeper.screening.check_digits import CHECKS

FOLDER = Path(__file__).parent.parent / "screening" / "data" / "ids"
PER_SENTENCE = 4
"""Ids written into each sentence."""
_TRIES = 200_000
_SLOT = re.compile(r"YYYY|YY|MM|DD|#")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of id: the check it must pass, how it is written, and sentences that hold it."""

    what: str
    check: str
    forms: tuple[str, ...]
    sentences: tuple[str, ...]

    def texts(self, source: random.Random) -> Iterator[str]:
        """Each sentence with several ids, in all forms by turns."""
        valid = _check(self.check)
        forms = cycle(self.forms)
        for sentence in self.sentences:
            for form in islice(forms, max(PER_SENTENCE, len(self.forms))):
                yield sentence.replace("{}", _written(form, valid, source))


def sections() -> list[Section]:
    """All sections of all files."""
    return [section for file in sorted(FOLDER.glob("*.txt")) for section in _read(file)]


def _read(file: Path) -> Iterator[Section]:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line]
    head: tuple[str, str, str] | None = None
    sentences: list[str] = []
    for line in [*(line for line in lines if not line.startswith("# ")), "## end: -: -"]:
        if not line.startswith("## "):
            sentences.append(line)
            continue
        if head:
            yield Section(head[0], head[1], tuple(head[2].split(" / ")), tuple(sentences))
        what, check, forms = line[3:].split(": ", 2)
        head, sentences = (what, check, forms), []


def _check(name: str) -> Callable[[str], bool]:
    if name == "-":
        return lambda _: True
    if not name.startswith("stdnum."):
        return lambda written: CHECKS[name](_plain(written))
    is_valid: Callable[[str], bool] = importlib.import_module(name).is_valid
    return lambda written: is_valid(written) or is_valid(_plain(written))


def _plain(written: str) -> str:
    return re.sub(r"[\W_]", "", written)


def _written(form: str, valid: Callable[[str], bool], source: random.Random) -> str:
    for _ in range(_TRIES):
        written = _SLOT.sub(lambda slot: _slot(slot[0], source), form)
        lettered = _lettered(written, source)
        if valid(lettered):
            return lettered
    raise ValueError(f"no valid number of the form {form}")


def _lettered(written: str, source: random.Random) -> str:
    return "".join(source.choice("ABCDEFGHJKLMNPRSTVWXYZ") if c == "@" else c for c in written)


def _slot(slot: str, source: random.Random) -> str:
    year = source.randint(1945, 1999)
    return {
        "YYYY": str(year),
        "YY": str(year)[2:],
        "MM": f"{source.randint(1, 12):02}",
        "DD": f"{source.randint(1, 28):02}",
    }.get(slot) or source.choice("0123456789")
