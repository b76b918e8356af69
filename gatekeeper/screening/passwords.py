"""Could this word that stands where a password stands be one?

A password that people text has letters beside figures or signs. What is plainly something else (a
date, an amount, an address, a placeholder) is none, and digits alone may as well be a code.
"""

from __future__ import annotations

import re

from gatekeeper.screening.validators import Evidence

SHORTEST = 4
_END = ".,;:!?…)]}>\"'”’»。，！؟।"
_OTHER = re.compile(
    r"\W*(?:https?|www\.|mailto:).*"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?:[a-z0-9-]+\.)+[a-z]{2,12}(?:[/?#].*)?"  # a host
    r"|[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}"  # a date
    r"|[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2})?(?:[ap]\.?m)?"  # a time
    r"|[0-9]{1,2}(?:[ap]\.?m|st|nd|rd|th|er|e|º|ª)?"
    r"|[0-9]+-?(?:s|x|h|d|hrs?|mins?|sec|days?|hours?|minutes?|weeks?|months?|years?|gb|mb|kb|px"
    r"|char(?:acter)?s?|digits?|letters?|words?|times|caracteres|zeichen|cifre|bit)"
    r"|[0-9]+[-–+][0-9]*|[0-9.,]+%|[$€£¥₹#]?[0-9][0-9,.]*[$€£¥₹]?"
    r"|(?:rs|inr|usd|us|eur|gbp|cad|aud|mxn|kes|ngn|php|zar|chf|rm)[.$€£¥₹]*[0-9.,]+"  # Rs.500
    r"|#?[a-z]+#|\+?[0-9()-]+",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"[0-9]{4,}|[0-9]{3,}(?:-[0-9]{3,})+")
_MASK = re.compile(
    r"(?i)[*•·]{2,}|x{3,}|\.{2,}|_{3,}|dd-?mm|mm-?yy|yyyy|ddmm|[{}<>\[\]%]|example|your"
)
_NAMES = frozenset(
    [
        "2fa",
        "mfa",
        "b2b",
        "b2c",
        "24/7",
        "365",
        "office365",
        "microsoft365",
        "o365",
        "m365",
        "1password",
        "covid-19",
        "win10",
        "win11",
        "a4",
        "ipv4",
        "ipv6",
        "mp3",
        "mp4",
        "pm2",
        "web2",
        "web3",
        "sha256",
        "sha-256",
        "md5",
        "oauth2",
        "tls1.2",
        "wpa2",
        "wpa3",
        "utf-8",
        "utf8",
    ]
)
_LETTER = re.compile(r"[^\W\d_]")
_INSIDE = re.compile(r"[0-9@#$%^&*_+=~!|]")


def password(value: str) -> Evidence | None:
    """Letters beside figures or signs; a step less likely for digits alone."""
    word = value.rstrip(_END)
    if _FIGURES.fullmatch(word):
        return Evidence(-1, ("digits alone",))
    return mixed_password(value)


def mixed_password(value: str) -> Evidence | None:
    """Letters beside figures or signs."""
    word = value.rstrip(_END)
    mixed = len(word) > SHORTEST and _LETTER.search(word) and _INSIDE.search(word)
    if not mixed or _is_other(word):
        return None
    return Evidence(0, ("letters beside figures or signs",))


def strong_password(value: str) -> Evidence | None:
    """A mix that no sender of one-time codes makes: with signs, or both cases and figures."""
    evidence = mixed_password(value)
    word = value.rstrip(_END)
    cased = word != word.lower() and word != word.upper() and len(word) >= 8
    return evidence if re.search(r"[@#$%^&*_+=~!|]", word) or cased else None


def any_password(value: str) -> Evidence | None:
    """Any word of its length that is no placeholder: for where a login name stands beside it."""
    word = value.rstrip(_END)
    if _FIGURES.fullmatch(word):
        return Evidence(0, ("digits alone",))
    return None if _is_other(word) else Evidence(0, ("word",))


def _is_other(word: str) -> bool:
    known = word.lower() in _NAMES or _OTHER.fullmatch(word) is not None
    return len(word) < SHORTEST or known or _MASK.search(word) is not None
