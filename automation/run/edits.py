"""Which rows of a commit stand or fall together, and what must still be in them, for every kind of workbook.

"A change names its row by case number and carries the fingerprint of the staff cells it was derived from"
(docs/design.md#p7.3). So all rows of a case are written or none, and the number and every cell in which a person may
have typed must be as they were read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from automation.ledger.notices_journal import ROW as NOTICE
from automation.ledger.settings import setting_key
from automation.ledger.titles_and_headers import columns_of, language_of, titles_found
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import (
    HEADER_ROW,
    Cell,
    ColumnEdit,
    RowMove,
    RowsOut,
    RowTerms,
    Snapshot,
    TabEdit,
    TabTerms,
)
from sheet_schema import (
    ANSWERS,
    CALENDAR,
    DEADLINES,
    ESCALATION,
    FILING,
    INDEX,
    NOTICES,
    REGISTER,
    RULES_SEEN,
    RUNS,
    SETTINGS,
    TAB,
    Place,
    Tab,
    word_form,
)
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import NoticeKind

NUMBERING = "numbering"
"""The start of rows that get their number in this commit: all of them are begun or none, since numbers have no gaps.

The same holds for numbers that a new Index takes over, since it does so only while it is empty.
"""
RULES = "rules"
"""The owner of rows of *Deadlines*, *Escalation* and *Calendar*, which follow from each other."""
FILED = "filing"
"""The group of rows that go to Filing: all or none, since *Runs* keeps one digest over all their seals."""
CLOSED = "closing"
"""The group of all rows of a closing: what goes to a year book leaves together with the line that says so, or nothing does."""
_OF_SEALS = ("last_seal", "seals")
_OF_ISSUE = ("case_no", "issued_on", "first_seen")
"""What Index says of a number once it is in the Register, whatever becomes of its case."""


def with_terms(
    snapshot: Snapshot, edits: Sequence[TabEdit], moves: Sequence[RowMove] = (), watched: Collection[str] = ()
) -> tuple[TabEdit, ...]:
    """The edits with the terms of each row.

    Rows that are not written but must not change get edits that write nothing: those of `moves`, and in the Register
    those of the `watched` cases, which mails will mention. Pages have no terms. What has its terms already keeps them.
    """
    given_terms = tuple(edit for edit in edits if edit.terms is not None)
    edits = [edit for edit in edits if edit.terms is None]
    tabs = _tabs(snapshot)
    titles = {title for title, tab in tabs.items() if tab.page}
    pages = tuple(edit for edit in edits if edit.title in titles)
    touched = _touched(snapshot, tabs, [edit for edit in edits if edit.title not in titles], moves, watched)
    given = frozenset(number for one in touched for number in one.numbers_given())
    terms = {one.title: one.terms(given) for one in touched}
    for move in moves:
        for row, to in zip(move.rows, move.to, strict=True):
            _file_together(terms[move.source], row, terms[move.target], to)
    return (
        *(part for one in touched for part in _parts(one, terms[one.title], files=bool(moves))),
        *given_terms,
        *pages,
    )


def with_rows_out(snapshot: Snapshot, edits: Sequence[TabEdit], out: Sequence[RowsOut]) -> tuple[TabEdit, ...]:
    """The edits with terms, and with those of the rows that are taken out: all of them are written, or nothing is."""
    tabs = _tabs(snapshot)
    gone = [_as_read(snapshot, one.title, tabs[one.title], rows=one.rows) for one in out if one.rows]
    leaving = (TabEdit(one.title, (), _tab_terms(one, one.terms(()))) for one in gone)
    return tuple(_together(edit) for edit in (*with_terms(snapshot, edits), *leaving))


def _together(edit: TabEdit) -> TabEdit:
    if edit.terms is None:
        return edit
    rows = {row: RowTerms(terms.owner, CLOSED) for row, terms in edit.terms.rows.items()}
    return replace(edit, terms=replace(edit.terms, rows=rows, claims=False))


def with_one_owner(snapshot: Snapshot, edits: Sequence[TabEdit], owner: str) -> tuple[TabEdit, ...]:
    """The edits with terms by which all of them are written, or nothing is."""
    return tuple(_of_one_owner(edit, owner) for edit in with_terms(snapshot, edits))


def _of_one_owner(edit: TabEdit, owner: str) -> TabEdit:
    if edit.terms is None:
        return edit
    rows = {row: RowTerms(owner if row != HEADER_ROW else "", owner) for row in edit.terms.rows}
    return replace(edit, terms=replace(edit.terms, rows=rows, claims=False))


def _tabs(snapshot: Snapshot) -> dict[str, Tab]:
    """Our tabs by the titles they have in this workbook."""
    return {title: TAB[key] for key, title in titles_found(snapshot.grids, language_of(snapshot.grids)).items()}


def _file_together(ours: dict[int, RowTerms], row: int, theirs: dict[int, RowTerms], to: int) -> None:
    """Give the row that goes and the row that comes the same owner, whichever of them holds the number."""
    owner = ours[row].owner or theirs[to].owner
    ours[row] = RowTerms(owner, FILED, gets_number=ours[row].gets_number)
    theirs[to] = RowTerms(owner, FILED)


@dataclass(frozen=True)
class _Touched:
    """One tab as it was read, the columns written there, and every row touched. `tab` is None for the users' own."""

    title: str
    tab: Tab | None
    at: Mapping[str, int]
    lines: Sequence[Sequence[Cell]]
    columns: Sequence[ColumnEdit]
    rows: Collection[int]

    @cached_property
    def written(self) -> Mapping[int, Mapping[int, Cell]]:
        """What is written, by column and row, in the columns that say who owns a row."""
        wanted = {self.at.get(key, 0) for key in ("case_no", "name", "kind")}
        found: dict[int, dict[int, Cell]] = {}
        for one in self.columns:
            if one.column in wanted:
                found.setdefault(one.column, {}).update(zip(one.rows, one.values, strict=True))
        return found

    def read(self, row: int, key: str) -> str:
        """The text of a cell as read."""
        at, line = self.at.get(key, 0), self.lines[row - 1] if row <= len(self.lines) else ()
        return as_text(line[at - 1]).strip() if 0 < at <= len(line) else ""

    def text(self, row: int, key: str) -> str:
        """The text of a cell as it will be."""
        return as_text(self.written.get(self.at.get(key, 0), {}).get(row, "")) or self.read(row, key)

    def is_new(self, row: int) -> bool:
        """Whether the row was empty."""
        return row > len(self.lines) or not any(cell != "" for cell in self.lines[row - 1])

    def numbers_given(self) -> Iterator[str]:
        """The numbers that rows of the Register get now, or that an empty Index takes over."""
        takes_over = self.tab is INDEX and len(self.lines) <= HEADER_ROW
        for row, number in self.written.get(self.at.get("case_no", 0), {}).items():
            if number != "" and (takes_over or (self.tab is REGISTER and as_text(number) != self.read(row, "case_no"))):
                yield as_text(number)

    def terms(self, given: Collection[str]) -> dict[int, RowTerms]:
        """The terms of every touched row; `given` are the numbers that this commit gives."""
        numbers = self.written.get(self.at.get("case_no", 0), {})
        begun_together = given if self.tab is REGISTER or self.tab is INDEX else ()
        shares = self._asked if self.tab is NOTICES or self.tab is SETTINGS else self._rules
        found = {row: RowTerms() for row in self.rows if row == HEADER_ROW}
        for row in sorted(row for row in self.rows if row != HEADER_ROW):
            before = self.read(row, "case_no")
            number = as_text(numbers.get(row, "")) or before
            start = NUMBERING if number in begun_together else ""
            gets_number = number != before and row in numbers and self.tab is REGISTER
            found[row] = RowTerms(number or shares(row), "", start, "", gets_number)
        return found

    def _rules(self, _: int) -> str:
        """The owner of dated rules, and of what is kept of them: a rule as it was is added, the changed one started and both
        remembered, or nothing of it."""
        return RULES if self.tab in (DEADLINES, ESCALATION, CALENDAR, RULES_SEEN) else ""

    def _asked(self, row: int) -> str:
        """The owner of the setting in which administrators ask for things, and of the notice that answers them.

        They share it like rows of one case, so that the cell is emptied and the answer claimed, or neither.
        """
        if self.tab is NOTICES:
            word = word_form(self.text(row, "kind"))
            return PLEASE_DO if NOTICES["kind"].keys_by_word.get(word) == NoticeKind.ANSWER.key else ""
        return PLEASE_DO if self.tab is SETTINGS and setting_key(self.text(row, "name")) == PLEASE_DO else ""


def _touched(
    snapshot: Snapshot,
    tabs: Mapping[str, Tab],
    edits: Sequence[TabEdit],
    moves: Sequence[RowMove],
    watched: Collection[str],
) -> list[_Touched]:
    """Each touched tab once, in the order of titles."""
    columns: dict[str, list[ColumnEdit]] = {}
    rows: dict[str, set[int]] = {}
    for edit in edits:
        columns.setdefault(edit.title, []).extend(edit.columns)
        rows.setdefault(edit.title, set()).update(*(column.rows for column in edit.columns))
    for move in moves:
        rows.setdefault(move.source, set()).update(move.rows)
        rows.setdefault(move.target, set()).update(move.to)
    if watched:
        for title, row in _rows_of(snapshot, tabs, watched):
            rows.setdefault(title, set()).add(row)
    return [_as_read(snapshot, title, tabs.get(title), columns.get(title, ()), rows[title]) for title in sorted(rows)]


def _as_read(
    snapshot: Snapshot, title: str, tab: Tab | None, columns: Sequence[ColumnEdit] = (), rows: Collection[int] = ()
) -> _Touched:
    lines = snapshot.grids[title].rows if title in snapshot.grids else ()
    at = columns_of(tab, lines[0] if lines else (), language_of(snapshot.grids)) if tab is not None else {}
    return _Touched(title=title, tab=tab, at=at, lines=lines, columns=columns, rows=rows)


def _rows_of(snapshot: Snapshot, tabs: Mapping[str, Tab], numbers: Collection[str]) -> Iterator[tuple[str, int]]:
    """The rows of these cases in the Register."""
    for title in (title for title, tab in tabs.items() if tab is REGISTER):
        register = _as_read(snapshot, title, REGISTER)
        for row in range(HEADER_ROW + 1, len(register.lines) + 1):
            if register.read(row, "case_no") in numbers:
                yield title, row


def _parts(one: _Touched, terms: Mapping[int, RowTerms], *, files: bool) -> list[TabEdit]:
    """The edits of one tab: one for what follows its case, and another for cells that stand or fall by themselves."""
    whole = TabEdit(one.title, tuple(one.columns), _tab_terms(one, terms))
    if one.tab is RUNS and files:
        return _apart(one, whole, _OF_SEALS, {row: RowTerms(group=FILED) for row in terms})
    new = {row: said for row, said in terms.items() if one.is_new(row)} if one.tab is INDEX else {}
    if not new:
        return [whole]
    issued = {row: said._replace(owner="", beside=said.owner) for row, said in new.items()}
    return _apart(one, whole, _OF_ISSUE, issued)


def _apart(one: _Touched, whole: TabEdit, keys: Sequence[str], terms: Mapping[int, RowTerms]) -> list[TabEdit]:
    """Split off the cells in these columns and rows into an edit of their own."""
    assert whole.terms is not None
    at = {one.at[key] for key in keys if key in one.at}
    theirs = [_only(column, terms.keys()) for column in whole.columns if column.column in at]
    rest = [
        _only(column, whole.terms.rows.keys() - terms.keys()) if column.column in at else column
        for column in whole.columns
    ]
    return [
        replace(whole, columns=tuple(column for column in rest if column.rows)),
        replace(
            whole,
            columns=tuple(column for column in theirs if column.rows),
            terms=replace(whole.terms, rows=terms),
        ),
    ]


def _only(column: ColumnEdit, rows: Collection[int]) -> ColumnEdit:
    kept = [(row, value) for row, value in zip(column.rows, column.values, strict=True) if row in rows]
    return ColumnEdit(column.column, [row for row, _ in kept], [value for _, value in kept])


def _tab_terms(one: _Touched, rows: Mapping[int, RowTerms]) -> TabTerms:
    """The columns whose cells must be as they were read: the number, and where people type.

    A row in the job's own tabs is guarded by its name alone; in a tab of the users' own, by the cells that are
    overwritten.
    """
    written, tab, at = {column.column for column in one.columns}, one.tab, one.at
    if tab is None:
        return TabTerms(rows, guarded=sorted(written), blank=sorted(written))
    if tab is NOTICES:
        keys: Sequence[str] = NOTICE
    else:
        keys = ("case_no", *(tab.staff_keys if tab.place is not Place.JOB else ()))
    if tab is ANSWERS:  # several replies may be about one case, so each is known by its mail
        keys = ("key", *keys)
    number_at = 0 if tab is ANSWERS else at.get("case_no", 0)
    by_number, worked_in = tab in (REGISTER, FILING, INDEX), tab.place is not Place.JOB
    named_by = keys[:1] if tab is ANSWERS else tab.staff_keys
    names = [number_at] if number_at else [at[key] for key in named_by if key in at]
    return TabTerms(
        rows,
        guarded=sorted({at[key] for key in keys if key in at}),
        blank=sorted({*at.values(), *written}),
        found_by=names if worked_in else (),
        number_at=number_at if by_number else 0,
        claims=tab is NOTICES,
    )
