"""What does a TwiML document say, whom does it dial, and what in it can the gate not see?

TwiML is read with defusedxml (no DTD, no entities) and within bounds; every text or attribute that
somebody may hear, read or dial becomes a part or a recipient with its place in the document.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from gatekeeper.domain.message import Address, Opaque, TextPart
from gatekeeper.domain.words import Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.twilio import verbs
from gatekeeper.providers.twilio.address import call_party
from gatekeeper.providers.twilio.messages import link
from gatekeeper.providers.xml_document import parse_document

MAX_DEPTH = 16
MAX_ELEMENTS = 1000

_NAME = re.compile(r"[A-Za-z-]{1,40}")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class Script:
    """What a document amounts to, gathered while it is walked."""

    parts: list[TextPart] = field(default_factory=list)
    recipients: list[Address] = field(default_factory=list)
    senders: list[Address] = field(default_factory=list)
    """Caller ids and senders that the document sets itself."""
    opaque: list[Opaque] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    record: bool = False
    spoken: bool = False
    elements: int = 0

    @property
    def technology(self) -> Technology:
        """Any synthetic speech makes the call artificial; only recordings, prerecorded."""
        if self.spoken:
            return Technology.ARTIFICIAL
        return Technology.PRERECORDED if self.media else Technology.UNKNOWN


def read_twiml(text: str, path: str = "Twiml") -> Script:
    """Read a document; raises AmbiguousRequest if it is not well-formed, bounded TwiML."""
    root = parse_document(text, "TwiML")
    if root.tag != "Response":
        raise AmbiguousRequest("TwiML must have Response as its root.")
    script = Script()
    _walk(script, root, f"{path}/Response", MAX_DEPTH)
    return script


def _walk(script: Script, element: Element, path: str, depth: int) -> None:
    script.elements += 1
    if not depth or script.elements > MAX_ELEMENTS:
        raise AmbiguousRequest("TwiML is nested too deeply or has too many elements.")
    tag = element.tag
    if not isinstance(tag, str) or tag.startswith("{"):
        raise AmbiguousRequest("TwiML has a namespace or an element without a name.")
    if tag not in verbs.KNOWN:
        script.opaque.append(Opaque("twiml_verb", tag if _NAME.fullmatch(tag) else "*", path))
    script.record = script.record or tag in verbs.RECORDS
    script.spoken = script.spoken or tag in verbs.SPEAKS
    _attributes(script, element, path)
    _content(script, element, path)
    seen: Counter[str] = Counter()
    for child in element:
        name = child.tag if isinstance(child.tag, str) and _NAME.fullmatch(child.tag) else "*"
        seen[name] += 1
        _walk(script, child, f"{path}/{name}[{seen[name]}]", depth - 1)


def _content(script: Script, element: Element, path: str) -> None:
    """The text of an element; SSML inside `Say` belongs to the sentence around it."""
    tag = element.tag
    if tag in verbs.SSML and "/Say[" in path:
        return
    text = "".join(element.itertext() if tag == "Say" else _own_text(element)).strip()
    if not text:
        return
    if tag in verbs.DIALS:
        recipient = call_party(verbs.DIALS[tag] + text, path)
        script.recipients.append(recipient)
    elif tag in verbs.FETCHES:
        script.opaque.append(Opaque(verbs.FETCHES[tag], text, path))
    elif tag in verbs.PLAYS:
        script.parts.append(link(path, text))
        script.media.append(text)
    else:
        script.parts.append(TextPart(path, verbs.TEXTS.get(tag, Role.REFERENCE), text))


def _own_text(element: Element) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _attributes(script: Script, element: Element, path: str) -> None:
    if len({name.lower() for name in element.attrib}) < len(element.attrib):
        raise AmbiguousRequest("TwiML has an attribute twice in different letter case.")
    for name, value in element.attrib.items():
        if value.strip() and name != _XML_LANG:
            _attribute(script, element.tag, (name, value.strip()), path)


def _attribute(script: Script, tag: str, attribute: tuple[str, str], path: str) -> None:
    name, value = attribute
    lowered = name.lower()
    place = f"{path}/@{name if _NAME.fullmatch(name) else '*'}"
    if lowered in verbs.SENDER_ATTRIBUTES:
        script.senders.append(call_party(value, place))
    elif lowered in verbs.RECIPIENT_ATTRIBUTES and tag in verbs.TEXT_VERBS:
        script.recipients.append(call_party(value, place))
    elif lowered == "record":
        script.record = script.record or value.lower() not in verbs.NO_RECORDING
    elif lowered in verbs.TEXT_ATTRIBUTES:
        script.parts.append(TextPart(place, verbs.TEXT_ATTRIBUTES[lowered], value))
    elif lowered in verbs.CALLBACK_ATTRIBUTES:
        script.parts.append(TextPart(place, Role.REFERENCE, value))
    elif lowered in verbs.FETCH_ATTRIBUTES or "://" in value:
        script.opaque.append(Opaque("twiml_url", value, place))
    elif lowered not in verbs.SETTINGS:
        script.parts.append(TextPart(place, Role.REFERENCE, value))
