"""Does a tenant's file bind its own messages in a running gate, and a waiver leave its trace?"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gatekeeper.journal.marked import marked
from gatekeeper.rollout.observed import WAIVED, uses
from gatekeeper.settings import shipped_folder
from tests.support.gate import standing_gate

RULE = """\
tenant: acme
title: Acme
given:
  to: "+12122000123"
  at: 2026-11-20T12:00:00-05:00
  message: {channel: sms, from: "+13122000100", purpose: transactional, technology: autodialed,
            text: "Acme: your order is ready."}
  sender: owned
  consent: express
rules:
  - id: acme.never
    title: Nothing is sent while we move
    citation: Acme, memo 9
    verified_on: 2026-11-20
    applies: {channels: [sms]}
    check: quiet_hours
    with: {windows: {mon: "03:00-03:01"}}
    verdict: hold
    tests:
      - {name: noon, fires: true}
      - {name: by voice, fires: false, message: {channel: voice}}
"""
WAIVER = """\
waivers:
  - id: move-over
    rules: [acme.never]
    approved_by: Ann Counsel
    reason: the move is over in part
    citation: Acme, memo 10
    from: 2020-01-01
    expires: {}
"""
LOOSENING = """\
tighten:
  - rule: us-fl.quiet_hours
    reason: ours
    with: {windows: {mon-sun: "08:00-20:30"}}
    tests:
      - {name: late, fires: true, at: 2026-11-20T20:30:00-05:00}
      - {name: noon, fires: false}
"""


async def test_a_tenants_file_binds_waives_and_never_loosens(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(shipped_folder("policies"), folder)
    file = folder / "tenants" / "acme.yaml"
    file.parent.mkdir()
    async with standing_gate(tmp_path, policies=folder) as stand:
        assert (await stand.post()).status == 201
        policies, journal = stand.gate.policies, stand.settings.journal_folder

        async def take(text: str) -> None:
            file.write_text(text)
            await policies.reload()

        await take(RULE)
        held = await stand.post()
        assert held.status >= 400
        assert held.headers["Gatekeeper-Rule"] == "acme.never"

        tomorrow = datetime.now(UTC) + timedelta(days=1)
        await take(RULE + WAIVER.replace("{}", tomorrow.isoformat()))
        assert (await stand.post()).status == 201
        used = uses(marked(journal, WAIVED, "decision"))
        assert {key: use.times for key, use in used.items()} == {("acme", "move-over"): 1}
        assert 'effect="waiver",rule="tenant"' in await stand.metrics()

        await take(RULE + WAIVER.replace("{}", "2020-01-02"))
        assert not policies.state.differs
        assert (await stand.post()).headers["Gatekeeper-Rule"] == "acme.never"

        good = policies.state.hash
        await take(RULE + LOOSENING)
        assert policies.state.hash == good
        assert "us-fl.quiet_hours is loosened: on a Monday at 20:00" in policies.state.faults[0]
