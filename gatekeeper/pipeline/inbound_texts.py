"""Which fixed texts answer STOP and HELP, and when is a message one of them?

A brand may register its own; else they are ours, with the brand's name, in the keyword's language.
They fit one SMS of 160 characters (Canadian Common Short Code Application Guidelines). Whether a
message is such an answer is never the caller's claim: it is one only if its whole text is the
registered text, and what the law asks besides (47 CFR 64.1200(a)(12)) is found by the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.checks.answer import CONFIRMATION, HELP
from gatekeeper.domain.registry import Brand, Campaign, Registry, Tenant
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Role
from gatekeeper.pipeline.case import Case
from gatekeeper.providers.webhook import InboundEvent

LONGEST = 160
ENGLISH = "en"

# Written with the letters of the GSM alphabet alone: another one would halve what fits.
_STOPPED: Mapping[str, str] = {
    "en": "{}: You are unsubscribed and will get no more messages from us.",
    "es": "{}: Su baja esta confirmada. No le enviaremos mas mensajes.",
    "fr": "{}: Désabonnement confirmé. Vous ne recevrez plus de messages de notre part.",
}
_HELP: Mapping[str, str] = {
    "en": "{}: For help, contact us where you signed up. Reply STOP to get no more messages. "
    "Msg & data rates may apply.",
    "es": "{}: Para ayuda, contactenos donde dio su numero. Responda STOP para no recibir mas "
    "mensajes. Pueden aplicarse tarifas.",
    "fr": "{}: Pour de l'aide, contactez-nous. Répondez ARRET pour ne plus recevoir de messages. "
    "Des frais peuvent s'appliquer.",
}


class Answering(Struct, frozen=True, gc=False):
    """The word of a person that an answer is given to."""

    event: InboundEvent
    kind: ReplyKind


def stop_text(name: str, brand: Brand | None, language: str) -> str:
    """The one confirmation of an opt-out."""
    if brand is not None and brand.stop_text:
        return brand.stop_text
    return _worded(_STOPPED, name, language)


def help_text(name: str, brand: Brand | None, language: str) -> str:
    """What HELP is answered: who speaks, and how to stop."""
    if brand is not None and brand.help_text:
        return brand.help_text
    return _worded(_HELP, name, language)


def speaker(tenant: Tenant, campaign: Campaign | None, brand: Brand | None) -> str:
    """Who speaks, as people know it."""
    seller = campaign.seller if campaign else None
    return (brand.name if brand else seller) or tenant.name


def _worded(texts: Mapping[str, str], name: str, language: str) -> str:
    text = texts.get(language, texts[ENGLISH])
    return text.format(name[: LONGEST - len(text) + len("{}")])


@lru_cache(maxsize=1024)
def _stop_texts(name: str, own: str | None) -> frozenset[str]:
    return frozenset({own} if own else {_worded(_STOPPED, name, each) for each in _STOPPED})


@lru_cache(maxsize=1024)
def _help_texts(name: str, own: str | None) -> frozenset[str]:
    return frozenset({own} if own else {_worded(_HELP, name, each) for each in _HELP})


def in_context(case: Case, answering: Answering | None, registry: Registry) -> Case:
    """The case with what it answers: a message from elsewhere can only be a confirmation.

    A help reply answers a HELP that the gate has just heard, so it is one only in the answer to
    that webhook; the confirmation of an opt-out may also come as a send of the app's own.
    """
    if answering is not None:
        case = replace(case, heard_at=case.at)
    text = _only_text(case)
    if text is None:
        return case
    tenant, campaign = case.caller.tenant, case.campaign
    brand = registry.brands.get((tenant.id, campaign.brand or "")) if campaign else None
    name = speaker(tenant, campaign, brand)
    if text in _stop_texts(name, brand.stop_text if brand else None):
        return replace(case, kind=CONFIRMATION)
    asked = answering is not None and answering.kind is ReplyKind.HELP
    if asked and text in _help_texts(name, brand.help_text if brand else None):
        return replace(case, kind=HELP)
    return case


def _only_text(case: Case) -> str | None:
    """The text of a message that is nothing but one short text to one person, else None."""
    request = case.request
    if request.media or request.opaque or len(request.recipients) != 1:
        return None
    texts = [part for part in request.parts if part.role is not Role.REFERENCE]
    if len(texts) != 1 or texts[0].role is not Role.BODY:
        return None
    return texts[0].text.strip() if len(texts[0].text) <= 2 * LONGEST else None
