"""An author's one file is taken by a running gate, first in shadow, then in force, then not at all.

The file is the README's own, word for word; the gate's folder is watched as it is in production.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from gatekeeper.settings import shipped_folder
from tests.support.acme import ANA, NEWS
from tests.support.gate import Stand, standing_gate
from tests.support.readme import README, fences

TEXT = "Your badge number is B123456"
FILE = next(f.text for f in fences(README.read_text()) if f.text.startswith("id: badge "))
IN_FORCE = FILE.replace("mode: shadow ", "mode: enforce")


async def decided(stand: Stand) -> tuple[int, str, list[dict[str, Any]]]:
    """What an app is answered, by which verdict, and what the record tells of matches."""
    told = await stand.post({"To": ANA, "From": NEWS, "Body": TEXT})
    record = next(
        r for r in stand.records("decision") if r.id == told.headers["Gatekeeper-Decision"]
    )
    (person,) = record.content["recipients"]
    return told.status, record.content["verdict"], person["facts"].get("matches", [])


async def test_a_detector_is_added_by_one_file_while_the_gate_runs(tmp_path: Path) -> None:
    folder, tables = tmp_path / "policies", shutil.ignore_patterns("tests")
    shutil.copytree(shipped_folder("policies"), folder, ignore=tables)
    place = folder / "content" / "credential" / "badge.yaml"
    async with standing_gate(tmp_path, policies=folder) as stand:

        async def take(text: str) -> tuple[str, ...]:
            place.write_text(text)
            return (await stand.gate.policies.reload()).faults

        assert (await decided(stand))[:2] == (201, "allow")

        assert await take(FILE) == ()
        status, verdict, matches = await decided(stand)
        assert (status, verdict) == (201, "allow")
        assert [(m["detector"], m["likelihood"]) for m in matches] == [("badge", "unlikely")]

        (fault,) = await take(IN_FORCE.replace("literals:", "literal:"))
        assert "did you mean literals?" in fault
        assert (await decided(stand))[:2] == (201, "allow")

        (fault,) = await take(IN_FORCE.replace('badge: B654321"', 'batch: B654321"'))
        assert "its gate does not open" in fault
        assert (await decided(stand))[:2] == (201, "allow")

        assert await take(IN_FORCE) == ()
        status, verdict, matches = await decided(stand)
        assert (status, verdict) == (400, "block")
        assert [(m["detector"], m["likelihood"]) for m in matches] == [("badge", "likely")]

        place.unlink()
        assert (await stand.gate.policies.reload()).faults == ()
        assert (await decided(stand))[:2] == (201, "allow")
