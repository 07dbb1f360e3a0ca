"""Who is named in a Petitioner cell, and how many people that is."""

from __future__ import annotations

import re
import unicodedata

from automation.ledger.normal_form import is_anonymous, split
from automation.ledger.typed.headcounts import chinese_number
from sheet_schema.languages import any_of
from sheet_schema.naming import DOUBLE_SURNAMES, SURNAMES

_AND = re.compile(rf"\s+{any_of('petitioners', 'and')}\s+|\s*&\s*|\s*/\s*", re.IGNORECASE)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[(（][^)）]*[)）])?")
_ASCII_COMMA = re.compile(r"\s*,\s*")
_AND_IN_ALL, _COUNTED = any_of("petitioners", "and_in_all"), any_of("petitioners", "counted")
_SEVERAL = re.compile(rf"[\s,;；、，&/]|{_AND_IN_ALL}|{any_of('petitioners', 'in_all')}")
_NUMBER = r"\s*(\d+|[零一二三四五六七八九十百两廿]+)\s*"
_IN_ALL = re.compile(
    rf"{_AND_IN_ALL}{_NUMBER}{_COUNTED}|[(（]\s*{any_of('petitioners', 'in_all')}?{_NUMBER}{_COUNTED}\s*[)）]"
)
_AND_OTHERS = re.compile(
    rf"(?:(?<!\w){any_of('petitioners', 'and')}|&|\+)\s*(\d+)\s+{any_of('petitioners', 'besides')}\b", re.IGNORECASE
)


def petitioners(text: str) -> list[str]:
    """The names in a cell, separated by ; 、 , and between them, or by spaces where each is a Chinese name by itself.

    `欧阳 娜娜` and `Smith, John` are one name each.
    """
    if not _SEVERAL.search(text):
        return [text] if text else []
    if is_anonymous(text):
        return [text]
    return [name for part in split(text) for one in _AND.split(part) for name in _names(one.strip()) if name]


def people_named(text: str) -> int:
    """How many people a cell speaks of: its names, or the number behind 等 or before `others`; 1 without any."""
    if not _SEVERAL.search(text):
        return 1
    if match := _IN_ALL.search(text):
        number = unicodedata.normalize("NFKC", match[1] or match[2])
        return int(number) if number.isdecimal() else int(chinese_number(number) or 1)
    if match := _AND_OTHERS.search(text):
        return len(petitioners(text[: match.start()])) + int(match[1])
    return max(1, len(petitioners(text)))


def separated(text: str) -> str:
    """The same cell with a semicolon between the names."""
    return "; ".join(petitioners(text)) if _SEVERAL.search(text) else text


def _names(part: str) -> list[str]:
    by_comma = _ASCII_COMMA.split(part)
    if len(by_comma) > 1:
        whole = all(_HAN_NAME.fullmatch(one) or " " in one for one in by_comma if one)
        return [name for one in by_comma for name in _names(one)] if whole else [part]
    words = part.split()
    return words if len(words) > 1 and all(map(_is_chinese_name, words)) else [part]


def _is_chinese_name(word: str) -> bool:
    """Whether a word is a surname with something behind it: 王芳, 欧阳娜娜, 李老师; not 娜娜 or 欧阳."""
    bears_one = word[:2] in DOUBLE_SURNAMES or word[:1] in SURNAMES
    return bool(_HAN_NAME.fullmatch(word)) and bears_one and word not in DOUBLE_SURNAMES
