"""Which digits belong together although much stands between them?

Two readings, for numbers alone: one in which any sign, however long or lettered, is a gap, and one
in which groups that are written as cards are written may have words between them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from gatekeeper.screening.digits import Run
from gatekeeper.screening.views import Draft, View, fold, unlettered

LEAST = 12
"""Digits in a text below which neither reading is tried."""
_WIDE = re.compile(r"(?<=[0-9])[\W_]{5,}(?=[0-9])")
_IDEOGRAPHS = str.maketrans(
    "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸〡〢〣〤〥〦〧〨〩",
    "00123456789123456789236123456789",
)
_WRITTEN = re.compile(
    r"[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸〡-〩]"
    r"(?:[\W_]{0,4}[0-9〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸〡-〩]){11,}"
)
_GROUP = re.compile(r"[0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_LINKED = re.compile(r"(?=(4444[34]?|46[45]|1{14,19}|2{7,9}))")
"""Lengths of neighbouring groups in which cards are printed or dictated."""
_LONGEST = 32
"""Characters between two groups past which they are two numbers."""


def bridged(text: str, view: View) -> View | None:
    """The text with wide gaps and lettered signs as blanks; None if it has none of them."""
    base = unlettered(text)
    wide = base or view
    if not _WIDE.search(wide.text):
        return base
    draft, end = Draft.over(wide), 0
    for gap in _WIDE.finditer(wide.text):
        draft.keep(end, gap.start())
        draft.put("\n" if "\n" in gap.group() else " ", *gap.span())
        end = gap.end()
    draft.keep(end, len(wide.text))
    return draft.view("wide gaps")


def ideographic(view: View) -> View | None:
    """The text with long runs of Chinese numerals as digits; None if there are none."""
    if view.text.isascii() or not _WRITTEN.search(view.text):
        return None
    text = _WRITTEN.sub(lambda run: run.group().translate(_IDEOGRAPHS), view.text)
    return View(text, fold(text), view.starts, view.ends, (*view.steps, "ideographic numerals"))


def linked(text: str) -> list[Run]:
    """Groups in the order of a card with the like of `then` or `(space)` between them."""
    spans = [group.span() for group in _GROUP.finditer(text)]
    lengths = "".join(str(min(9, end - start)) for start, end in spans)
    found = []
    for written in _LINKED.finditer(lengths):
        groups = tuple(spans[written.start(1) : written.end(1)])
        gaps = [text[a[1] : b[0]] for a, b in pairwise(groups)]
        if _links(gaps, alike=lengths[written.start(1)] in "12"):
            found.append(Run(text, groups, linked=True))
    return found


def _links(gaps: list[str], *, alike: bool) -> bool:
    """Whether the gaps hold words, none too many; small groups need the same words each time."""
    if max(map(len, gaps)) > _LONGEST or not any(map(_LETTER.search, gaps)):
        return False
    return not alike or len({gap.strip().lower() for gap in gaps}) == 1
