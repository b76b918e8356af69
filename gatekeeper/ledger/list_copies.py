"""Which file holds the numbers of a version, and which files may go?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gatekeeper.store.changes import SwapList
from gatekeeper.store.copies import Copy

_ENDING = ".numbers"


@dataclass(frozen=True, slots=True)
class ListCopies:
    """The copies of all versions, in a private folder: one folder for each list of each owner."""

    folder: Path

    def path(self, swap: SwapList) -> Path:
        """Where the copy of a version lies."""
        return self._place(swap.tenant, swap.list_id) / (swap.version + _ENDING)

    def open(self, tenant: str | None, list_id: str, version: str) -> Copy | None:
        """The copy of a version, None if there is none; DependencyUnavailable if it is damaged."""
        path = self._place(tenant, list_id) / (version + _ENDING)
        return Copy(path) if path.exists() else None

    def remove(self, swap: SwapList) -> None:
        """Remove the copy of a version, if there is one."""
        self.path(swap).unlink(missing_ok=True)

    def keep(self, tenant: str | None, list_id: str, versions: Iterable[str]) -> int:
        """Remove the copies of all other versions of a list; how many."""
        kept = {version + _ENDING for version in versions}
        place = self._place(tenant, list_id)
        gone = [path for path in place.glob("*" + _ENDING) if path.name not in kept]
        for path in gone:
            path.unlink()
        return len(gone)

    def clear_drafts(self) -> int:
        """Remove what a killed gate had begun to write; how many files."""
        drafts = list(self.folder.glob("*/*/*.draft"))
        for draft in drafts:
            draft.unlink()
        return len(drafts)

    def _place(self, tenant: str | None, list_id: str) -> Path:
        owner = "shared" if tenant is None else "tenant-" + quote(tenant, safe="")
        return self.folder / owner / quote(list_id, safe="")
