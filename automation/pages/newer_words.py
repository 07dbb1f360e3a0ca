"""What a ledger of an earlier version calls otherwise than today, and what would have to be written to call it so.

Old words are read for good, so nothing changes by itself: `install --rename-labels` writes the newer ones. What people
typed stays as it is, and so does all that is filed or was noted by a run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from automation.ledger.settings import setting_called
from automation.ledger.titles_and_headers import columns_of, titles_found
from automation.ledger.workbook import HEADER_ROW, Cell, ColumnEdit, Formula, Snapshot, TabEdit
from automation.text.catalogue import in_a_row, msg
from sheet_schema import FORM, REGISTER, SETTINGS, TABS, Column, Language, Tab
from sheet_schema.languages import former, former_notes
from sheet_schema.word import Labelled, Words, folded

_NEWER = msg("Newer words: {words}. The old ones go on working; `install --rename-labels` writes the newer.")
_TAKEN = msg("{old} keeps its name, since another column of its tab is called {new}.")
_PAIR = msg("{new} for {old}")


@dataclass(frozen=True)
class NewerWords:
    """What would be written: headers and the Form, the program's own cells, and the words that the two replace.

    `taken` are old headers that must stay, because another column of the tab has the newer name.
    """

    headers: tuple[TabEdit, ...]
    cells: tuple[TabEdit, ...]
    renamed: tuple[tuple[str, str], ...]
    taken: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.renamed)


def newer_words(snapshot: Snapshot, language: Language) -> NewerWords:
    """All that stands in the workbook under a label it had in an earlier version in its own language."""
    headers: list[TabEdit] = []
    cells: list[TabEdit] = []
    renamed: dict[tuple[str, str], None] = {}
    taken: dict[tuple[str, str], None] = {}
    for tab, title in _tables(snapshot, language):
        rows = snapshot.grids[title].rows
        found = _headers(tab, rows[0] if rows else (), language)
        free = {at: words for at, words in found.items() if folded(words[1]) not in map(_text, rows[0])}
        renamed |= dict.fromkeys(free.values())
        taken |= dict.fromkeys(words for words in found.values() if words not in free.values())
        if free:
            headers.append(TabEdit(title, [ColumnEdit(at, [HEADER_ROW], [new]) for at, (_, new) in free.items()]))
        edits = [*_cells(tab, rows, language)]
        if edits:
            cells.append(TabEdit(title, edits))
        renamed |= dict.fromkeys(
            (str(rows[row - 1][edit.column - 1]), str(new))
            for edit in edits
            for row, new in zip(edit.rows, edit.values, strict=True)
        )
    headers += _on_the_form(snapshot, language, {old for old, _ in taken})
    return NewerWords(tuple(headers), tuple(cells), tuple(renamed), tuple(taken))


def newer_words_line(words: NewerWords, language: Language) -> list[str]:
    """One sentence that says what could be called otherwise, and how; none if there is nothing."""
    return [_NEWER.say(language, words=pairs(words.renamed, language))] if words else []


def taken_words(words: NewerWords, language: Language) -> list[str]:
    """One sentence for each old header that must stay."""
    return [_TAKEN.say(language, old=old, new=new) for old, new in words.taken]


def pairs(words: Sequence[tuple[str, str]], language: Language) -> str:
    """Old and newer words, after each other."""
    return in_a_row((_PAIR.say(language, old=old, new=new) for old, new in words), language)


def _tables(snapshot: Snapshot, language: Language) -> Iterator[tuple[Tab, str]]:
    titles = titles_found(snapshot.grids, language)
    return ((tab, titles[tab.key]) for tab in TABS if tab.columns and tab.key in titles)


def _headers(tab: Tab, header: Sequence[Cell], language: Language) -> dict[int, tuple[str, str]]:
    """Old and newer label of each column that has its old one, by its position."""
    at = columns_of(tab, header, language)
    return {
        at[column.key]: (str(header[at[column.key] - 1]), column.label(language))
        for column in tab
        if column.key in at and _was(column, header[at[column.key] - 1], language)
    }


def _cells(tab: Tab, rows: Sequence[Sequence[Cell]], language: Language) -> Iterator[ColumnEdit]:
    """The cells that the program wrote and works out anew: choices in the Register, names and values in Settings."""
    at = columns_of(tab, rows[0] if rows else (), language)
    if tab is REGISTER:
        for column in tab:
            if column.derived and column.choices is not None and column.key in at:
                yield from _edit(at[column.key], rows, former_words(column.choices, language))
    if tab is SETTINGS and "name" in at:
        names = {folded(old): new for old, new in _settings_renamed(rows, language)}
        yield from _edit(at["name"], rows, names)


def _edit(at: int, rows: Sequence[Sequence[Cell]], words: Mapping[str, str]) -> Iterator[ColumnEdit]:
    found = {
        number: words[_text(line[at - 1])]
        for number, line in enumerate(rows[HEADER_ROW:], start=HEADER_ROW + 1)
        if at <= len(line) and _text(line[at - 1]) in words
    }
    if found:
        yield ColumnEdit(at, [*found], [*found.values()])


def _settings_renamed(rows: Sequence[Sequence[Cell]], language: Language) -> Iterator[tuple[str, str]]:
    at = columns_of(SETTINGS, rows[0] if rows else (), language).get("name", 0)
    for line in rows[HEADER_ROW:] if at else ():
        setting = setting_called(str(line[at - 1])) if at <= len(line) else None
        if setting is not None and _was(setting, line[at - 1], language):
            yield str(line[at - 1]), setting.label(language)


@cache
def former_words(words: Words, language: Language) -> Mapping[str, str]:
    """The label of each word of a list by those it had before, folded."""
    return {folded(old): word.label(language) for word in words for old in former(language, word.context)}


def newer_note(tab: Tab, note: str, language: Language) -> str:
    """The note on a header as it is today, if it is ours of an earlier version. What people wrote stays, also below ours."""
    ours, gap, below = note.partition("\n\n")
    checksum = f"{crc32(ours.encode()):08x}"
    of_today = (column.note(language) for column in tab if checksum in former_notes(language, column.context))
    return next(of_today, ours) + gap + below


def choices_renamed(column: Column, language: Language) -> bool:
    """Whether the column's dropdown offered other words in an earlier version."""
    return column.choices is not None and bool(former_words(column.choices, language))


def _was(named: Labelled, cell: Cell, language: Language) -> bool:
    return _text(cell) in map(folded, former(language, named.context))


def _text(cell: Cell) -> str:
    return folded(cell) if isinstance(cell, str) else ""


def _on_the_form(snapshot: Snapshot, language: Language, taken: Collection[str]) -> Iterator[TabEdit]:
    """The Form shows the Register's labels, and its formulas look for them."""
    title = titles_found(snapshot.grids, language).get(FORM.key)
    named = [(old, column.label(language)) for column in REGISTER for old in former(language, column.context)]
    words = {old: new for old, new in named if old not in taken}
    for row, line in enumerate(snapshot.grids[title].rows if title is not None else (), start=1):
        for at, cell in enumerate(line, start=1):
            new = _on_form(cell, words)
            if new != cell:
                yield TabEdit(title or "", (ColumnEdit(at, [row], [new]),))


def _on_form(cell: Cell, words: Mapping[str, str]) -> Cell:
    """A cell of the Form as it is with the newer words: the label itself, or a formula that looks only for the old one."""
    if isinstance(cell, Formula):
        text = cell.text
        for old, new in words.items():
            if f'"{new}"' not in cell.text:
                text = text.replace(f'"{old}"', f'"{new}"')
        return Formula(text)
    return words.get(cell, cell) if isinstance(cell, str) else cell
