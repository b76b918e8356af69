"""Which words name a number below a hundred, in the languages in which cards are dictated?

English, Spanish, French, Portuguese, Italian, and the German ones that are written apart.
"""

from __future__ import annotations

_UNITS = """
zero zéro oh nought naught cero null
one uno una un um eins
two dos deux dois due zwei
three tres trois três tre drei
four cuatro quatre quatro quattro vier
five cinco cinq cinque fünf fuenf
six seis sei sechs
seven siete sept sete sette sieben
eight ocho huit oito otto acht
nine nueve neuf nove neun
ten diez dix dez dieci zehn
eleven once onze undici elf
twelve doce douze doze dodici zwölf
thirteen trece treize treze tredici
fourteen catorce quatorze catorze quattordici
fifteen quince quinze quindici
sixteen dieciséis dieciseis seize dezesseis dezasseis sedici
seventeen diecisiete dixsept dezessete dezassete diciassette
eighteen dieciocho dixhuit dezoito diciotto
nineteen diecinueve dixneuf dezenove dezanove diciannove
"""
_TENS = """
twenty veinte vingt vingts vinte venti
thirty treinta trente trinta trenta
forty fourty cuarenta quarante quarenta quaranta
fifty cincuenta cinquante cinquenta cinquanta
sixty sesenta soixante sessenta sessanta
seventy setenta septante settanta
eighty ochenta huitante octante oitenta ottanta
ninety noventa nonante novanta
"""
TENS = {
    word: 20 + 10 * i for i, line in enumerate(_TENS.strip().splitlines()) for word in line.split()
}
"""Words after which a unit may belong to the same number: `forty-two`."""
_JOINED = {
    joined: 20 + i
    for i, words in enumerate(
        (
            "veintiuno veintiún veintiun",
            "veintidós veintidos",
            "veintitrés veintitres",
            "veinticuatro",
            "veinticinco",
            "veintiséis veintiseis",
            "veintisiete",
            "veintiocho",
            "veintinueve",
        ),
        start=1,
    )
    for joined in words.split()
}
VALUES: dict[str, int] = {
    **{word: i for i, line in enumerate(_UNITS.strip().splitlines()) for word in line.split()},
    **TENS,
    **_JOINED,
}
"""Each word's number."""
ZEROS = {"hundred": "00", "hundreds": "00", "thousand": "000"}
"""Words that add noughts to the number before them."""
COUNTED = frozenset(
    word for word in VALUES if len(word) > 2 and word not in {"sei", "due", "tre", "una", "ten"}
)
"""The words by which a text is known to spell digits; other words hold the rest too often."""
