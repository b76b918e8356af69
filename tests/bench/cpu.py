"""How much processor time did a process and its children use, and did they have to wait for it?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    """Scheduler figures of a process tree, summed over threads, in nanoseconds (proc(5))."""

    ran: int
    waited: int
    """Runnable, but not running: other load, or the tree's own threads on one core."""

    def __sub__(self, earlier: Usage) -> Usage:
        return Usage(self.ran - earlier.ran, self.waited - earlier.waited)

    @property
    def wait_fraction(self) -> float:
        """The share of the runnable time that was spent waiting."""
        return self.waited / max(1, self.ran + self.waited)


def tree(root: int) -> set[int]:
    """The process and all that descend from it, as of now."""
    parents: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, left = set[int](), [root]
    while left:
        pid = left.pop()
        found.add(pid)
        left += parents.get(pid, [])
    return found


def usage(root: int) -> Usage:
    """What the tree below `root` has used so far."""
    ran = waited = 0
    for pid in tree(root):
        for schedstat in PROC.glob(f"{pid}/task/*/schedstat"):
            try:
                one, two, _ = schedstat.read_text().split()
            except OSError:
                continue
            ran += int(one)
            waited += int(two)
    return Usage(ran, waited)
