"""How do build servers read the results of a run? As JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from gatekeeper.rollout.suite import Suite

Case = tuple[str, str, str]
"""Class, name, and what does not hold; empty if it does."""


def write_junit(suite: Suite, path: Path) -> None:
    """One suite for each kind of result."""
    root = Element("testsuites", name="gatekeeper policy test")
    for name, cases in (
        ("examples", list(_examples(suite))),
        ("tables", list(_rows(suite))),
        ("near-misses", list(_near(suite))),
        ("pinned near-misses", list(_pinned(suite))),
        ("files", [("files", fault.partition(": ")[0], fault) for fault in suite.faults]),
    ):
        _suite(root, name, cases)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _suite(root: Element, name: str, cases: Sequence[Case]) -> None:
    failures = sum(1 for _, _, problem in cases if problem)
    below = SubElement(
        root, "testsuite", name=name, tests=str(len(cases)), failures=str(failures), errors="0"
    )
    for class_name, case_name, problem in cases:
        case = SubElement(below, "testcase", classname=class_name, name=case_name)
        if problem:
            SubElement(case, "failure", message=_plain(problem))


def _plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)


def _examples(suite: Suite) -> Iterator[Case]:
    for each in suite.proved:
        yield each.subject, each.name, "" if each.holds else str(each.fault)


def _rows(suite: Suite) -> Iterator[Case]:
    for row in suite.rows:
        problem = f"{row.source}: {'; '.join(row.problems)}" if row.problems else ""
        yield str(row.source.file), row.name, problem


def _near(suite: Suite) -> Iterator[Case]:
    for each in suite.near:
        name = f"{each.test}: {each.edge.of}: {each.edge.name}"
        yield each.rule, name, "" if each.holds else str(each.fault)


def _pinned(suite: Suite) -> Iterator[Case]:
    for each in suite.pinned:
        place = f"{each.pin.source.line}:{each.pin.source.column}"
        name = f"{each.pin.test}: {each.pin.of} ({place})"
        yield each.pin.rule, name, "" if each.holds else str(each.fault)
