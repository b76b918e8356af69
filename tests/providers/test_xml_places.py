"""Each character of each text of an XML document is found where it is written."""

from __future__ import annotations

from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.providers.xml_places import texts

SAID = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)


def written(document: str, path: str) -> list[str]:
    content = document.encode()
    return [content[start:end].decode() for start, end in texts(document)[path].spans]


def test_each_way_of_writing_a_character_is_one_place() -> None:
    document = "<a><b>x&amp;&#52;é<![CDATA[<y]]>\r\nz</b></a>"
    assert texts(document)["/a/b[1]"].text == "x&4é<y\nz"
    assert written(document, "/a/b[1]") == ["x", "&amp;", "&#52;", "é", "<", "y", "\r\n", "z"]


def test_what_stands_in_an_inner_element_belongs_to_both() -> None:
    document = "<a>1<b>2</b>3<b>4</b></a>"
    assert {path: found.text for path, found in texts(document, "doc").items()} == {
        "doc/a/b[1]": "2",
        "doc/a/b[2]": "4",
        "doc/a": "1234",
    }


@given(SAID, SAID)
def test_the_places_spell_the_text(first: str, second: str) -> None:
    document = f"<a>{escape(first)}<b>{escape(second)}</b></a>"
    assert texts(document)["/a"].text == first + second
    assert "".join(written(document, "/a")) == escape(first) + escape(second)
