"""What a carrier of text cannot hold."""

from __future__ import annotations

import json
import sys

from lxml import etree

from automation.text.characters import breadth, cut, for_json, for_utf8, for_xml, one_line

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
HALF = "\ud83d"


def test_a_file_holds_all_but_halves() -> None:
    assert for_utf8(f"a{HALF}b😀") == "ab😀"
    for_utf8(EVERY).encode()


def test_json_shows_that_a_half_was_there_and_keeps_pairs() -> None:
    assert for_json(f"a{HALF}b{HALF}\ude00") == "a\ufffdb😀"
    json.dumps(for_json(EVERY), ensure_ascii=False).encode()


def test_xml_gets_a_space_for_each_character_it_forbids_and_only_for_those() -> None:
    assert for_xml("a\x00b\x0bc\ufffe\td\n😀") == "a b c \td\n😀"
    etree.Element("a").text = for_xml(EVERY)
    refused = [char for char, there in zip(EVERY, for_xml(EVERY), strict=True) if char != there]
    for char in refused:
        try:
            etree.Element("a").text = char
        except (ValueError, UnicodeEncodeError):
            continue
        raise AssertionError(f"U+{ord(char):04X} is allowed")


def test_a_header_is_one_line_without_control_characters() -> None:
    assert one_line(f"a\r\nBcc: b\x00{HALF}\u2028c") == "a Bcc: b c"
    assert one_line("x" * 151) == "x" * 149 + "…"


def test_a_text_is_cut_only_if_it_is_too_long() -> None:
    assert [cut("abcd", most) for most in (5, 4, 3)] == ["abcd", "abcd", "ab…"]


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert [breadth("ab"), breadth("信a"), breadth("…")] == [2, 3, 1]
