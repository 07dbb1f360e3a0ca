"""Reads a number of people as people write it: 约30, 三十余人, about 30. What leaves a doubt gets a note in the row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from automation.ledger.typed.cell import Bad, Parsed, Taken, as_text, each_once
from automation.ledger.typed.whole_numbers import LARGEST_NUMBER, one_whole
from automation.ledger.workbook import Cell
from sheet_schema.languages import in_every_language, said_for

DIGITS = dict(
    zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两兩俩", (0, *range(10), *range(1, 10), 2, 2, 2), strict=True)
)
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000}
TENS = {"廿": "二十", "卅": "三十"}
THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_DIGIT = f"[{''.join(sign for sign, value in DIGITS.items() if value)}]"
_HAN = re.compile(
    f"(?:(?P<thousands>{_DIGIT})[千仟])?(?:零?(?P<hundreds>{_DIGIT})[百佰])?(?:零?(?P<tens>{_DIGIT})?(?P<ten>[十拾]))?"
    f"(?P<zero>[零〇])?(?P<ones>{_DIGIT})?"
)
_BETWEEN = re.compile(r"(?:[\s()（）,，.。:：+~～≈]|-(?=\s))+")


def headcount_column(cells: Sequence[Cell]) -> Parsed:
    """The number of people in each cell."""
    said: dict[int, Bad | Taken] = {}
    values = np.full(len(cells), np.nan)
    each_once(cells, values, one_headcount, said)
    return values, said


def one_headcount(cell: Cell) -> float | Bad | Taken | None:
    """The number of people in a cell; None for nothing but spaces."""
    exact = one_whole(cell)
    if exact == 0:
        return Taken(0.0, Bad("nobody_came", {"value": as_text(cell).strip()}))
    if not isinstance(exact, Bad) or not isinstance(cell, str) or exact.code != "not_whole":
        return exact
    plain = THOUSANDS.sub("", unicodedata.normalize("NFKC", cell).casefold()).strip()
    number = _only_number(_without(plain, said_for("headcounts", "who"), said_for("headcounts", "about")))
    if number is None or number > LARGEST_NUMBER:
        return exact
    if plain[0].isdecimal() and re.fullmatch(r"\d+\s*", _without(plain, said_for("headcounts", "who"))):
        return number
    return Taken(number, Bad("number_taken", {"value": cell.strip(), "meant": as_text(number)}))


def _only_number(rest: str) -> float | None:
    """The one number in what is left of a cell; None if anything else is left, or none, or several."""
    parts = [part for part in _BETWEEN.split(rest) if part]
    if len(parts) != 1:
        return None
    (part,) = parts
    if part.isdecimal():
        return float(part)
    if (spoken := _spoken().get(part.replace("_", " ").replace("-", " "))) is not None:
        return float(spoken)
    return chinese_number(part)


def chinese_number(text: str) -> float | None:
    """A number in Chinese numerals, if it is one plain number: 三十二, but neither 三四十 nor 一百二."""
    for sign, written in TENS.items():
        text = text.replace(sign, written)
    match = _HAN.fullmatch(text)
    if not match or not text or not (match["ten"] or any(match[name] for name in ("thousands", "hundreds", "ones"))):
        return None
    thousands, hundreds, tens, ones = (
        DIGITS.get(match[name] or "", 0) for name in ("thousands", "hundreds", "tens", "ones")
    )
    if ones and not match["ten"] and not match["zero"] and (thousands or hundreds):
        return None  # 一百二: a hundred and twenty to most, a hundred and two to some
    return float(thousands * 1000 + hundreds * 100 + (tens or 1 if match["ten"] else 0) * 10 + ones)


def _without(plain: str, *lists: Sequence[str]) -> str:
    """The text without these words; a number in words of several parts is kept in one piece."""
    for spoken in sorted((word for word in _spoken() if " " in word), key=len, reverse=True):
        plain = re.sub(rf"(?<![a-z]){spoken}(?![a-z])", spoken.replace(" ", "_"), plain)
    for word in sorted({word for words in lists for word in words}, key=len, reverse=True):
        plain = re.sub(rf"(?<![a-z_]){re.escape(word)}(?![a-z_])" if word.isascii() else re.escape(word), " ", plain)
    return plain


@cache
def _spoken() -> Mapping[str, int]:
    """Numbers in words, from one to some hundreds: thirty, twenty five."""
    plain = {word: number for said in in_every_language("headcounts") for word, number in said["numbers"].items()}
    tens = {word: number for word, number in plain.items() if number in range(20, 100, 10)}
    ones = {word: number for word, number in plain.items() if number in range(1, 10)}
    return plain | {f"{ten} {one}": tens[ten] + ones[one] for ten in tens for one in ones}
