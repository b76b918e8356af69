"""Which small policy folder screens as the shipped one does, and loads in no time?"""

from __future__ import annotations

import shutil
from pathlib import Path

from gatekeeper.settings import shipped_folder

CARD = "content/payment/card.yaml"


def content_folder(root: Path, *detectors: str) -> Path:
    """A folder with the shipped verdicts, and of the shipped detectors only these."""
    for name in ("content/verdicts.yaml", *(detectors or (CARD,))):
        place = root / "policies" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped_folder("policies") / name, place)
    return root / "policies"
