"""Who is named in a Petitioner cell, and how many people that is."""

from __future__ import annotations

import re
import unicodedata
from math import inf

from automation.ledger.normal_form import is_anonymous, split
from automation.ledger.typed.cell import Taken
from automation.ledger.typed.headcounts import chinese_number, one_headcount
from sheet_schema.languages import any_of, said_for
from sheet_schema.naming import COURTESY, DOUBLE_SURNAMES, GLUED_TITLES, SURNAMES, TITLES_OF_ANYBODY

_AND = re.compile(rf"\s+{any_of('petitioners', 'and')}\s+|\s*&\s*|\s*/\s*", re.IGNORECASE)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[(（][^)）]*[)）])?")
_ASCII_COMMA = re.compile(r"\s*,\s*")
_AND_IN_ALL, _COUNTED = any_of("petitioners", "and_in_all"), any_of("petitioners", "counted")
_BETWEEN_NAMES = re.compile(any_of("petitioners", "between_names"))
_TITLE = rf"(?:{'|'.join(sorted(TITLES_OF_ANYBODY & GLUED_TITLES))})"
_COUPLE = re.compile(rf"\b({_TITLE})\.?\s*(?:{any_of('petitioners', 'and')}|&)\s*(?={_TITLE}\b)", re.IGNORECASE)
_TOGETHER = "\x1f"
"""It stands between the two of a couple while names are separated: Mr and Mrs Lee."""
_IN_A_COUPLE = re.compile(rf"\s*{_TOGETHER}\s*")
_SEVERAL = re.compile(
    rf"[\s\d,;；、，&/]|{_AND_IN_ALL}|{any_of('petitioners', 'in_all')}|{_BETWEEN_NAMES.pattern}|{_COUNTED}"
)
_NUMBER = rf"\s*(\d+|[零一二三四五六七八九十百两廿]+)\s*{any_of('petitioners', 'or_more')}?\s*"
_IN_ALL = re.compile(
    rf"(?:{_AND_IN_ALL}|{any_of('petitioners', 'in_all')}){_NUMBER}{_COUNTED}|[(（]{_NUMBER}{_COUNTED}\s*[)）]"
)
_AND_OTHERS = re.compile(
    rf"(?:(?<!\w){any_of('petitioners', 'with')}|&|\+)\s*(\d+)\s+(?:{any_of('petitioners', 'besides')}|{any_of('headcounts', 'who')})\b",
    re.IGNORECASE,
)
_A_NUMBER_OF_PEOPLE = re.compile(rf"\d|{_NUMBER}{_COUNTED}")
_GROUP = re.compile("|".join(f"(?:{form})" for form in said_for("petitioners", "groups")), re.IGNORECASE)


def petitioners(text: str) -> list[str]:
    """The names in a cell, separated by ; 、 , and between them, or by spaces where each is a Chinese name by itself.

    `欧阳 娜娜` and `Smith, John` are one name each.
    """
    if not _SEVERAL.search(text):
        return [text] if text else []
    if is_anonymous(text):
        return [text]
    together = _COUPLE.sub(rf"\1{_TOGETHER}", text) if _AND.search(text) else text
    found = [name for part in split(together) for one in _AND.split(part) for name in _names(one.strip()) if name]
    return [_IN_A_COUPLE.sub(" & ", name) for name in found]


def people_named(text: str) -> float:
    """How many people a cell speaks of: its names, or the number behind 等 or before `others`; 1 without any, and infinity
    for a group of which it does not say how many: 全体家长, `Parents of 7B`."""
    if not _SEVERAL.search(text):
        return _of_a_group(text) or 1
    if match := _IN_ALL.search(text):
        number = unicodedata.normalize("NFKC", match[1] or match[2])
        return int(number) if number.isdecimal() else int(chinese_number(number) or 1)
    if match := _AND_OTHERS.search(text):
        return _named(text[: match.start()]) + int(match[1])
    return _counted_people(text) or _of_a_group(text) or max(1, _named(text))


def _of_a_group(text: str) -> float | None:
    """Infinity if the cell speaks of a group without saying how many."""
    return inf if _GROUP.fullmatch(text.strip()) else None


def _counted_people(text: str) -> float | None:
    """The number of people in a cell that names nobody: 30名家长, `30 parents`."""
    if not _A_NUMBER_OF_PEOPLE.match(text) or text.strip().isdecimal():
        return None
    found = one_headcount(text)
    number = found.value if isinstance(found, Taken) else found
    return number if isinstance(number, float) else None


def _named(text: str) -> int:
    """How many people these names are: a couple with one surname are two."""
    names = petitioners(text)
    return len(names) + sum(_AND.search(name) is not None for name in names)


def separated(text: str) -> str:
    """The same cell with a semicolon between the names."""
    return "; ".join(petitioners(text)) if _SEVERAL.search(text) else text


def _names(part: str) -> list[str]:
    by_comma = _ASCII_COMMA.split(part)
    if len(by_comma) > 1:
        titled = by_comma[-1].casefold().rstrip(".") in COURTESY
        whole = (len(by_comma) > 2 and not titled) or all(_stands_alone(one) for one in by_comma if one)
        return [name for one in by_comma for name in _names(one)] if whole else [part]
    between = _BETWEEN_NAMES.split(part)
    if len(between) > 1 and all(map(_is_chinese_name, between)):
        return between
    words = part.split()
    return words if len(words) > 1 and all(map(_is_chinese_name, words)) else [part]


def _stands_alone(name: str) -> bool:
    """Whether it is a whole name, not the surname or the given name of `Smith, John`."""
    return bool(_HAN_NAME.fullmatch(name)) or " " in name or _TOGETHER in name


def _is_chinese_name(word: str) -> bool:
    """Whether a word is a surname with something behind it: 王芳, 欧阳娜娜, 李老师; not 娜娜 or 欧阳."""
    bears_one = word[:2] in DOUBLE_SURNAMES or word[:1] in SURNAMES
    return bool(_HAN_NAME.fullmatch(word)) and bears_one and word not in DOUBLE_SURNAMES
