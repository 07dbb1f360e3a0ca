"""The cases of an old register, read as a proposal says: the cells of our columns, and what nobody can read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from automation.ledger.cells import parse_column
from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.ledger.normal_form import is_anonymous
from automation.ledger.typed.cell import Bad, Habits, Taken, as_text
from automation.ledger.workbook import Cell
from automation.ways_in.case_rows import case_rows, is_ditto
from automation.ways_in.days import DayReader
from automation.ways_in.headings import Headings, headings_in
from automation.ways_in.names import names_in, number_in
from automation.ways_in.old_case import MOST_TEXT, TOO_LONG, TWO_IN_ONE, UNKNOWN_WORD, OldCase, Unreadable
from automation.ways_in.proposal import CLOSED as SAYS_CLOSED
from automation.ways_in.proposal import NOTHING, Proposal
from automation.ways_in.telephones import contacts_in, with_zero_back
from automation.ways_in.words import choice_meant, says_nothing, state_meant
from sheet_schema import REGISTER, Column, Type, word_form
from sheet_schema.old_registers import ARCHIVE, CLOSED, DUE, FORMER_NO, KEEP, STATUS, listed, words_for
from sheet_schema.usual_words import NOT_A_REPEAT
from sheet_schema.word_columns import word_column_of

_TYPED = frozenset(REGISTER.staff_keys)
_BETWEEN = "; "
_LINES = re.compile(r"\s*[\r\n]+\s*")


def old_cases(file: ForeignFile, proposal: Proposal, habits: Habits) -> list[OldCase]:
    """Every case of the file, in its order."""
    zoned = replace(habits, zone=ZoneInfo(proposal.time_zone)) if proposal.time_zone else habits
    return [case for sheet in file.sheets if sheet.title in proposal.tabs for case in _of_tab(sheet, proposal, zoned)]


def case_in(line: Sequence[Cell], headings: Headings, proposal: Proposal, habits: Habits) -> OldCase:
    """The case in one row by itself, whatever stands in others. The proposal has one tab, whose title is blank."""
    meant = [proposal.columns.get(text, KEEP) if text else "" for text in headings.texts]
    days = DayReader(habits, proposal.date_order, proposal.tabs[""])
    return _Row(ForeignSheet("", ()), 0, line, headings, meant, proposal, days).case()


def _of_tab(sheet: ForeignSheet, proposal: Proposal, habits: Habits) -> Iterator[OldCase]:
    tab = proposal.tabs[sheet.title]
    headings = headings_in(sheet, tab.heading_row)
    meant = [proposal.columns.get(text, KEEP) if text else "" for text in headings.texts]
    days = DayReader(habits, proposal.date_order, tab)
    rows = [(row, [*cells]) for row, cells in case_rows(sheet, headings, meant)]
    _follow_dittos(rows)
    _put_zeros_back(rows, [at for at, key in enumerate(meant) if key == "contact"])
    for row, cells in rows:
        yield _Row(sheet, row, cells, headings, meant, proposal, days).case()


def _follow_dittos(rows: Sequence[tuple[int, list[Cell]]]) -> None:
    """Put what stands above in place of each ditto mark."""
    above: list[Cell] = []
    for _, cells in rows:
        for at, cell in enumerate(cells):
            if is_ditto(cell) and at < len(above):
                cells[at] = above[at]
        above = cells


def _put_zeros_back(rows: Sequence[tuple[int, list[Cell]]], columns: Sequence[int]) -> None:
    for at in columns:
        cells = with_zero_back([row[at] if at < len(row) else "" for _, row in rows])
        for (_, row), cell in zip(rows, cells, strict=True):
            if at < len(row):
                row[at] = cell


@dataclass
class _Row:
    """One row while it is read."""

    sheet: ForeignSheet
    row: int
    line: Sequence[Cell]
    headings: Headings
    meant: Sequence[str]
    proposal: Proposal
    days: DayReader
    number: str = ""
    unreadable: list[Unreadable] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def case(self) -> OldCase:
        self.number = _as_number(self._texts(FORMER_NO)[0]) if self._texts(FORMER_NO) else ""
        cells: dict[str, Cell] = dict(self.proposal.every_case)
        typed: dict[str, str] = {}
        received = self._day("received_on", None, typed)
        if received is not None:
            cells["received_on"] = received
        for key in dict.fromkeys(self.meant):
            if key in _TYPED and key not in ("received_on", "repeat_of"):
                value = self._value(REGISTER[key], received, typed)
                if value not in (None, ""):
                    cells[key] = value
        if "people" not in cells | typed and (number := self._number_of_names()):
            cells["people"] = number
        nameless = self._is_nameless(as_text(cells.get("petitioner", "")))
        repeats, no_repeat = self._repeats()
        closed, closed_on = self._closed(received)
        self._keep_the_rest()
        return OldCase(
            tab=self.sheet.title,
            row=self.row,
            number=self.number,
            cells={key: value for key, value in cells.items() if key not in typed},
            as_typed=typed,
            closed=closed,
            closed_on=closed_on,
            archive_no="".join(self._texts(ARCHIVE)[:1]),
            rest=_cut(_BETWEEN.join(self.rest)),
            repeats=repeats,
            no_repeat=no_repeat,
            nameless=nameless,
            unreadable=tuple(self.unreadable),
        )

    def _places(self, key: str) -> list[int]:
        """The columns (from 0) that are for this and hold something."""
        return [
            at
            for at, meant in enumerate(self.meant)
            if meant == key and at < len(self.line) and as_text(self.line[at]).strip()
        ]

    def _texts(self, key: str) -> list[str]:
        return [as_text(self.line[at]).strip() for at in self._places(key)]

    def _value(self, column: Column, received: date | None, typed: dict[str, str]) -> Cell | None:
        if column.type is Type.DATE:
            return self._day(column.key, received, typed)
        if column.type is Type.CHOICE:
            return self._choice(column, typed)
        if column.type in (Type.TICK, Type.WHOLE):
            return self._parsed(column, typed)
        return self._text(column, typed)

    def _day(self, key: str, after: date | None, typed: dict[str, str]) -> date | None:
        for at in self._places(key):
            found = self.days.read(self.line[at], after)
            if isinstance(found, date):
                return found
            if isinstance(found, Bad) and not says_nothing(as_text(self.line[at])):
                self._cannot_read(at, key, found.code, typed)
        return None

    def _choice(self, column: Column, typed: dict[str, str]) -> str | None:
        for at in self._places(column.key):
            text = as_text(self.line[at]).strip()
            words = self.proposal.words.get(self.headings.texts[at], {})
            if column.source:  # a topic or a name: as the office wrote it, unless it means one of ours
                return words.get(text) or (None if says_nothing(text) else self._text(column, typed))
            key = words.get(text)
            if key is None:
                own = self.days.habits.words.get(word_column_of(column), {})
                meant = choice_meant(column, text, own)
                if meant.two or not (meant.key or says_nothing(text)):
                    self._cannot_read(at, column.key, TWO_IN_ONE if meant.two else UNKNOWN_WORD, typed)
                    continue
                key = meant.key
            elif key == NOTHING and not says_nothing(text):
                if column.key == "restricted":  # not plainly No, so it counts as Yes (docs/design.md#p5.6)
                    self._cannot_read(at, column.key, UNKNOWN_WORD, typed)
                    continue
                self.rest.append(self._said(at))
            if key:
                if word_form(text) not in words_for(column.key):  # it may say more than that
                    self.rest.append(self._said(at))
                return key
        return None

    def _parsed(self, column: Column, typed: dict[str, str]) -> Cell | None:
        for at in self._places(column.key):
            values, said = parse_column(column, [self.line[at]])
            wrong = said.get(0)
            if isinstance(wrong, Bad):
                if not says_nothing(as_text(self.line[at])):
                    self._cannot_read(at, column.key, wrong.code, typed)
                continue
            if isinstance(wrong, Taken):
                return as_text(self.line[at]).strip()  # as typed: the ledger reads it, and says what it took it for
            value = values[0].item() if hasattr(values[0], "item") else values[0]
            return int(value) if column.type is Type.WHOLE and value == value else bool(value) or None
        return None

    def _text(self, column: Column, typed: dict[str, str]) -> str | None:
        parts: dict[str, None] = {}
        for at in self._places(column.key):
            text = as_text(self.line[at]).strip()
            if len(text) > MOST_TEXT:
                self._cannot_read(at, column.key, TOO_LONG, typed)
                continue
            if column.names_somebody and says_nothing(text):
                continue
            if column.type is not Type.LONG:
                text = _LINES.sub(" ", text)
            found = [text]
            if column.key == "contact":
                found = [] if is_anonymous(text) else contacts_in(text)
            elif column.key == "petitioner":
                found = names_in(text)
            parts.update(dict.fromkeys(found))
        return _BETWEEN.join(parts) or None

    def _number_of_names(self) -> int | None:
        """How many people the cells with names say that there are."""
        return max((number for text in self._texts("petitioner") if (number := number_in(text))), default=None)

    def _is_nameless(self, name: str) -> bool:
        """Whether no name was given: the old register says so in words of its own, or asks to leave the name blank for it."""
        asked = any(
            word in unicodedata.normalize("NFKC", self.headings.texts[at]).casefold()
            for at, key in enumerate(self.meant)
            if key == "petitioner"
            for word in listed("anonymous_if_blank")
        )
        return bool(not name and asked) or word_form(name) in listed("anonymous") or bool(name and is_anonymous(name))

    def _repeats(self) -> tuple[str, bool]:
        """The old number of the case that this one repeats, and whether the register says that it repeats none."""
        for at in self._places("repeat_of"):
            text = unicodedata.normalize("NFKC", as_text(self.line[at])).strip()
            numbers = re.findall(r"[A-Za-z\u4e00-\u9fff]*[\w/-]*\d[\w/-]*", text)
            if numbers:
                found = re.search(r"[A-Za-z0-9][\w/-]*\d|\d+", numbers[-1])
                return (found[0] if found else numbers[-1]), False
            if word_form(text) in NOT_A_REPEAT:
                return "", True
            self.rest.append(self._said(at))
        return "", False

    def _closed(self, received: date | None) -> tuple[bool, date | None]:
        """Whether the old register says that the case is closed, and since when: by a state, by the colour of the row, or by a
        day on which it was closed."""
        states = [self._state(at) for at in self._places(STATUS)]
        day = self._day_closed(received)
        if STATUS in self.meant:
            closed = SAYS_CLOSED in states
        elif self.proposal.closed_colours:
            closed = self.sheet.colours.get(self.row) in self.proposal.closed_colours
        else:
            closed = bool(self._places(CLOSED))
        return closed, day if closed else None

    def _state(self, at: int) -> str:
        text = as_text(self.line[at]).strip()
        words = self.proposal.words.get(self.headings.texts[at], {})
        said = words[text] if text in words else state_meant(text).key
        if not said and not says_nothing(text):
            self._cannot_read(at, STATUS, UNKNOWN_WORD, {})
        self.rest.append(self._said(at))
        return said

    def _day_closed(self, received: date | None) -> date | None:
        typed: dict[str, str] = {}
        day = self._day(CLOSED, received, typed)
        if typed:
            self.rest += [self._said(at) for at in self._places(CLOSED)]
        return day

    def _keep_the_rest(self) -> None:
        """Keep what has no column here, and what is remarked on any cell of the row."""
        self.rest += [self._said(at) for at, key in enumerate(self.meant) if key in (KEEP, DUE) and self._holds(at)]
        for (row, column), text in sorted(self.sheet.remarks.items()):
            if row == self.row:
                heading = self.headings.texts[column - 1] if column <= len(self.headings.texts) else ""
                self.rest.append(f"{heading}: {_LINES.sub(' ', text)}" if heading else _LINES.sub(" ", text))

    def _holds(self, at: int) -> bool:
        return at < len(self.line) and bool(as_text(self.line[at]).strip())

    def _said(self, at: int) -> str:
        return f"{self.headings.texts[at]}: {_LINES.sub(' ', as_text(self.line[at]).strip())}"

    def _cannot_read(self, at: int, key: str, why: str, typed: dict[str, str]) -> None:
        text = as_text(self.line[at]).strip()
        typed[key] = text[:MOST_TEXT]
        self.unreadable.append(
            Unreadable(
                tab=self.sheet.title,
                row=self.row,
                column=at + 1,
                heading=self.headings.texts[at],
                meant=key,
                holds=text,
                why=why,
                number=self.number,
            )
        )


def _as_number(text: str) -> str:
    """An old number, its full-width signs as ordinary ones."""
    return _LINES.sub(" ", unicodedata.normalize("NFKC", text))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"
