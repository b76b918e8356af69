"""Which steps of a token pattern does every detector have, beside its own word sets?"""

from __future__ import annotations

NUMBER, OTHER, START, END = "number", "other", "start", "end"
"""Digits, a word outside the vocabulary, the start and end of a sentence."""
FORMS = ("url", "email", "money", "percent", "card", "id", "secret")
"""What has a form of its own, or was found before the grammar is read."""
BUILT_IN = frozenset({NUMBER, OTHER, START, END, *FORMS})
SIGNS = "%$€£¥₹¢"
"""Signs that are words of their own where context words are looked for."""
