"""How do mapping files become providers, or the full list of their faults?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.faults import Fault, refusal, suggest
from gatekeeper.policy.folder import content, listed
from gatekeeper.policy.validate import parse
from gatekeeper.policy.yamlfile import Located, read
from gatekeeper.providers.mapped.file_shape import KNOWN_REASONS, MappingShape
from gatekeeper.providers.mapped.prove import faults_of
from gatekeeper.providers.mapped.provider import Mapped


def mapped_providers(folder: Path, taken: Collection[str] = ()) -> tuple[Mapped, ...]:
    """The providers that the files of a folder describe; none if there is no such folder.

    `taken` are names that a file may not use. Raises PolicyError with every fault of every file,
    cases that do not hold among them.
    """
    faults: list[Fault] = []
    names = listed(folder, faults) if folder.is_dir() else []
    found = []
    for name in names:
        data = content(folder, name, faults)
        provider = mapped_of(data, name, faults, taken) if data is not None else None
        if provider is not None:
            found.append(provider)
    if faults:
        raise refusal(faults)
    return tuple(found)


def mapped_of(
    data: bytes, name: PurePosixPath, faults: list[Fault], taken: Collection[str] = ()
) -> Mapped | None:
    """The provider of one file; None, with its faults added, if it is not sound."""
    located = read(data, name, faults)
    mapping = parse(MappingShape, located, faults) if located else None
    if mapping is None or located is None:
        return None
    wrong = list(_senseless(mapping, located, taken))
    try:
        provider = Mapped(mapping)
    except ValueError as error:
        wrong.append(located.fault(str(error), "operations"))
    else:
        wrong += _disproved(provider, mapping, located)
    faults += wrong
    return None if wrong else provider


def _senseless(mapping: MappingShape, located: Located, taken: Collection[str]) -> Iterator[Fault]:
    if mapping.provider != located.file.stem:
        told = f"provider {mapping.provider} stands in {located.file.name}"
        yield located.fault(told, "provider", code=Code.MISPLACED)
    if mapping.provider in taken:
        told = f"there is a provider {mapping.provider} already"
        yield located.fault(told, "provider", code=Code.SAME_ID)
    if (mapping.credential.kind == "header") is (mapping.credential.header is None):
        yield located.fault("header goes with kind: header, and with no other", "credential")
    for name in mapping.refusal.codes:
        if name != "other" and name not in KNOWN_REASONS:
            told = f"{name} is no reason{suggest(name, KNOWN_REASONS)}"
            yield located.fault(told, "refusal", "codes", name, key=True, code=Code.UNKNOWN_WORD)
    if "other" not in mapping.refusal.codes:
        yield located.fault("no code for other", "refusal", "codes", code=Code.MISSING)
    names = [each.name for each in mapping.operations]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield located.fault(f"{name} is there twice", "operations", index, code=Code.SAME_ID)


def _disproved(provider: Mapped, mapping: MappingShape, located: Located) -> Iterator[Fault]:
    operations = {each.name: each for each in mapping.operations}
    for index, case in enumerate(mapping.cases):
        operation = operations.get(case.operation)
        if operation is None:
            told = f"there is no operation {case.operation}{suggest(case.operation, operations)}"
            yield located.fault(told, "cases", index, "operation", code=Code.UNKNOWN_WORD)
            continue
        for told in faults_of(provider, case, operation):
            yield located.fault(f"{case.name}: {told}", "cases", index, code=Code.TEST_FAILS)
    for name in operations:
        kinds = {case.refused is None for case in mapping.cases if case.operation == name}
        if kinds != {True, False}:
            told = f"{name} needs a case that is read and one that is refused"
            yield located.fault(told, "cases", code=Code.NO_TEST)
