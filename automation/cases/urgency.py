"""Which cases are important, which are collective visits or joint letters, also where what was typed cannot be read.

What cannot be read must not keep a leader from being told (docs/design.md#p4.9). The problem stays beside the cell, and
figures and reports count what can be read.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from automation.ledger.petitioners import people_named
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import as_text
from automation.ledger.typed.headcounts import DIGITS, TENS, THOUSANDS, UNITS
from automation.ledger.workbook import Cell, CellError, Formula
from sheet_schema import REGISTER, word_form
from sheet_schema.languages import any_of
from sheet_schema.vocabulary import Channel, Decision

_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_IN_GROUPS = re.compile(r"(?<=\d)['\u2019\s](?=\d{3}(?!\d))")
_WITH_LETTERS = re.compile(r"\d(?:e[+-]?\d|[kw]\b)", re.IGNORECASE)
"""`1e3`, `2k`, `2w` (万): more than its digits say."""
_CHINESE = re.compile(f"[{''.join((*DIGITS, *UNITS))}]+")
_A_GROUP = re.compile(
    f"(?<![{''.join((*DIGITS, *UNITS))}])一(?![{''.join((*DIGITS, *UNITS))}]|{any_of('headcounts', 'measures')}|$)"
)
"""一群, 一些, 一批: this 一 is no number of people."""


def is_important(register: Table) -> Array:
    """Mask the lines where something is typed in Important that is not plainly no."""
    depends = (register["important"], register.read["important"])
    return register.remembered(_important, register, depending_on=depends)


def is_collective(register: Table, policy: Policy) -> Array:
    """Mask the visits, and what may be one, of as many people as make it collective, or perhaps as many."""
    return _many(register, policy) & _somebody_came(register)


def is_joint(register: Table, policy: Policy) -> Array:
    """Mask the letters, calls and messages of as many people: joint ones, for which nobody came."""
    return _many(register, policy) & ~_somebody_came(register)


def headcounts(register: Table) -> Array:
    """How many people each line may speak of; infinity where it cannot be read, NaN where nobody is named either."""
    depends = (register["people"], register.read["people"], register["petitioner"])
    counted: Array = register.remembered(_headcounts, register, depending_on=depends)
    return counted


def people_counted(table: Table) -> Array:
    """The number of people of each case for figures: as typed, or else as many as there are names; NaN where it cannot be
    read."""
    depends = (table["people"], table.read["people"], table["petitioner"])
    counted: Array = table.remembered(_counted, table, depending_on=depends)
    return np.where(np.isinf(counted), np.nan, counted)


def unnumbered_groups(table: Table) -> Array:
    """Mask the lines whose petitioner is a group of nobody knows how many, where nobody typed how many either."""
    depends = (table["people"], table.read["people"], table["petitioner"])
    groups: Array = np.isinf(table.remembered(_counted, table, depending_on=depends))
    return groups


def _many(register: Table, policy: Policy) -> Array:
    enough = headcounts(register) >= policy.settings.whole("collective_from")
    many: Array = enough & (register["decision"] != Decision.VOID.key)
    return many


def _somebody_came(register: Table) -> Array:
    came: Array = (register["channel"] == Channel.VISIT.key) | (register["channel"] == "")
    return came


def _important(register: Table) -> Array:
    mask: Array = register["important"].copy()
    no_ticks = REGISTER["important"].no_ticks | {""}
    for i in np.flatnonzero(~mask & (register.read["important"] != "")).tolist():
        cell = register.read["important"][i]
        broken = isinstance(cell, Formula | CellError)  # #N/A is no n/a
        mask[i] = cell is not False and (broken or word_form(as_text(cell)) not in no_ticks)
    return mask


def _counted(table: Table) -> Array:
    """The people of each line: the number typed, or else the names; infinity for a group of nobody knows how many."""
    count: Array = table["people"].copy()
    for i in np.flatnonzero(np.isnan(count) & (table.read["people"] == "")).tolist():
        if table["petitioner"][i]:
            count[i] = people_named(table["petitioner"][i])
    return count


def _headcounts(register: Table) -> Array:
    count: Array = np.where(unnumbered_groups(register), np.inf, people_counted(register))
    for i in np.flatnonzero(np.isnan(count) & (register.read["people"] != "")).tolist():
        count[i] = _at_most(register.read["people"][i])
    return count


def _at_most(cell: Cell) -> float:
    """The largest number in a cell that cannot be read; infinity if it has none, or one that is more than its digits say; NaN if
    nobody typed anything."""
    if isinstance(cell, Formula | CellError):
        return np.inf
    text = THOUSANDS.sub("", unicodedata.normalize("NFKC", as_text(cell)).strip())
    if cell is False or not text:
        return np.nan
    text = _IN_GROUPS.sub("", text)
    if _WITH_LETTERS.search(text):
        return np.inf
    for sign, written in TENS.items():
        text = text.replace(sign, written)
    numbers = [float(found) for found in _ARABIC.findall(text)]
    numbers += [_chinese(found) for found in _CHINESE.findall(_A_GROUP.sub("", text))]
    return max(numbers, default=np.inf)


def _chinese(text: str) -> float:
    """A number in Chinese numerals: 三十二, 二〇. Of digits side by side (四五个) the largest counts."""
    if len(text) > 1 and text[0] not in "零〇" and text[1] in "零〇":
        return float("".join(str(DIGITS[sign]) for sign in text if sign in DIGITS))
    total, digit = 0.0, 0
    for sign in text:
        if sign in DIGITS:
            digit = max(digit, DIGITS[sign])
        elif UNITS[sign] == 10_000:
            total, digit = (total + digit or 1.0) * 10_000, 0
        else:
            total, digit = total + (digit or 1) * UNITS[sign], 0
    return total + digit
