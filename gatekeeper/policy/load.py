"""How does a folder of YAML files become one policy, or the full list of its faults?

floor/       what law demands, by jurisdiction       packs
content/     verdicts.yaml and <family>/<id>.yaml    packs, and detectors in the folders
channels/    what a channel's operators demand       packs
tenants/     what holds for one tenant beside all     a file for each tenant
disclosures/ what a text tells its recipient         a file for each language
replies/     what a recipient's reply means          a file for each language
tests/       decision tables; no part of the policy
providers/   mapping files (`providers.mapped`); no part of the policy
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel

from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.compile import Draft
from gatekeeper.policy.faults import Fault, refusal, suggest
from gatekeeper.policy.folder import content, listed
from gatekeeper.policy.model import Policy, Source
from gatekeeper.policy.validate import said
from gatekeeper.policy.yamlfile import Located, read

LAYERS = ("floor", "content", "channels", "tenants", "disclosures", "replies")
_TENANTS = "tenants"
TABLES = "tests"
PROVIDERS = "providers"


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file's place below the policy folder, and its bytes."""

    name: PurePosixPath
    data: bytes

    @property
    def layer(self) -> str:
        """The first folder of its place."""
        return self.name.parts[0]


def load(root: Path, kinds: Mapping[str, type[BaseModel]]) -> Policy:
    """Read, validate and compile a policy folder.

    `kinds` gives the parameter model of each check by name. Raises PolicyError with every fault
    of every file; whether the rules do what their tests say is for `rollout.prove` to find.
    """
    return compile_files(tuple(policy_files(root)), kinds)


def compile_files(files: tuple[PolicyFile, ...], kinds: Mapping[str, type[BaseModel]]) -> Policy:
    """As `load`, for files that were read already."""
    draft = drafted(files, kinds)
    if draft.faults:
        raise refusal(draft.faults)
    return _policy(draft)


def drafted(files: tuple[PolicyFile, ...], kinds: Mapping[str, type[BaseModel]]) -> Draft:
    """All that the files say, and every fault in it."""
    draft = Draft(kinds)
    documents = [located for file in files if (located := _document(file, draft.faults))]
    if not files:
        draft.faults.append(
            Fault(Source(PurePosixPath("-")), "no policy files are there", Code.EMPTY)
        )
    for located in documents:
        if is_detector(located.file):
            draft.detector(located)
        elif located.file.parts[0] == "replies":
            draft.replies.add(located)
        elif located.file.parts[0] == "disclosures":
            draft.disclosures.add(located)
        elif located.file.parts[0] != _TENANTS:
            draft.pack(located)
    for located in documents:
        if located.file.parts[0] == _TENANTS:
            draft.tenants.add(located)
    draft.heads.unheeded(draft.rules)
    draft.documents = documents
    return draft


def policy_files(root: Path) -> Iterator[PolicyFile]:
    """Every file that makes up the policy, layer by layer; raises PolicyError for an odd one."""
    faults: list[Fault] = []
    names = listed(root, faults)
    faults += [Fault(Source(name), told, Code.MISPLACED) for name in names if (told := _odd(name))]
    found = [name for layer in LAYERS for name in names if name.parts[0] == layer]
    read = [(name, data) for name in found if (data := content(root, name, faults)) is not None]
    if faults:
        raise refusal(faults)
    yield from (PolicyFile(name, data) for name, data in read)


def _odd(name: PurePosixPath) -> str | None:
    """Why a YAML file at this place would not be read, if so: none is passed over in silence."""
    folder = name.parts[0] if len(name.parts) > 1 else ""
    if folder in (TABLES, PROVIDERS):
        return None
    if name.suffix == ".yml":
        return "name it .yaml"
    if folder not in LAYERS:
        return f"stands in none of the folders {', '.join(LAYERS)}{suggest(folder, LAYERS)}"
    return None


def is_detector(name: PurePosixPath) -> bool:
    """Whether a file of this place holds a detector."""
    return name.parts[0] == "content" and len(name.parts) == 3


def _document(file: PolicyFile, faults: list[Fault]) -> Located | None:
    located, found = _read(file)
    faults.extend(found)
    return located


@lru_cache(maxsize=8192)
def _read(file: PolicyFile) -> tuple[Located | None, tuple[Fault, ...]]:
    """Read a file, or remember it: a reload while the gate serves reads only what has changed."""
    faults: list[Fault] = []
    return read(file.data, file.name, faults), tuple(faults)


def _policy(draft: Draft) -> Policy:
    asked = {name for rule in draft.rules for name in getattr(rule.params, "lists", None) or ()}
    return Policy(
        hash=_digest(draft.documents),
        rules=tuple(draft.rules),
        detectors=tuple(draft.detectors),
        limits=tuple(draft.limits),
        lists=tuple(sorted(asked)),
        cases=tuple(draft.cases),
        replies=tuple(draft.replies.languages),
        revocations=tuple(draft.revocations),
        waivers=tuple(draft.tenants.waivers),
        drops=frozenset(draft.tenants.drops),
        unrecords=frozenset(draft.tenants.unrecords),
        orders=tuple(order for order, _ in draft.heads.orders),
        as_federal=tuple(draft.heads.as_federal),
        trust=draft.heads.trust,
        disclosures=tuple(draft.disclosures.languages),
    )


def _digest(documents: list[Located]) -> str:
    """SHA-256 (hex) over what the files say: comments, notes, layout and file order do not count.

    The order of rules within a file, and the places of the files, do.
    """
    whole = {str(document.file): said(document) for document in documents}
    canonical = json.dumps(whole, sort_keys=True, default=_scalar, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _scalar(value: Any) -> str:
    return str(value.isoformat())
