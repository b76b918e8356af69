"""How is an XML document read so that it has exactly one meaning, and nothing in it grows?"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gatekeeper.errors import AmbiguousRequest

MAX_BYTES = 65_536
"""Twilio's own limit of a document (error 11750); other providers name none."""

_ENCODING = re.compile(r"^\ufeff?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.I)


def parse_document(text: str, name: str = "The XML") -> Element:
    """The root of a bounded document without DTD and entities; raises AmbiguousRequest."""
    if len(text.encode()) > MAX_BYTES:
        raise AmbiguousRequest(f"{name} is larger than {MAX_BYTES} bytes.")
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8"):
        raise AmbiguousRequest(f"{name} must be declared as UTF-8.")
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise AmbiguousRequest(f"{name} is not well-formed XML without DTD and entities.") from None
    return root
