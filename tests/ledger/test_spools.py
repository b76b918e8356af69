"""Do accepted changes wait whole, durable and private, and unaccepted ones not at all?"""

from __future__ import annotations

from pathlib import Path

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.ledger.changes import consent_entry, listed_entry
from gatekeeper.ledger.spools import Draft, accepted, drop_drafts
from tests.support.ledgers import NOW

TENANT = "acme.shop"
ENTRIES = [
    *(
        consent_entry(TENANT, bytes(16), ConsentEvent(f"e{n}", ConsentAct.OPT_OUT, NOW))
        for n in range(5)
    ),
    listed_entry(TENANT, "internal", bytes(16), listed=True),
]


def test_what_was_accepted_is_read_back_batch_by_batch(tmp_path: Path) -> None:
    folder = tmp_path / "imports"
    draft = Draft(folder, "ab12")
    draft.write(ENTRIES[:2])
    draft.write(ENTRIES[2:])
    assert accepted(folder) == []
    spool = draft.accept(TENANT)
    draft.drop()
    assert accepted(folder) == [spool]
    assert (spool.tenant, spool.id, spool.count()) == (TENANT, "ab12", 6)
    assert [len(batch) for batch in spool.batches(4)] == [4, 2]
    read = [entry for batch in spool.batches(4) for entry in batch]
    assert [(e.kind, e.id, e.tenant, e.change) for e in read] == [
        (e.kind, e.id, e.tenant, e.change) for e in ENTRIES
    ]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_draft_is_dropped_unless_somebody_writes_it(tmp_path: Path) -> None:
    for name in ("one", "two"):
        Draft(tmp_path, name).write(ENTRIES)
    drop_drafts(tmp_path, {"two"})
    assert [path.name for path in tmp_path.iterdir()] == ["two.draft"]
