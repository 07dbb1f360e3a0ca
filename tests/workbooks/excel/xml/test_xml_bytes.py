"""A piece of XML as text: what stands for a character is that character, however the file was written."""

from __future__ import annotations

import pytest

from automation.workbooks.excel.xml.xml_bytes import text_of


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("登记", "登记"),
        ("&#30331;&#35760;", "登记"),
        ("&#x767B;&#32;b", "登 b"),
        ("a&amp;&lt;&gt;&quot;&apos;", "a&<>\"'"),
        ("&amp;lt; &amp;#65;", "&lt; &#65;"),
        ("&#128512;&#65;&#0065;", "\U0001f600AA"),
        ("a\r\nb&amp;", "a\nb&"),
    ],
)
def test_each_way_to_write_a_character_is_read(content: str, text: str) -> None:
    assert text_of(content.encode()) == text


@pytest.mark.parametrize("content", ["&nobody;", "a & b", "&#0;", "&#55296;", "&amp", "&#1;"])
def test_what_stands_for_no_character_is_refused(content: str) -> None:
    with pytest.raises(SyntaxError):
        text_of(content.encode())
