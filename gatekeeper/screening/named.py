"""Does the word directly before a number name it as something else than a card or an id?

`Dispute 4539 ...`, `RMA 219-09-1234`: whatever the noun is, a noun before a bare number names it,
and there is no end of nouns that a business numbers. What people write before their own number is
a small and closed class instead (`is`, `my`, `use`, a comma, nothing), so that is what is listed.
"""

from __future__ import annotations

import re

_REACH = 48
_TOKEN = re.compile(r"[^\W\d_]+(?:['’]s)?|[.!?,;(\n]")
_SHORTENED = re.compile(r"\b(no|nr|num|ref|acct|tel)\.")
"""Words whose full stop ends no sentence."""
_NUMBER = """
no nr num nbr number numbers id ids value values digits numero número núm numéro nummer numer nº n°
numéros números full complete following
"""
_SAID = """
a an the is it its was are be been and or for to with at as of on in by from via use using used pay
paid charge charged debit debited bill billed run try put swipe take took here this that these those
my mine me i you he she him her his hers their theirs them us we please pls plz thanks thx thank ok
okay yes yeah yep hi hello hey send sent give gave got get have has had need want said says say told
tell text add added keep write wrote read see saw lost found new old one other another both first
second then also just only now again still so but not that's it's here's
es son el la los las un una de del con y o en por para a mi mis tu este esta esto aquí aqui usa usar
paga pagar cobra cobrar é são os as um uma do da com e em meu minha est sont le les une du des avec
et ou pour mon ma mes sa ce cette voici utilisez payer ist sind der die das ein eine mit und oder
von zu mein meine meiner hier nimm bitte è sono il lo gli di mio mia questo ecco het een met en mijn
dit lautet är mitt min er mit on minu minun je moj moja moje to mój moja yra mano ir mans mana este
meu numarul numărul είναι μου мой моя моё мое это е моето мій моє є broj број szám száma számom
numara numaram adalah saya nomor của là tôi số hai mera meri है मेरा هو هي رقم שלי הוא 는 은 は です
"""
_STOPS = frozenset(".!?\n")
_OF = frozenset(("for", "of", "de", "del", "von", "van", "pour", "para", "di", "da", "do"))
_ENDING = 6
"""Letters that may follow an own word where words run together: `身份证号码是`."""
_GENERIC = frozenset(_NUMBER.split())
"""Words that say that a number follows, not which: the word before them decides."""
_PLAIN = frozenset(".!?,;(\n").union(_SAID.split())
"""Signs and words after which a bare number is whatever it looks like."""


def names_another(
    text: str, start: int, end: int, own: frozenset[str], *, cued: bool = False
) -> bool:
    """Whether the number at this span is named by a word that is not among its `own`.

    `cued` says that an own word is known to stand near: then the end of a sentence between that
    word and the number parts them as well, and `for Mary` behind it does not.
    """
    if _glued(text[max(0, start - 1) : start]) or _glued(text[end : end + 1]):
        return True
    before = _SHORTENED.sub(r"\1 ", text[max(0, start - _REACH) : start].lower())
    tokens = _TOKEN.findall(before)
    while tokens and tokens[-1] in _GENERIC:
        tokens.pop()
    if not tokens or _own(tokens[-1], own):
        return False
    if tokens[-1] in _PLAIN:
        return cued and tokens[-1] in _STOPS and _parted(tokens, own)
    return not (cued and _belongs(tokens, own))


def words_of(cue: str) -> list[str]:
    """The words of a cue, as they are compared with those before a number."""
    return [word for word in _TOKEN.findall(cue.lower()) if word not in _PLAIN]


def _parted(tokens: list[str], own: frozenset[str]) -> bool:
    """Whether an own word stands in the sentence before, but not as its last."""
    at = max((i for i, token in enumerate(tokens) if _own(token, own)), default=len(tokens))
    return at < len(tokens) - 2


def _belongs(tokens: list[str], own: frozenset[str]) -> bool:
    """Whether the last words say whose number it is: `NHS number for my son John`."""
    for at in range(len(tokens) - 2, max(0, len(tokens) - 5), -1):
        if tokens[at] in _OF:
            named = [token for token in tokens[:at] if token not in _GENERIC]
            return bool(named) and _own(named[-1], own)
    return False


def _glued(sign: str) -> bool:
    """Whether it is a letter of a script that puts spaces between words and numbers."""
    return sign.isascii() and sign.isalpha()


def _own(word: str, own: frozenset[str]) -> bool:
    """Whether it is an own word; where words run together, whether it ends in one, nearly."""
    if word in own:
        return True
    if word.isascii():
        return False
    rest = [len(word) - word.rindex(one) - len(one) for one in own if one in word]
    return bool(rest) and min(rest) <= _ENDING
