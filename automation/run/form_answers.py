"""What is answered beside the rows of a form: the number, what is wrong with the row, and the mark by which it is known.

Of a case that may not be quoted the row's text is taken out as soon as it stands in the Register: only its number is left
(docs/design.md#p14.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from automation.ledger.history import with_lines
from automation.ledger.workbook import Cell, ColumnEdit, RowTerms, TabEdit, TabTerms
from automation.run.form_cases import CameIn, numbers_of
from automation.run.form_rows import WAITS, FormRow, Standing, State, our_cell, standing
from automation.run.steps_done import StepsDone
from automation.text.catalogue import msg
from automation.ways_in.form_columns import OURS
from automation.ways_in.submissions import FormTable
from sheet_schema import REGISTER, SETTING, Language
from sheet_schema.form_settings import INTAKE_HEADINGS

_FROM_TAB = msg("came with a form, in the tab {tab}")
_FROM_FILE = msg("came with a form, in the file {name}")
_WAITS = msg("Not taken over yet: the row has no time. The next run takes it over, if it stays as it is.")
_EMPTY = msg(
    "Not taken over: it tells of nobody and of nothing. If a heading is misunderstood, say so at “{setting}” in Settings."
)
_OLD = msg("Not taken over: cases of that year stand in a year book. If this one is not there, register it by hand.")
_CHANGED = msg("Changed here since it was taken over: compare it with {number}.")
_TOO_LONG = msg("Too long for the Register: the rest stands only here.")


@dataclass
class _Written:
    """The cells that are to be written, by column and row, and who owns each row."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)

    def put(self, row: int, column: int, cell: Cell, owner: str = "") -> None:
        self.cells.setdefault(column, {})[row] = cell
        self.owners[row] = owner or self.owners.get(row, "")


def recorded(came: CameIn, done: StepsDone) -> StepsDone:
    """The ledger with a line in History for each new case, which says where it came from."""
    if not came.new or done.cases is None:
        return done
    ledger, context = done.ledger, came.context
    numbers = numbers_of(came, ledger)
    given = [(one, numbers[one.line]) for one in came.new if one.line in numbers]
    why = [
        _FROM_TAB.of(tab=one.source)
        if came.tab is not None and one.source == came.tab.name
        else _FROM_FILE.of(name=one.source)
        for one, _ in given
    ]
    lines = {
        "case_no": [number for _, number in given],
        "column": [REGISTER["case_no"].label(ledger.language)] * len(given),
        "why": [one.say(ledger.language) for one in why],
    }
    ledger = with_lines(ledger, context.mark, context.now, lines)
    return replace(done, ledger=ledger)


def edits_of(came: CameIn, done: StepsDone) -> tuple[TabEdit, ...]:
    """What is written because of forms: the cells in the Register, and the answers beside their rows."""
    if done.cases is None or (came.tab is None and not came.new):
        return ()
    return (*came.typed, *_answers(came, done, numbers_of(came, done.ledger)))


def _answers(came: CameIn, done: StepsDone, numbers: Mapping[int, str]) -> tuple[TabEdit, ...]:
    """What is written into the tab that a form fills. `numbers` are those of the new cases, by their lines of the Register."""
    if came.tab is None:
        return ()
    table = came.tab.table
    language, stands = done.ledger.language, standing(done.ledger)
    given = {one.row.told.print: numbers.get(one.line, "") for one in came.new}
    ours, written = _places(table), _Written()
    for row in came.tab.rows:
        number = row.number or given.get(row.told.print, "")
        said = said_beside(row, number, stands, language)
        if said is not None:
            for key, text in said.items():
                if text != our_cell(table, row.told.row, key):
                    written.put(row.told.row, ours[key], text, number)
        if row.state is not State.CHANGED and row.told.whole and number in stands and not stands[number].quotable:
            for at in _filled(table, row):
                written.put(row.told.row, at, "", number)
    if not written.cells:
        return ()
    for key, at in ours.items():
        if key not in table.ours:
            written.put(table.headings.row, at, OURS[key].say(language))
    columns = [ColumnEdit(at, [*cells], [*cells.values()]) for at, cells in sorted(written.cells.items())]
    form = [at + 1 for at in table.read]
    terms = TabTerms(
        {row: RowTerms(owner) for row, owner in sorted(written.owners.items())},
        guarded=sorted({*form, *ours.values()}),
        blank=sorted({*form, *ours.values()}),
        found_by=form,
    )
    return (TabEdit(came.tab.name, tuple(columns), terms),)


def _places(table: FormTable) -> dict[str, int]:
    """The columns of the answers, from 1: those that are there, and for the others the first that are free."""
    width = max(map(len, table.sheet.rows), default=0)
    missing = [key for key in OURS if key not in table.ours]
    return {**table.ours, **{key: width + 1 + at for at, key in enumerate(missing)}}


def said_beside(row: FormRow, number: str, stands: Mapping[str, Standing], language: Language) -> dict[str, str] | None:
    """What is to stand in our columns beside a row; None for one of which nothing is said yet."""
    if row.state is State.WAITS:
        return {"number": "", "says": _WAITS.say(language), "mark": f"{WAITS}{row.told.print}"}
    if row.state is State.EMPTY:
        return {"number": "", "says": _EMPTY.say(language, setting=SETTING[INTAKE_HEADINGS]), "mark": ""}
    if row.state is State.OLD:
        return {"number": "", "says": _OLD.say(language), "mark": ""}
    if not number:
        return None
    if row.state is State.CHANGED:
        return {"number": number, "says": _CHANGED.say(language, number=number)}
    known = stands.get(number)
    says = known.problems if known is not None and known.quotable else ""
    if not row.told.whole:
        says = " ".join(filter(None, (_TOO_LONG.say(language), says)))
    return {"number": number, "says": says, "mark": row.told.print}


def _filled(table: FormTable, row: FormRow) -> Iterator[int]:
    """The columns of the form, from 1, in which the row holds anything."""
    line = table.sheet.rows[row.told.row - 1]
    return (at + 1 for at in table.read if at < len(line) and line[at] != "")
