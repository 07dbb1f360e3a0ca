"""Which cases are important, and which are collective visits, also where what was typed cannot be read.

What cannot be read must not keep a leader from being told (docs/design.md#p4.9). The problem stays beside the cell, and
figures and reports count what can be read.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell, CellError, Formula
from sheet_schema import REGISTER, folded

_DIGITS = dict(
    zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两兩俩", (0, *range(10), *range(1, 10), 2, 2, 2), strict=True)
)
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000}
_TENS = {"廿": "二十", "卅": "三十"}
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CHINESE = re.compile(f"[{''.join((*_DIGITS, *_UNITS))}]+")
_A_GROUP = re.compile(f"(?<![{''.join((*_DIGITS, *_UNITS))}])一(?![{''.join((*_DIGITS, *_UNITS))}人名位个]|$)")
"""一群, 一些, 一批: this 一 is no number of people."""


def is_important(register: Table) -> Array:
    """Mask the lines where something is typed in Important that is not plainly no."""
    depends = (register["important"], register.read["important"])
    return register.remembered(_important, register, depending_on=depends)


def is_collective(register: Table, policy: Policy) -> Array:
    """Mask the lines with as many people as make a visit collective, or perhaps as many."""
    depends = (register["people"], register.read["people"])
    headcount = register.remembered(_headcount, register, depending_on=depends)
    mask: Array = headcount >= policy.settings.whole("collective_from")
    return mask


def _important(register: Table) -> Array:
    mask: Array = register["important"].copy()
    no_ticks = REGISTER["important"].no_ticks | {""}
    for i in np.flatnonzero(~mask & (register.read["important"] != "")).tolist():
        cell = register.read["important"][i]
        mask[i] = cell is not False and folded(as_text(cell)) not in no_ticks
    return mask


def _headcount(register: Table) -> Array:
    """How many people each line may speak of; NaN where the cell is blank."""
    count: Array = register["people"].copy()
    for i in np.flatnonzero(np.isnan(count) & (register.read["people"] != "")).tolist():
        count[i] = _at_most(register.read["people"][i])
    return count


def _at_most(cell: Cell) -> float:
    """The largest number in a cell that cannot be read; infinity if it has none; NaN if nobody typed anything."""
    if isinstance(cell, Formula | CellError):
        return np.inf
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", as_text(cell)).strip())
    if cell is False or not text:
        return np.nan
    for sign, written in _TENS.items():
        text = text.replace(sign, written)
    numbers = [float(found) for found in _ARABIC.findall(text)]
    numbers += [_chinese(found) for found in _CHINESE.findall(_A_GROUP.sub("", text))]
    return max(numbers, default=np.inf)


def _chinese(text: str) -> float:
    """A number in Chinese numerals: 三十二, 二〇. Of digits side by side (四五个) the largest counts."""
    if len(text) > 1 and text[0] not in "零〇" and text[1] in "零〇":
        return float("".join(str(_DIGITS[sign]) for sign in text if sign in _DIGITS))
    total, digit = 0.0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = max(digit, _DIGITS[sign])
        elif _UNITS[sign] == 10_000:
            total, digit = (total + digit or 1.0) * 10_000, 0
        else:
            total, digit = total + (digit or 1) * _UNITS[sign], 0
    return total + digit
