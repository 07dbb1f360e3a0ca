"""The rows that an online form puts into a tab or a file: what each is known by, when it was sent, and the case in it.

Each row is read by itself. What it says of "the same as above" is what its sender wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b

from automation.ledger.foreign_sheet import ForeignSheet
from automation.ledger.serial_days import is_ours, moment_of
from automation.ledger.typed.cell import Habits, as_text
from automation.ledger.workbook import Cell, CellError, Formula
from automation.text.characters import for_xml
from automation.ways_in.case_rows import MATTER
from automation.ways_in.days import order_of
from automation.ways_in.form_columns import NOT_READ, SENT, Corrections, columns_of_form, our_columns
from automation.ways_in.headings import Fit, Headings, headings_in, is_chinese
from automation.ways_in.old_case import MOST_TEXT, OldCase
from automation.ways_in.old_cases import case_in
from automation.ways_in.proposal import YEAR_FIRST, Proposal, TabMeant
from automation.ways_in.telephones import with_zero_back
from sheet_schema import word_form
from sheet_schema.old_registers import LEAVE, form_words
from sheet_schema.vocabulary import Channel, YesNo

_MOMENT = re.compile(
    r"(?P<year>\d{4})\D(?P<month>\d{1,2})\D(?P<day>\d{1,2})\D{1,3}?(?P<half>[^\d\s]{2})?\s*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})"
    r"(?:[:：](?P<second>\d{2}))?\s*(?P<after>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_FIRST_LINES = 10
_APART = "\x1f"


@dataclass(frozen=True)
class Submission:
    """One row: where it stands, its moment if it tells one, and what it is known by (one print or, where a column has been
    taken out of reading since, two). `whole` says that none of it is too long for a cell."""

    row: int
    line: Sequence[Cell]
    sent: datetime | None
    prints: tuple[str, ...]
    whole: bool

    @property
    def print(self) -> str:
        return self.prints[0]


@dataclass(frozen=True)
class FormTable:
    """A tab or a file that an online form fills.

    `headings` has the texts of the columns, `fits` what each is for, `ours` the columns (from 1) in which the program
    answers, and `read` those of the form (from 0); `every` has those among them that a person took out of reading. What
    stands right of the first of `ours` is people's own, as is what a person says is not read.
    """

    sheet: ForeignSheet
    headings: Headings
    fits: Mapping[str, Fit]
    ours: Mapping[str, int]
    read: tuple[int, ...]
    every: tuple[int, ...]
    lines: Mapping[int, Sequence[Cell]]

    @cached_property
    def submissions(self) -> list[Submission]:
        """Every row in which the form's columns hold anything."""
        filled = (
            (row, line) for row, line in self.lines.items() if any(line[at] != "" for at in self.read if at < len(line))
        )
        return [self._submission(row, line) for row, line in filled]

    def _submission(self, row: int, line: Sequence[Cell]) -> Submission:
        at = next((at for at in self.read if self._key(at) == SENT and at < len(line) and line[at] != ""), None)
        sent = moment_in(line[at]) if at is not None else None
        told = [at for at in self.every if self._key(at) not in (LEAVE, SENT)]
        when = (sent.isoformat(timespec="seconds") if sent else as_text(line[at])) if at is not None else ""
        texts = [as_text(line[at]) for at in told if at < len(line)]
        whole = sum(map(len, texts)) + 40 * len(texts) <= MOST_TEXT
        named = [at for at in told if self._key(at) != NOT_READ]
        every = (self._print(line, named, when), self._print(line, told, when))
        return Submission(row, line, sent, tuple(dict.fromkeys(every)), whole)

    @cached_property
    def _forms(self) -> list[str]:
        return [word_form(text) for text in self.headings.texts]

    def _key(self, at: int) -> str:
        fit = self.fits.get(self.headings.texts[at])
        return fit.key if fit is not None else LEAVE

    def _print(self, line: Sequence[Cell], columns: Sequence[int], when: str) -> str:
        said = sorted(
            f"{self._forms[at]}={' '.join(as_text(line[at]).split())}"
            for at in columns
            if at < len(line) and as_text(line[at]).strip()
        )
        content = _APART.join((when, *said)).encode("utf-8", "surrogatepass")
        return blake2b(content, digest_size=12).hexdigest()

    def case(self, one: Submission, habits: Habits) -> OldCase | None:
        """The case in a row; None if it tells of nobody and nothing."""
        found = case_in(self._to_read(one), self.headings, self._proposal, habits)
        found = _with_all_in_summary(_without_release(found))
        said = found.cells.keys() | found.as_typed.keys()
        return found if MATTER & said or (found.nameless and len(said) > 2) else None

    def _to_read(self, one: Submission) -> list[Cell]:
        """The cells of the form's columns, the moment as its day."""
        line: list[Cell] = [""] * len(self.headings.texts)
        for at in self.read:
            if at < len(one.line) and self._key(at) != NOT_READ:
                line[at] = one.sent.date() if self._key(at) == SENT and one.sent else one.line[at]
        return line

    @cached_property
    def _proposal(self) -> Proposal:
        columns = {text: LEAVE if fit.key == NOT_READ else fit.key for text, fit in self.fits.items()}
        stamps = [
            line[at] for line in self.lines.values() for at in self.read if self._key(at) == SENT and at < len(line)
        ]
        order = YEAR_FIRST if any(map(is_chinese, columns)) else order_of(stamps)
        return Proposal(
            {"": TabMeant(self.headings.row)}, columns, date_order=order, every_case={"channel": Channel.ONLINE.key}
        )


def form_table(sheet: ForeignSheet, said: Corrections) -> FormTable | None:
    """The table of a form in this tab; None if it has no headings."""
    row = next((row for row, line in enumerate(sheet.rows[:_FIRST_LINES], start=1) if _is_heading(line)), 0)
    if not row:
        return None
    headings = headings_in(sheet, row)
    ours = our_columns(headings.texts)
    end = min(ours.values(), default=len(headings.texts) + 1) - 1
    named = [at for at, text in enumerate(headings.texts) if at >= end and word_form(text) in said.meant]
    own = {at - 1 for at in ours.values()}
    columns = [at for at in (*range(end), *named) if headings.texts[at] and at not in own]
    texts = [text if at in columns else "" for at, text in enumerate(headings.texts)]
    rows = [[_plain(cell) for cell in row] for row in sheet.rows[headings.row :]]
    _put_zeros_back(rows, columns)
    fits = columns_of_form(texts, rows, said)
    read = tuple(at for at in columns if said.meant.get(word_form(texts[at])) != NOT_READ)
    lines = {
        row: [cell if at in columns else "" for at, cell in enumerate(cells)]
        for row, cells in enumerate(rows, start=headings.row + 1)
    }
    return FormTable(
        sheet=sheet,
        headings=Headings(headings.row, tuple(texts)),
        fits=fits,
        ours=ours,
        read=read,
        every=tuple(columns),
        lines=lines,
    )


def _is_heading(line: Sequence[Cell]) -> bool:
    """Whether a line can have the headings: the first with two texts does, as a title above them has one. One with a moment
    in a cell of its own is a row that somebody sent: it must not be lost as headings, nor be shown as such."""
    texts = sum(isinstance(cell, str) and bool(cell.strip()) for cell in line)
    return texts > 1 and not any(map(_is_a_moment, line))


def _is_a_moment(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, datetime)
    text = unicodedata.normalize("NFKC", cell[:60])
    return (found := _MOMENT.search(text)) is not None and not re.search(
        r"[^\W\d_]", text[: found.start()] + text[found.end() :]
    )


def _plain(cell: Cell) -> Cell:
    """A cell as its sender wrote it: what looks like a formula is text here."""
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, CellError):
        return cell.code
    return "" if isinstance(cell, str) and not cell.strip() else cell


def _put_zeros_back(rows: Sequence[list[Cell]], columns: Sequence[int]) -> None:
    for at in columns:
        if any(at < len(row) and isinstance(row[at], int | float) for row in rows):
            cells = with_zero_back([row[at] if at < len(row) else "" for row in rows])
            for row, cell in zip(rows, cells, strict=True):
                if at < len(row):
                    row[at] = cell


def moment_in(cell: Cell) -> datetime | None:
    """The moment in a cell, to the second, as it is said there; None if it says none that is certain."""
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  (an office's own time)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return moment_of(cell) if is_ours(cell) else None
    if (
        not isinstance(cell, str)
        or len(cell) > 60
        or (found := _MOMENT.search(unicodedata.normalize("NFKC", cell))) is None
    ):
        return None
    beside = {word_form(word) for word in (found["half"], found["after"]) if word}
    hour, late = int(found["hour"]), not beside.isdisjoint(form_words("afternoon"))
    if hour <= 12 and (late or not beside.isdisjoint(form_words("morning"))):
        hour = hour % 12 + 12 * late
    try:
        year, month, day = (int(found[what]) for what in ("year", "month", "day"))
        return datetime(year, month, day, hour, int(found["minute"]), int(found["second"] or 0))  # noqa: DTZ001  (as above)
    except ValueError:
        return None


def _without_release(case: OldCase) -> OldCase:
    """The same, but that a visitor cannot make a case less restricted than the rules do."""
    if case.cells.get("restricted") != YesNo.NO.key:
        return case
    return replace(case, cells={key: cell for key, cell in case.cells.items() if key != "restricted"})


def _with_all_in_summary(case: OldCase) -> OldCase:
    """The same, with what has no column here below the summary."""
    if not case.rest or "summary" in case.as_typed:
        return case
    summary = "\n".join(filter(None, (as_text(case.cells.get("summary", "")), case.rest)))
    return replace(case, cells={**case.cells, "summary": for_xml(summary)[:MOST_TEXT]}, rest="")
