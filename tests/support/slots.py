"""What stands in the slots of message templates: numbers and names as real senders write them."""

from __future__ import annotations

import random
import re
import string
import uuid
from collections.abc import Callable

_SLOT = re.compile(r"\{(\w+)(?::(\d+))?\}")
_UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_NAMES = (
    "Maria", "J. Okafor", "Priya S", "Tom", "Wei Ling", "Ahmed", "Sofia R.", "Lars", "Chidi",
    "Fatima", "Joao", "Ana", "Kwame", "Yuki", "Oluwaseun", "Bronwyn", "Dimitri", "Li", "Mr. Patel",
)  # fmt: skip
_HOSTS = ("go", "shop", "acme", "my-account", "track.acme", "secure.pay")
_FULL = (
    "Maria Gonzalez", "John Smith", "PRIYA SHARMA", "Chinedu Okafor", "WANJIKU KAMAU", "Juan Cruz",
    "Tan Wei Ming", "Mohammed Ali", "Anna Schmidt", "Pierre Dupont", "Ana Souza", "LIAM O'BRIEN",
    "Noor Hassan", "Sven Larsson", "Dick Johnson", "Gay Talese Ltd", "Wang Fang", "Olga Ivanova",
)  # fmt: skip


def filled(template: str, source: random.Random) -> str:
    """The template with numbers, dates and names in its slots, and `\\n` as a line break."""

    def fill(slot: re.Match[str]) -> str:
        kind, size = slot[1], int(slot[2] or 0)
        return SIZED[kind](source, size) if size else VALUES[kind](source)

    return _SLOT.sub(fill, template.replace("\\n", "\n"))


def digits(source: random.Random, size: int) -> str:
    """That many digits."""
    return "".join(source.choices(string.digits, k=size))


def luhn(source: random.Random, size: int, prefix: str = "") -> str:
    """That many digits with a right check digit."""
    body = prefix + digits(source, size - 1 - len(prefix))
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(body)))
    return body + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def _of(alphabet: str) -> Callable[[random.Random, int], str]:
    return lambda source, size: "".join(source.choices(alphabet, k=size))


def _pattern(*patterns: str) -> Callable[[random.Random], str]:
    """One of the patterns: # is a digit, @ a capital letter."""

    def write(source: random.Random) -> str:
        one = source.choice(patterns)
        one = re.sub("#", lambda _: source.choice(string.digits), one)
        return re.sub("@", lambda _: source.choice(_UPPER), one)

    return write


def _date(source: random.Random) -> str:
    form = source.choice(
        ("{m:02}/{d:02}/2026", "{d:02}-{m:02}-26", "{d} Mar", "2026-{m:02}-{d:02}", "{d}.{m}.2026")
    )
    return form.format(m=source.randint(1, 12), d=source.randint(1, 28))


def _phone(r: random.Random) -> str:
    area, office, line = r.randint(201, 989), r.randint(200, 999), r.randint(0, 9999)
    form = r.choice(("+1 {}-{}-{:04}", "({}) {}-{:04}", "{}-{}-{:04}", "1{}{}{:04}", "{}.{}.{:04}"))
    return form.format(area, office, line)


def _s10(r: random.Random) -> str:
    """A postal item number with its check digit."""
    number = digits(r, 8)
    weighed = sum(int(d) * w for d, w in zip(number, (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    check = {10: 0, 11: 5}.get(11 - weighed % 11, 11 - weighed % 11)
    return f"{r.choice(('RR', 'EE', 'CP', 'LX'))}{number}{check}{r.choice(('GB', 'IE', 'SG'))}"


def _ean(r: random.Random, prefix: str) -> str:
    body = prefix + digits(r, 12 - len(prefix))
    return body + str(-sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(body)) % 10)


def _european(r: random.Random) -> str:
    return f"{r.randint(1, 99_999):,}".replace(",", ".") + f",{r.randint(0, 99):02}"


def _token(r: random.Random) -> str:
    separator = r.choice((" ", "-", ""))
    return separator.join(digits(r, 4) for _ in range(5))


def _geo(r: random.Random) -> str:
    return f"{r.uniform(-60, 60):.6f},{r.uniform(-170, 170):.6f}"


def _mask(r: random.Random) -> str:
    last = digits(r, 4)
    return r.choice(
        (f"XXXX-XXXX-XXXX-{last}", f"**** **** **** {last}", f"x{last}", f"*{last}", f"XX{last}",
         f"•••• {last}", f"4***{last}", f"5412 75XX XXXX {last}", f"XXXXXXXXXXXX{last}",
         f"411111XXXXXX{last}")
    )  # fmt: skip


SIZED: dict[str, Callable[[random.Random, int], str]] = {
    "n": digits,
    "luhn": luhn,
    "hex": _of("0123456789abcdef"),
    "alnum": _of(_UPPER + "23456789"),
    "mixed": _of(string.ascii_letters + string.digits),
    "lower": _of(string.ascii_lowercase + string.digits),
    "b64": _of(string.ascii_letters + string.digits + "-_"),
}
"""Slots with a size: `{hex:7}`."""

VALUES: dict[str, Callable[[random.Random], str]] = {
    "order": lambda r: digits(r, 16),
    "phone": _phone,
    "money": lambda r: f"{r.randint(1, 99_999):,}.{r.randint(0, 99):02}",
    "eur": _european,
    "date": _date,
    "time": lambda r: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}",
    "iso": lambda r: f"2026-11-{r.randint(1, 28):02}T{r.randint(0, 23):02}:{r.randint(0, 59):02}Z",
    "ms": lambda r: str(r.randint(1_760_000_000_000, 1_800_000_000_000)),
    "unix": lambda r: str(r.randint(1_760_000_000, 1_800_000_000)),
    "name": lambda r: r.choice(_NAMES),
    "full": lambda r: r.choice(_FULL),
    "code": lambda r: "".join(r.choices(_UPPER + "23456789", k=8)),
    "token": _token,
    "mask": _mask,
    "ups": lambda r: f"1Z{SIZED['alnum'](r, 6)}{digits(r, 10)}",
    "fedex": lambda r: digits(r, r.choice((12, 15, 20))),
    "usps": lambda r: (lambda t: r.choice((t, " ".join(re.findall(".{1,4}", t)))))(
        f"9{r.choice('2345')}00{digits(r, 18)}"
    ),
    "s10": _s10,
    "indiapost": _pattern("EE#########IN", "RM#########IN", "JB#########IN"),
    "rrn": _pattern("6###########", "5###########"),
    "utr": _pattern("SCIN5262########", "HDCBR5202611########", "N############", "AXIC#########"),
    "txid": _pattern("T2611##############", "pay_##@@##@@##@@##", "@@@@##########"),
    "upi": _pattern("##########@okax", "q######@ybank", "shop.###@upi", "paytm-#######@pty"),
    "imei": lambda r: luhn(r, 15, r.choice(("35", "86", "01"))),
    "iccid": lambda r: luhn(r, r.choice((19, 20)), r.choice(("8991", "8901", "8944", "8927"))),
    "isbn": lambda r: _ean(r, r.choice(("978", "979"))),
    "ean": lambda r: _ean(r, r.choice(("40", "50", "76", "00"))),
    "vin": lambda r: r.choice(("1HG", "WVW", "JTD")) + SIZED["alnum"](r, 8) + digits(r, 6),
    "uuid": lambda r: str(uuid.UUID(int=r.getrandbits(128), version=4)),
    "part": _pattern("###-##-####", "@##-####-@", "#####-@@@-###"),
    "plate": _pattern("@@@ ####", "#@@@###", "@@## @@@", "@@-###-@@", "KA##@@####"),
    "link": lambda r: f"https://{r.choice(_HOSTS)}.example/{SIZED['b64'](r, 6)}",
    "pnr": lambda r: SIZED["alnum"](r, 6),
    "cont": _pattern("MSCU#######", "TCLU### ###-#"),
    "geo": _geo,
    "tel_uk": _pattern("07### ######", "+44 7### ### ###", "0800 ### ####", "0345 ### ####"),
    "tel_in": _pattern(
        "9#########", "+91-98########", "1800######", "1800 ### ####", "080-########"
    ),
    "tel_ng": _pattern("080########", "+234 80# ### ####", "0700#######"),
    "tel_ke": _pattern("07########", "2547########", "+254 7## ### ###", "0722 ######"),
    "tel_ph": _pattern("09#########", "+639#########", "(02) 8###-####"),
    "tel_sg": _pattern("+65 6### ####", "6### ####", "1800-###-####"),
    "tel_au": _pattern("13 ## ##", "04## ### ###", "(02) #### ####", "1800 ### ###"),
    "tel_mx": _pattern("55 #### ####", "800 ### ####", "+52 55 #### ####", "(81) #### ####"),
    "tel_es": _pattern("9## ## ## ##", "6########", "+34 6## ### ###", "900 ### ###"),
    "tel_fr": _pattern("01 ## ## ## ##", "06########", "+33 1 ## ## ## ##", "09.69.##.##.##"),
    "tel_de": _pattern("030 #######", "+49 170 #######", "0711/######", "0800 ### ## ##"),
    "tel_br": _pattern("(11) 9####-####", "0800 ### ####", "+55 11 9#### ####", "4004-####"),
    "tel_it": _pattern("06 #### ####", "+39 3## ### ####", "800.###.###"),
    "tel_jp": _pattern("03-####-####", "0120-###-###", "090-####-####"),
}
"""Slots without one: `{phone}`."""
