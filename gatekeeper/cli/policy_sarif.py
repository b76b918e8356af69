"""How are the faults of a policy folder told to a code scanning service?

In SARIF 2.1.0 (OASIS), with the place of each fault relative to where the command was run, as the
services that show them beside a change expect.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gatekeeper import __version__
from gatekeeper.domain.fault_codes import MEANING, WARNINGS, Code
from gatekeeper.policy.faults import Fault
from gatekeeper.rollout.lint import Report

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_CODES = list(Code)


def sarif(report: Report, folder: Path, here: Path) -> dict[str, Any]:
    """The report as one run of one tool; paths are absolute."""
    driver = {
        "name": "gatekeeper policy check",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in _CODES],
    }
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(fault, folder, here) for fault in report.faults],
            }
        ],
    }


def _rule(code: Code) -> dict[str, Any]:
    name = "".join(word.capitalize() for word in code.name.split("_"))
    return {
        "id": str(code),
        "name": name,
        "shortDescription": {"text": MEANING[code]},
        "defaultConfiguration": {"level": _level(code)},
    }


def _result(fault: Fault, folder: Path, here: Path) -> dict[str, Any]:
    return {
        "ruleId": str(fault.code),
        "ruleIndex": _CODES.index(fault.code),
        "level": _level(fault.code),
        "message": {"text": fault.message},
        "locations": [{"physicalLocation": _place(fault, folder, here)}],
        "partialFingerprints": {"fault/v1": _fingerprint(fault)},
    }


def _place(fault: Fault, folder: Path, here: Path) -> dict[str, Any]:
    file = folder if fault.source.file.name in ("", "-") else folder / fault.source.file
    inside = file.is_relative_to(here)
    uri = quote(file.relative_to(here).as_posix()) if inside else file.as_uri()
    region = {"startLine": fault.source.line, "startColumn": fault.source.column}
    return {"artifactLocation": {"uri": uri}, "region": region}


def _fingerprint(fault: Fault) -> str:
    """The same for the same fault wherever in the file it has moved."""
    said = f"{fault.code}:{fault.source.file}:{fault.message}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _level(code: Code) -> str:
    return "warning" if code in WARNINGS else "error"
