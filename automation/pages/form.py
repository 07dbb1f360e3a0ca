"""The Form tab: choose a number, and formulas fill in the Registration Form for Reception of Visitors.

The visible page; the hidden formulas that it reads are in `form_lookups.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from automation.pages import colours
from automation.pages.form_lookups import HELP, IN_FILING, IN_REGISTER, LAST_HELP, TIMES, FormLookups, cell, quoted
from automation.pages.page import Block, Look, Offer, Page, Sketch
from automation.pages.start_here import Title
from automation.text.catalogue import Message, msg
from sheet_schema import REGISTER, Language, Type
from sheet_schema.form import (
    HEADING_HEIGHT,
    LABEL,
    MATTER,
    PARTS,
    SIGNATURES,
    SIGNED_BY,
    SIGNED_HEIGHT,
    TWELFTHS,
    VISIT,
    FormField,
    heights,
)
from sheet_schema.languages import script
from sheet_schema.model import Column, Group
from sheet_schema.vocabulary import Channel, Kind, YesNo
from sheet_schema.word import Word

MARGIN, FIRST, GAP = 1, 2, TWELFTHS + 2
"""Columns: the left margin, the first of the form's twelve, the right margin."""
LAST = FIRST + TWELFTHS - 1
WIDTHS = {MARGIN: 2.0, **dict.fromkeys(range(FIRST, LAST + 1), 7.4), GAP: 2.0}
CHOOSE = (1, FIRST + 4, FIRST + 6)
"""Row, first and last column of the one cell that people type in."""
TOP = 3
"""The first printed row."""
_ROOM = 238.0
"""Millimetres of the page for the lines of fields, without title, headings, signatures and notes."""
_WIDE = 186.0 / TWELFTHS
_POINTS = 72 / 25.4
_LETTERS = {"Latn": 0.56, "Hans": 1.0}
"""Width of a letter of a script, as a multiple of its size."""
_SIZE = 9
"""Font size in boxes, in points."""
_LINE = 1.45
"""The height of a line of Chinese characters, as a multiple of their size; two of them fit into any box."""
_MOST = 0.92
"""How much of a line is counted on: words do not fill it to the end."""
_DAYS_IN_ALL = 2_958_466
"""A spreadsheet's days end on 31 December 9999, the day before this one."""
_ENDS_IN = 4
"""The words that say where a text continues take at most one of so many parts of its box."""
_LATIN = ("contact", "attachments", "superior_ref")
"""Columns with figures and links, in whatever language."""

_CHOOSE = msg("Choose or type a case number:")
_PRINT = msg("Then print. Nothing is kept here.")
_UNKNOWN = msg("There is no such number.")
_TWICE = msg("Two lines have this number: see the Register first.")
_OFFICE = msg("Letters and visits office")
_CONTINUES = msg(" … (continues in the ledger)")
_RESTRICTED = msg("Restricted: keep this paper locked away.")
_FILED = msg("Filed as ")
_ADVICE = msg("Choose a number of the Register, or type one from Filing.")

_ASK = Look(Type.CHOICE, size=10, ink=colours.QUIET, across="right", wraps=True)
_CHOICE = Look(
    size=12, bold=True, back=colours.AMBER, across="center", indent=1, frame=colours.GREY_LINE, line=colours.GREY_LINE
)
_SAYS = Look(Type.CHOICE, size=10, ink=colours.QUIET, wraps=True, indent=1)
_NOTE = Look(Type.CHOICE, size=_SIZE, ink=colours.QUIET)
_TITLE = Look(Type.CHOICE, size=15, bold=True)
_NUMBER = replace(_TITLE, across="right")
_HEADING = replace(_NOTE, bold=True)
_VALUE = Look(Type.CHOICE, size=_SIZE, wraps=True, indent=1, frame=colours.GREY_LINE, line=colours.GREY_LINE)
_LABEL = replace(_VALUE, ink=colours.QUIET, back=colours.JOB_GREY)
_DAY = replace(_VALUE, type=Type.DATE)
"""Here `size` is what it is on paper, in points."""


def form_page(language: Language, title: Title) -> Page:
    """Plan the tab. `title` gives each tab's title in this workbook."""
    return _Planning(language, title).plan()


class _Planning:
    def __init__(self, language: Language, title: Title) -> None:
        self.language = language
        self.lookups = FormLookups(language, title, cell(*CHOOSE[:2]))
        self.sketch = Sketch(language, heights={1: 27.0, 2: 8.0, TOP: 15.0, TOP + 1: 27.0})
        self.merged: list[Block] = []

    def plan(self) -> Page:
        self.head()
        last = self.notes(self.signatures(self.fields(TOP + 2)))
        return Page(
            rows=max(last, *(row for row, _ in self.lookups.cells)),
            columns=LAST_HELP,
            widths=WIDTHS,
            heights=self.sketch.heights,
            looks=self.sketch.looks,
            texts=self.sketch.texts | self.lookups.cells,
            merged=self.merged,
            hidden=range(HELP, LAST_HELP + 1),
            offer=Offer(CHOOSE[:2], REGISTER.key, "case_no", self.lookups.numbers(), self.say(_ADVICE)),
            paper=Block(TOP, FIRST, last, LAST),
        )

    def put(self, row: int, first: int, last: int, look: Look, text: str = "") -> None:
        """Merge these cells of a row, with their words or their formula (with `=`)."""
        block, (_, ordinary) = Block(row, first, row, last), colours.FONTS[script(self.language)]
        self.sketch.paint(block, replace(look, size=look.size - ordinary))
        if text:
            self.sketch.texts[row, first] = text
        if last > first:
            self.merged.append(block)

    def say(self, words: Message | Group | Word) -> str:
        return words.say(self.language) if isinstance(words, Message) else words.label(self.language)

    def head(self) -> None:
        row, first, last = CHOOSE
        self.put(row, FIRST, first - 1, _ASK, self.say(_CHOOSE))
        self.put(row, first, last, _CHOICE)
        register, filing, times = (cell(*place) for place in (IN_REGISTER, IN_FILING, TIMES))
        unknown = f'IF(AND(TRIM({cell(row, first)})<>"",{register}+{filing}=0),{quoted(self.say(_UNKNOWN))},'
        said = f"={unknown}IF({times}>1,{quoted(self.say(_TWICE))},{quoted(self.say(_PRINT))}))"
        self.put(row, last + 1, LAST, _SAYS, said)
        school = self.lookups.raw["school_name"]
        called = self.one_line(school, TWELFTHS, _SIZE)
        self.put(TOP, FIRST, LAST, _NOTE, f"=IF(LEN({school})>1,{called},{quoted(self.say(_OFFICE))})")
        channel = self.lookups.raw["channel"]
        visit = ",".join((*_is(channel, Channel.VISIT), f"{channel}=0", f'{channel}=""'))
        title = f"=IF(OR({visit}),{quoted(self.say(VISIT))},{quoted(self.say(MATTER))})"
        self.put(TOP + 1, FIRST, LAST - 4, _TITLE, title)
        number = self.lookups.raw["case_no"]
        shown = self.one_line(number, 4, int(_NUMBER.size))
        self.put(TOP + 1, LAST - 3, LAST, _NUMBER, f'=IF(LEN({number})>1,{shown},"")')

    def fields(self, row: int) -> int:
        """Plan the form's parts from `row` on. Returns the row below them."""
        high = heights(_ROOM)
        for part in PARTS:
            self.heading(row, part.heading)
            column = FIRST
            for field in part.fields:
                if column == FIRST:
                    row += 1
                self.sketch.heights[row] = round(high[field.key] * _POINTS, 1)
                self.box(row, column, field, high[field.key])
                column = FIRST if column + field.span > LAST else column + field.span
            row += 1
        return row

    def heading(self, row: int, group: Group) -> None:
        self.sketch.heights[row] = round(HEADING_HEIGHT * _POINTS, 1)
        self.put(row, FIRST, LAST, _HEADING, self.say(group))

    def box(self, row: int, first: int, field: FormField, high: float) -> None:
        column, last = REGISTER[field.key], first + field.span - 1
        label = column.label(self.language)
        if field.key == "summary":
            label += "\n" + column.note(self.language)
        tall = bool(field.share)
        self.put(row, first, first + LABEL - 1, replace(_LABEL, top=tall), label)
        shown, raw = (first + LABEL, last), self.lookups.raw[field.key]
        if column.type is Type.TICK:
            self.put(row, *shown, _VALUE, self.tick(column, raw))
        elif column.type is Type.DATE:
            self.put(row, *shown, _DAY, _day(raw, self.text(field, high)))
        else:
            self.put(row, *shown, replace(_VALUE, top=tall), self.text(field, high))

    def text(self, field: FormField, high: float) -> str:
        """A formula for a field's text, cut to its box."""
        letters = "Latn" if field.key in _LATIN else script(self.language)
        lines = max(2, int((high - 0.5) * _POINTS / (_SIZE * _LINE)))
        room = (field.span - LABEL) * _WIDE - 4
        narrow, wide = (_MOST * room * _POINTS / (_SIZE * width) for width in (_LETTERS[letters], _LETTERS["Hans"]))
        raw = self.lookups.raw[field.key]
        if lines > 2:
            most = self.lookups.room(raw, int(narrow * lines), int(wide * lines))
            # A line break counts as most of a line. Lines are joined only if they need more room than there is.
            breaks = f'(LEN({raw})-LEN(SUBSTITUTE({raw},CHAR(10),"")))*{int(narrow * 2 / 3)}'
            cut = self.cut(raw, most, int(narrow * lines))
            return f'=IF({raw}=0,"",IF(LEN({raw})+{breaks}>{most},{cut},{raw}&""))'
        most = self.lookups.two_lines(raw, int(narrow), int(wide))
        return f'=IF({raw}=0,"",{self.cut(raw, most, int(narrow) * lines)})'

    def cut(self, raw: str, most: str, about: int) -> str:
        """A formula for a text with its lines joined, of as many characters as the cell or number `most` says. It says
        in words that it continues elsewhere if `about` so many characters leave room for that."""
        joined, ends = f'SUBSTITUTE({raw},CHAR(10)," ")', self.say(_CONTINUES)
        if len(ends) * _ENDS_IN > about:
            ends = "…"
        return f"IF(LEN({raw})>{most},LEFT({joined},{most}-{len(ends)})&{quoted(ends)},{joined})"

    def one_line(self, raw: str, columns: int, points: int) -> str:
        """A formula for a text in one line of so many columns, in letters of so many points."""
        letter = points * _LETTERS[script(self.language)]
        most = int(_MOST * (columns * _WIDE - 4) * _POINTS / letter)
        return self.cut(raw, str(most), most)

    def tick(self, column: Column, raw: str) -> str:
        ticked = ",".join((f"{raw}=TRUE", f"{raw}=1", *(f"{raw}={quoted(tick)}" for tick in sorted(column.ticks))))
        return f'=IF(OR({ticked}),{quoted(self.say(YesNo.YES))},"")'

    def signatures(self, row: int) -> int:
        self.heading(row, SIGNATURES)
        row += 1
        self.sketch.heights[row] = round(SIGNED_HEIGHT * _POINTS, 1)
        for place, who in enumerate(SIGNED_BY):
            first = FIRST + 4 * place
            self.put(row, first, first + LABEL - 1, _LABEL, self.say(who))
            self.put(row, first + LABEL, first + 3, _VALUE)
        return row + 1

    def notes(self, row: int) -> int:
        """Notes on whether the case is restricted (as typed, or an allegation), and its archive number if filed.
        Returns their row."""
        self.sketch.heights[row] = 15.0
        restricted, kind, archive_no = (self.lookups.raw[key] for key in ("restricted", "kind", "archive_no"))
        typed = ",".join(_is(restricted, YesNo.YES))
        untold = f'OR({restricted}=0,{restricted}="")'
        allegation = f"OR({','.join(_is(kind, Kind.ALLEGATION))})"
        is_restricted = f"OR({typed},AND({untold},{allegation}))"
        self.put(row, FIRST, LAST - 5, _NOTE, f'=IF({is_restricted},{quoted(self.say(_RESTRICTED))},"")')
        filed = f"AND({cell(*IN_REGISTER)}=0,LEN({archive_no})>1)"
        said = f"{quoted(self.say(_FILED))}&{self.one_line(archive_no, 4, _SIZE)}"
        self.put(row, LAST - 4, LAST, _NOTE, f'=IF({filed},{said},"")')
        return row


def _day(raw: str, text: str) -> str:
    """A formula for a day. What is none is shown as it was typed, but for numbers that no calendar has."""
    return f'=IF(ISNUMBER({raw}),IF(AND({raw}>0,{raw}<{_DAYS_IN_ALL}),{raw},""),{text[1:]})'


def _is(raw: str, word: Word) -> Iterator[str]:
    """Conditions that a cell holds a word, in either language or as its key."""
    yield from (f"{raw}={quoted(spelling)}" for spelling in dict.fromkeys((*reversed(word.labels()), word.key)))
