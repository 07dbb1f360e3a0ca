"""Finds the headings of an old register, and what each column is for by its heading.

A heading may take two lines: then the lower text counts, or the upper where it spans both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from automation.ledger.foreign_sheet import ForeignSheet
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell
from sheet_schema.old_registers import KEEP, LEAVE, headings
from sheet_schema.word import folded, word_form

LINES_SEARCHED = 40
"""So many lines from the top the headings are looked for."""
_FEWEST = 3
"""With fewer headings that we know it is no register."""
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_LINES = re.compile(r"\s*[\r\n]+\s*")
_HAN = re.compile(r"[\u2e80-\u9fff]")
SURE, LIKELY, GUESSED = "sure", "likely", "guessed"


@dataclass(frozen=True, slots=True)
class Fit:
    """What a heading is for us: a key of `old_registers.MEANINGS`, how sure that is, and how plain a word it is (1: the plainest)."""

    key: str
    sure: str
    rank: int


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a tab: the row of the lower line, from 1, and the text of each column."""

    row: int
    texts: tuple[str, ...]


def headings_of(sheet: ForeignSheet) -> Headings | None:
    """The headings of this tab; None if it is no register."""
    best: tuple[int, int] = (0, 0)
    found = None
    for at, texts in _candidates(sheet):
        fits = [fit for text in texts if (fit := fit_of(text)) is not None]
        keys = {fit.key for fit in fits} - {KEEP, LEAVE}
        score = (len(keys), len(fits))
        if len(keys) >= _FEWEST and score > best:
            best, found = score, Headings(at, texts)
    return found


def headings_in(sheet: ForeignSheet, row: int) -> Headings:
    """The headings in this row, whose upper line may stand above it."""
    return Headings(row, _with_upper(sheet, row) or _texts(_line(sheet, row)))


def tidy_heading(text: str) -> str:
    """A heading in one line: line breaks as a space, or as nothing in Chinese."""
    return _LINES.sub("" if _HAN.search(text) else " ", text.strip())


@cache
def fit_of(heading: str) -> Fit | None:
    """What a heading is for us: by the whole of it, without what stands in brackets, or by a part of it."""
    known = headings()
    plain = tidy_heading(heading)
    bare = _REMARK.sub(" ", plain).strip()
    for text, sure in ((plain, SURE), (bare.rstrip("?？ "), SURE)):
        if (fit := known.get(word_form(text))) is not None:
            return Fit(fit[0], sure, fit[1])
    return _by_a_part(bare)


def _by_a_part(text: str) -> Fit | None:
    """By the longest known heading that is in it: whole words of Latin script, two characters or more of Chinese."""
    parts = _chinese_parts(text) if _HAN.search(text) else _latin_parts(text)
    for part in parts:
        if (fit := headings().get(part)) is not None and fit[0] != LEAVE:
            return Fit(fit[0], GUESSED, 100 + fit[1])
    return None


def _latin_parts(text: str) -> Iterator[str]:
    words = [word for word in re.split(r"[^\w'&#-]+", folded(text)) if word]
    if len(words) > 12:
        return
    for count in range(len(words) - 1, 0, -1):
        for start in range(len(words) - count + 1):
            form = word_form(" ".join(words[start : start + count]))
            if len(form) > 3:
                yield form


def _chinese_parts(text: str) -> Iterator[str]:
    form = word_form(text)
    for count in range(len(form) - 1, 1, -1):
        for start in range(len(form) - count + 1):
            yield form[start : start + count]


def _candidates(sheet: ForeignSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row that could have the headings, as one line and as the lower of two."""
    for row in range(1, min(len(sheet.rows), LINES_SEARCHED) + 1):
        texts = _texts(_line(sheet, row))
        if sum(map(bool, texts)) < _FEWEST:
            continue
        yield row, texts
        if upper := _with_upper(sheet, row):
            yield row, upper


def _line(sheet: ForeignSheet, row: int) -> Sequence[Cell]:
    return sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    """The texts of a line that could be headings: they are short, and no numbers."""
    return tuple(tidy_heading(cell) if isinstance(cell, str) and len(cell) <= 200 else "" for cell in row)


def _with_upper(sheet: ForeignSheet, row: int) -> tuple[str, ...] | None:
    """The line with the texts of the line above where it is blank and that is no heading over several columns; None if
    there is none."""
    lower, above = _line(sheet, row), _texts(_line(sheet, row - 1))
    if sum(map(bool, above)) < _FEWEST or any(cell != "" and not isinstance(cell, str) for cell in lower):
        return None
    texts = _texts(lower)
    wide = {
        at for top, left, _, right in sheet.merged if top == row - 1 for at in range(left, right + 1) if right > left
    }
    width = max(len(texts), len(above))
    joined = [
        (texts[at] if at < len(texts) else "") or (above[at] if at < len(above) and at + 1 not in wide else "")
        for at in range(width)
    ]
    return tuple(joined) if tuple(joined) != texts else None


def is_repeated_heading(row: Sequence[Cell], of: Headings) -> bool:
    """Whether a row has the headings once more, as on each printed page."""
    here = [(at, tidy_heading(as_text(cell))) for at, cell in enumerate(row) if cell != ""]
    same = sum(at < len(of.texts) and text == of.texts[at] for at, text in here)
    return len(here) > 1 and 2 * same > len(here)


def is_chinese(text: str) -> bool:
    return _HAN.search(text) is not None
