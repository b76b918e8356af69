"""Which words stand in so many ordinary messages that a gate on one of them is no gate?

Words of grammar, and those that business messages of every trade are full of: in our own templates
(`tests/screening/data/business`) each of the latter stands in more than one text of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_ENGLISH = """
a about after again all also am an and any anyone app are ask at available back balance be been
before below bill book booking bring but by call can change check click code complete confirm
confirmed customer date day days dear delivered delivery did do done due end ends enter expires
first for from get give go has have he hello help her here hi his hour hours how i if in is it
item just know last late let link low made make may me message min minute minutes more my need new
next no not now number of off office on one online only open or order our out paid pay payment
phone pick please ready received ref reference reminder reply request see send sent service set
share she show sign so start starts still stop store team text thank thanks that the their them
there they this ticket time to today tomorrow transfer until up update us use used valid view
visit want was way we welcome were what when which who will with within would year yes you your
"""
_SPANISH = """
a al algo antes aquí año como con cuando código de del desde después días donde el ella en es esta
este está fecha fue gracias ha hasta hay hola hora horas hoy la las le lo los mañana más me
mensaje mi minutos muy no nos nuestra nuestro nuevo número o orden para pedido pero por puede que
responda se si sin sobre su sus también te tiene tu tus un una usted vence ver vez y ya
"""
_FRENCH = """
a à au aux avant avec bonjour ce cette code commande dans date de des du elle en est et être fait
heure heures il ici j je jour jours la le les leur livraison lui ma mais me merci message mes
minutes mon ne nous nos notre nouveau numéro on ou où par pas plus pour quand que qui répondez sa
sans se ses si son sont sur ta te tous tu un une valable votre vos vous
"""
COMMON: Mapping[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
    "fr": frozenset(_FRENCH.split()),
}
"""By language; other languages have no list."""


def common(word: str, languages: Iterable[str]) -> bool:
    """Whether a word is one of these, in these languages or, if none is named, in any."""
    named = [COMMON[each] for each in languages if each in COMMON] or COMMON.values()
    return any(word.lower() in words for words in named)
