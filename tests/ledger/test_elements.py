"""Is each element of a written consent found where it is, and missed where it is not?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.ledger.elements import (
    ELEMENTS,
    EXPLAINED,
    Element,
    missing_elements,
    says_no_condition,
    speaks_of_machines,
)
from gatekeeper.ledger.evidence import Evidence

WHOLE = {
    "text_shown": "I agree to automated marketing texts from Acme at this number. "
    "Consent is not a condition of purchase.",
    "signature": "checkbox",
}

MACHINES = [
    "I agree to receive automated marketing text messages from Acme.",
    "You may be called with an automatic telephone dialing system.",
    "By signing you authorize autodialed calls.",
    "You consent to auto-dialed and pre-recorded calls.",
    "calls using an artificial or prerecorded voice",
    "Texts may be sent using automated technology.",
    "Msgs may be autodialed.",
    "We may send automatically generated messages.",
    "Acepto recibir mensajes de texto automatizados de Acme.",
    "Acepto llamadas con marcación automática o voz pregrabada.",
    "Autorizo mensajes automáticos y llamadas con voz artificial.",
    "J'accepte de recevoir des messages automatisés d'Acme.",
    "Appels effectués avec un composeur automatique ou une voix préenregistrée.",
    "J’accepte des appels enregistrés.",
]
NO_MACHINES = [
    "",
    "I agree to receive marketing texts from Acme.",
    "Your subscription renews automatically each month.",
    "We never send automated texts.",
    "No enviamos mensajes automatizados sin avisar.",
    "Nous n'envoyons pas de messages automatisés.",
    "Text us whenever you like. Automatic renewal applies.",
    "This call is answered by a person.",
    "an automaton",
]
FREE = [
    "Consent is not a condition of purchase.",
    "Consent not a condition of any purchase.",
    "CONSENT IS NOT A CONDITION OF BUYING ANYTHING",
    "You are not required to sign this agreement as a condition of purchasing goods.",
    "You are not required (directly or indirectly) to agree in order to buy.",
    "Agreement is never required to purchase anything.",
    "El consentimiento no es una condición de compra.",
    "Su consentimiento no es requisito para comprar bienes o servicios.",
    "No está obligado a aceptar para adquirir un producto.",
    "Le consentement n'est pas une condition d'achat.",
    "Votre accord n’est en aucun cas une condition d’achat.",
    "Vous n'êtes pas tenu d'accepter pour acheter nos produits.",
]
BOUND = [
    "",
    "Consent is a condition of purchase.",
    "No purchase necessary.",
    "You agree to our terms. Conditions of purchase apply.",
    "We do not change the conditions of purchase.",
    "If you do not agree, leave. It is a condition of purchase.",
    "El consentimiento es una condición de compra.",
    "Le consentement est une condition d'achat.",
]


@pytest.mark.parametrize("text", MACHINES)
def test_a_text_that_speaks_of_machines_is_understood(text: str) -> None:
    assert speaks_of_machines(text)
    assert speaks_of_machines(text.upper())


@pytest.mark.parametrize("text", NO_MACHINES)
def test_a_text_that_does_not_is_not(text: str) -> None:
    assert not speaks_of_machines(text)


@pytest.mark.parametrize("text", FREE)
def test_a_text_that_frees_consent_from_a_purchase_is_understood(text: str) -> None:
    assert says_no_condition(text)
    assert says_no_condition(text.upper())


@pytest.mark.parametrize("text", BOUND)
def test_a_text_that_ties_consent_to_a_purchase_is_not(text: str) -> None:
    assert not says_no_condition(text)


def test_the_demo_of_a_whole_consent_lacks_nothing() -> None:
    assert missing_elements(Evidence.model_validate(WHOLE), "Acme") == ()


def test_without_evidence_all_but_the_number_is_missing() -> None:
    assert missing_elements(None, None) == ("signature", "seller", "technology", "not_condition")
    assert missing_elements(Evidence(), "  ") == missing_elements(None, None)


@pytest.mark.parametrize(
    ("changed", "seller", "lacking"),
    [
        ({"signature": None}, "Acme", "signature"),
        ({}, None, "seller"),
        ({"text_shown": "Consent is not a condition of purchase."}, "Acme", "technology"),
        ({"text_shown": "I agree to automated texts."}, "Acme", "not_condition"),
        ({"technology_disclosed": False}, "Acme", "technology"),
        ({"not_a_condition": False}, "Acme", "not_condition"),
    ],
)
def test_each_element_is_named_when_it_lacks(
    changed: dict[str, Any], seller: str | None, lacking: Element
) -> None:
    evidence = Evidence.model_validate({**WHOLE, **changed})
    assert missing_elements(evidence, seller) == (lacking,)


@pytest.mark.parametrize("how", ["form", "recording", "message", "certificate_url"])
def test_a_form_recording_message_or_certificate_is_a_signature(how: str) -> None:
    evidence = Evidence.model_validate({**WHOLE, "signature": None, how: "https://cert.example/1"})
    assert missing_elements(evidence, "Acme") == ()


@pytest.mark.parametrize("flag", ["technology_disclosed", "not_a_condition"])
def test_the_callers_plain_word_stands_where_the_text_is_silent(flag: str) -> None:
    bare = {"signature": "voice", "technology_disclosed": True, "not_a_condition": True}
    assert missing_elements(Evidence.model_validate(bare), "Acme") == ()
    assert missing_elements(Evidence.model_validate({**bare, flag: None}), "Acme") != ()


@given(st.sets(st.sampled_from(ELEMENTS)))
def test_what_the_caller_states_as_missing_is_missing_besides(stated: set[Element]) -> None:
    whole = Evidence.model_validate(WHOLE)
    assert set(missing_elements(whole, "Acme", stated)) == stated
    assert stated <= set(missing_elements(None, None, stated))


def test_every_element_is_explained() -> None:
    assert set(EXPLAINED) == set(ELEMENTS)


@given(st.text(max_size=300))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    assert speaks_of_machines(text) in (True, False)
    assert says_no_condition(text) in (True, False)
