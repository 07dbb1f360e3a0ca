"""Parses a workbook: finds each tab and column by its label, and reads each cell by its column's type.

"Reading takes that language's labels first, any other's or the key where it is missing, in any column order;
columns and tabs of the users' own are left alone" (docs/design.md#p2.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.admin_tabs import policy_of
from automation.ledger.by_column import ByColumn
from automation.ledger.case_names import with_listed_names
from automation.ledger.cells import parse_column
from automation.ledger.days_said import with_days_said
from automation.ledger.lost_tabs import with_losses
from automation.ledger.memo import remembered
from automation.ledger.misplaced import headings_in_place_of, moved_headings, renamed
from automation.ledger.model import Ledger, Problem
from automation.ledger.notices import with_slots_by_key
from automation.ledger.own_words import read_own_words, unread_words
from automation.ledger.recognition import refuse_what_is_no_ledger
from automation.ledger.routing_tab import STANDS_IN
from automation.ledger.rule_successions import SUCCESSIONS
from automation.ledger.settings import read_settings
from automation.ledger.table import Array, Table, blank
from automation.ledger.titles_and_headers import is_users_own, language_of, places_of, titles_found
from automation.ledger.typed.cell import NO_HABITS, Bad, Habits, Taken, as_text
from automation.ledger.typed.day_words import year_first
from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.text.catalogue import WITH_NOTE
from sheet_schema import FILING, INDEX, REGISTER, TAB, TABS, Column, Language, Tab
from sheet_schema.word_columns import word_column_of

NEEDED = tuple(tab for tab in TABS if tab.columns)
"""The tabs that are tables; the others are pages, which the program never reads."""
NUMBERED = (REGISTER, FILING, INDEX)
"""The tabs whose rows are found by their numbers."""
INSTALL_REFUSES = frozenset(
    {
        "tab_gone",
        "headings_gone",
        "renamed_tab",
        "renamed_column",
        "headings_moved",
        "no_numbers",
        "notices_lost",
        "books_lost",
    }
)
"""The problems in which something is only called otherwise or stands elsewhere, so that adding it would make a twin, or
must come back as it was."""
_NOTES = SUCCESSIONS | {STANDS_IN}
"""What is said beside a rule and is nobody's fault."""
READ_FIRST = ("words", "topics", "settings")
"""The tabs that say how an office writes, which none of their own cells depends on."""


def parse(snapshot: Snapshot) -> Ledger:
    """Parse a snapshot. What people did wrong is in the ledger's `problems`.

    Raises LedgerError for a workbook that is not a ledger, or one of a newer version of the program.
    """
    refuse_what_is_no_ledger(snapshot)
    language = language_of(snapshot.grids)
    titles = titles_found(snapshot.grids, language).items()
    grids = {key: grid for key, title in titles if not is_users_own(TAB[key], grid := snapshot.grids[title], language)}
    first = {key: _read(TAB[key], grids.get(key), language, NO_HABITS) for key in READ_FIRST}
    said_first = [first[key].table for key in READ_FIRST]
    habits, wrong_words = said_first[0].remembered(_habits, *said_first, language)
    final = {key: one for key, one in first.items() if not any(map(word_column_of, TAB[key]))}
    read = {tab.key: final.get(tab.key) or _read(tab, grids.get(tab.key), language, habits) for tab in NEEDED}
    twins = renamed(
        (tab for tab in NEEDED if tab.key not in grids), snapshot.grids, {one.title for one in grids.values()}, language
    )
    tables = {key: one.table for key, one in read.items()}
    problems = [problem for one in read.values() for problem in one.problems]
    notes = [note for one in read.values() for note in one.notes]
    problems += _incomplete(tables, problems)
    problems = [*_missing_columns(problems), *(one for one in problems if one.code != "no_column")]
    problems = [_renamed(one, twins) if one.code == "no_tab" else one for one in problems]
    tables, problems, days = with_days_said(tables, problems)
    policy, said = policy_of(tables, list(unread_words(problems)))
    problems = [one for one in said if one.code not in _NOTES]
    notes += [one for one in said if one.code in _NOTES]
    for key in ("register", "filing"):
        tables[key] = tables[key].remembered(with_listed_names, tables[key], policy.directory)
    tables["notices"] = tables["notices"].remembered(with_slots_by_key, tables["notices"])
    ledger = Ledger(language, tables, policy, (*problems, *wrong_words), (*notes, *days))
    return with_losses(ledger, grids, snapshot)


@dataclass(frozen=True, slots=True)
class _Read:
    """A tab as a table, the problems with its headers and cells, and notes of what some cells were taken for."""

    table: Table
    problems: list[Problem]
    notes: list[Problem]


def _read(tab: Tab, grid: Grid | None, language: Language, habits: Habits) -> _Read:
    if grid is None:
        lines = _lines(tab, Grid(tab.label(language), ()), {})
        return _Read(_table(lines, habits)[0], [_stops("no_tab", tab)], [])
    return remembered(grid.memo, _read_grid, tab, grid, language, habits)


def _read_grid(tab: Tab, grid: Grid, language: Language, habits: Habits) -> _Read:
    columns, wrong = match_columns(tab, grid, language)
    row = moved_headings(tab, grid, language) if wrong else None
    if row is not None:
        wrong = [_stops("headings_moved", tab, row=row)]
    table, bad, taken = _table(_lines(tab, grid, columns), habits)
    return _Read(table, wrong + bad, taken)


def _habits(words: Table, topics: Table, settings: Table, language: Language) -> tuple[Habits, list[Problem]]:
    """How this office writes, by its Settings and its own words; and the problems with these words."""
    own, wrong = read_own_words(words, topics["name"].tolist())
    return Habits(read_settings(settings)[0].zone, year_first(language), own), wrong


def habits_of(ledger: Ledger) -> Habits:
    """How this ledger's office writes."""
    words, topics, settings = (ledger.tables[key] for key in READ_FIRST)
    return words.remembered(_habits, words, topics, settings, ledger.language)[0]


def table_of(
    like: Table, rows: Array, cells: Mapping[str, Array], habits: Habits
) -> tuple[Table, tuple[Problem, ...], tuple[Problem, ...]]:
    """These rows with these cells by column key, read as rows of this table would be: with the problems, and the notes of what
    some cells are taken for."""
    lines = _Lines(like.tab, rows, dict(cells), like.at, like.title)
    table, problems, notes = _table(lines, habits)
    return table, tuple(problems), tuple(notes)


def match_columns(tab: Tab, grid: Grid, language: Language) -> tuple[dict[str, int], list[Problem]]:
    """The position of each column, from 1, by its key; and a problem for each that is missing or stands twice."""
    places = places_of(tab, grid.rows[0] if grid.rows else (), language)
    columns = {key: positions[0] for key, positions in places.items() if len(positions) == 1}
    numbered = len(grid.rows) > 1 and tab in NUMBERED
    missing = [column for column in tab if column.key not in columns]
    others = headings_in_place_of(tab, grid, language) if missing else {}
    problems = [
        _stops(
            _why_not_found(column, places[column.key], others, numbered=numbered),
            tab,
            column,
            title=grid.title,
            other=others.get(column.key, []),
        )
        for column in missing
        if not (column.later and not places[column.key] and column.key not in others)
    ]
    return columns, problems


def _why_not_found(
    column: Column, places: Sequence[int], others: Mapping[str, Sequence[str]], *, numbered: bool
) -> str:
    if places:
        return "doubled_column"
    if numbered and column.key == "case_no":
        return "no_numbers"
    return "renamed_column" if column.key in others else "no_column"


def _renamed(no_tab: Problem, twins: Mapping[str, Sequence[str]]) -> Problem:
    """What is said of a missing tab: where its headings stand, if another tab has them."""
    titles = twins.get(no_tab.tab, ())
    return _stops("renamed_tab", TAB[no_tab.tab], other=list(titles)) if titles else no_tab


def _stops(code: str, tab: Tab, column: Column | None = None, **details: object) -> Problem:
    """A missing or doubled tab or column, which stops the run: a guess would fill the wrong column."""
    key = column.key if column else ""
    return Problem(tab.key, None, key, code, messages.problem(code, value=column or tab, **details), stops=True)


def _incomplete(tables: Mapping[str, Table], found: Sequence[Problem]) -> list[Problem]:
    """The later columns of a group of which a ledger has only some. They work together, in Register and Filing, where what
    stands in one would be lost on the way to the other; those of waiting with the one in Index that remembers it."""
    homes = (REGISTER, FILING)
    if not all(tables[tab.key].at for tab in homes):
        return []
    said = {one.column for one in found if one.stops}
    together: dict[object, list[tuple[Tab, Column]]] = {}
    for column in REGISTER:
        if column.later and column.key not in said:
            together.setdefault(column.group, []).extend((tab, column) for tab in homes)
    if INDEX["waits"].key not in said and tables[INDEX.key].at:
        together.setdefault(REGISTER["waiting_since"].group, []).append((INDEX, INDEX["waits"]))
    gone = [[(tab, one) for tab, one in group if one.key not in tables[tab.key].at] for group in together.values()]
    some = [lacking for lacking, group in zip(gone, together.values(), strict=True) if 0 < len(lacking) < len(group)]
    return [_stops("no_column", tab, column) for lacking in some for tab, column in lacking]


def _missing_columns(problems: Sequence[Problem]) -> Sequence[Problem]:
    """What is said of the columns that are missing: of several at once, as in a ledger of an earlier version, one sentence."""
    missing = [problem for problem in problems if problem.code == "no_column"]
    if len(missing) < 2:
        return missing
    columns: dict[str, list[Column]] = {problem.tab: [] for problem in missing}
    for problem in missing:
        columns[problem.tab].append(TAB[problem.tab][problem.column])
    told = [WITH_NOTE.of(text=TAB[tab], note=lacking) for tab, lacking in columns.items()]
    return [replace(missing[0], column="", code="no_columns", said=messages.problem("no_columns", value=told))]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a tab that have anything in our columns: their rows, and the cells of each column that has any."""

    tab: Tab
    rows: Array
    cells: dict[str, Array]
    at: Mapping[str, int]
    title: str

    def of(self, column: Column) -> Array:
        """The cells of a column, all blank if the sheet lacks it or nothing stands there."""
        return self.cells[column.key] if column.key in self.cells else np.full(len(self.rows), "", dtype=object)

    def problem(self, i: int, column: Column, code: str, **details: object) -> Problem:
        """A problem with the cell of this column in line `i`."""
        return Problem(
            tab=self.tab.key,
            row=int(self.rows[i]),
            column=column.key,
            code=code,
            said=messages.problem(code, column=column, **details),
            case_no=as_text(self.cells["case_no"][i]).strip() if "case_no" in self.cells else "",
        )


def _lines(tab: Tab, grid: Grid, columns: Mapping[str, int]) -> _Lines:
    numbers, by_column = _by_column(grid, max(columns.values(), default=0))
    filled = {key: by_column(at) for key, at in columns.items()}
    cells = {key: _objects(column) for key, column in filled.items() if column.count("") < len(numbers)}
    full = np.zeros(len(numbers), dtype=bool)
    for column in cells.values():
        full |= column != ""
    if not full.all():
        cells = {key: column[full] for key, column in cells.items()}
    return _Lines(tab, numbers[full], cells, columns, grid.title)


def _by_column(grid: Grid, width: int) -> tuple[Array, Callable[[int], Sequence[Cell]]]:
    """The numbers of the rows below the headers, or of those that are not blank, and what gives a column's cells in them."""
    if isinstance(grid.rows, ByColumn):
        return np.asarray(grid.rows.filled, dtype=np.int64), grid.rows.column
    body = grid.rows[1:]
    padded = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in body]
    columns = list(zip(*padded, strict=False)) if padded else [()] * width
    return np.arange(len(body)) + 2, lambda at: columns[at - 1]


def _table(lines: _Lines, habits: Habits) -> tuple[Table, list[Problem], list[Problem]]:
    """The tab as a table, the problems with its cells, and notes of what some were taken for."""
    values: dict[str, Array] = {}
    read: dict[str, Array] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for column in lines.tab:
        read[column.key] = lines.of(column)
        if column.key not in lines.cells:  # all blank, which needs no reading
            dtype = parse_column(column, (), habits)[0].dtype
            values[column.key] = np.full(len(lines.rows), blank(dtype), dtype=dtype)
            continue
        cells = read[column.key].tolist()
        values[column.key], said = parse_column(column, cells, habits)
        # The program writes the other columns anew, so nobody has to put them right.
        if column.staff or column.key == "case_no":
            problems += _bad_cells(lines, column, {i: one for i, one in said.items() if isinstance(one, Bad)})
            notes += _taken_cells(lines, column, {i: one for i, one in said.items() if isinstance(one, Taken)})
            if column.key == "contact":
                problems += _lost_zeros(lines, column, cells)
    table = Table(lines.tab, lines.rows, values, read, at=lines.at, title=lines.title)
    return table, problems, notes


def _objects(cells: Sequence[Cell]) -> Array:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def _bad_cells(lines: _Lines, column: Column, bad: Mapping[int, Bad]) -> Iterator[Problem]:
    meanwhile = messages.meanwhile(column.key) if lines.tab is REGISTER else ()
    for i, why in bad.items():
        found = lines.problem(i, column, why.code, choices=list(column.choices or ()), **why.details)
        yield replace(found, said=(*found.said, *meanwhile))


def _taken_cells(lines: _Lines, column: Column, taken: Mapping[int, Taken]) -> Iterator[Problem]:
    """What some cells of the Register were taken for."""
    for i, one in taken.items() if lines.tab is REGISTER else ():
        yield replace(lines.problem(i, column, one.note.code, **one.note.details), warning=True)


def _lost_zeros(lines: _Lines, column: Column, cells: Sequence[Cell]) -> Iterator[Problem]:
    """Warn of a telephone number stored as a number, which drops a leading zero.

    Not of a Chinese mobile number: eleven digits that begin with 1 never had one.
    """
    if set(map(type, cells)) <= {str}:
        return
    for i, cell in enumerate(cells):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and not 1e10 <= cell < 2e10:
            yield replace(lines.problem(i, column, "lost_zero"), warning=True)
