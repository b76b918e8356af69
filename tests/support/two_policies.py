"""Which two policies answer a message the opposite way, by rules and by a detector at once?"""

from __future__ import annotations

import shutil
from pathlib import Path

from gatekeeper.settings import shipped_folder
from tests.support.gate import WORD

STRICT, MILD = ("strict_one", "strict_two", "strict_three"), ("mild_one", "mild_two")
"""Rules of the one, each of which blocks, and of the other, each of which marks."""

_PACK = """pack: house
title: Rules of our own house
given:
  to: "+12122000123"
  at: 2026-11-20T12:00:00-05:00
  message: {{channel: sms, from: "+13122000100", purpose: transactional, text: Hello}}
  sender: owned
  consent: express
rules:
{rules}"""
_RULE = """  - id: house.{name}
    title: House rule {name}
    citation: House rule of 2026-11-01
    verified_on: 2026-11-01
    check: denied_place
    with: {{regions: [US]}}
    verdict: {verdict}
    tests:
      - {{name: here, fires: true}}
      - {{name: elsewhere, fires: false, to: "+442079460000"}}
"""
_DETECTOR = f"""id: house_word
family: credential
title: A word that only one policy knows
citation: House rule of 2026-11-01
verified_on: 2026-11-01
languages: [en]
gate: {{literals: [{WORD.lower()}]}}
find: {{words: {{odd: [{WORD.lower()}]}}, tokens: [[odd]]}}
likelihood: likely
positives: ["order {WORD}"]
negatives: ["order"]
"""


def write_strict(folder: Path) -> None:
    """Every message to the United States is blocked, three times over."""
    (folder / "content" / "credential" / "house_word.yaml").unlink(missing_ok=True)
    _write(folder, STRICT, "block")


def write_mild(folder: Path) -> None:
    """Every message passes, marked twice for its place and once for a word."""
    (folder / "content" / "credential" / "house_word.yaml").write_text(_DETECTOR)
    _write(folder, MILD, "flag")


def shipped_copy(place: Path) -> Path:
    """The shipped policy without tables and rate limits, to which either is added."""
    folder = place / "policies"
    shutil.copytree(shipped_folder("policies"), folder, ignore=shutil.ignore_patterns("tests"))
    gate = folder / "floor" / "gate.yaml"
    limits = "- id: gate.rate\n"
    gate.write_text(gate.read_text().replace(limits, limits + "    mode: 'off'\n"))
    verdicts = folder / "content" / "verdicts.yaml"
    text = verdicts.read_text()
    at = text.index("verdict: block", text.index("- id: content.credential\n"))
    verdicts.write_text(text[:at] + "verdict: flag" + text[at + len("verdict: block") :])
    return folder


def _write(folder: Path, names: tuple[str, ...], verdict: str) -> None:
    rules = "".join(_RULE.format(name=name, verdict=verdict) for name in names)
    (folder / "floor" / "house.yaml").write_text(_PACK.format(rules=rules))
