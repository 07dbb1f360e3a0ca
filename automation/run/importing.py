"""Takes the cases of an old register over into the Register: plans it in memory, and writes it in one commit.

Each case gets the next numbered line of the pad, as if somebody had typed it there; the row is then checked and worked out as in
a run, and given to a department where nobody had it; but nothing is filled in or mailed because of it (docs/design.md#p13.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.confidentiality import quotable_cases
from automation.cases.imported import Origin, holder_kept, origin, origin_in, origins
from automation.ledger.case_names import with_listed_names
from automation.ledger.errors import LedgerError
from automation.ledger.history import with_lines
from automation.ledger.memo import Memo
from automation.ledger.model import Ledger
from automation.ledger.parsing import habits_of, table_of
from automation.ledger.table import Array, Table, positions_of
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell, ColumnEdit, Snapshot, TabEdit
from automation.mail.outbox import Posting
from automation.run.job import Job, Request, Result
from automation.run.may_run import refuse_moved
from automation.run.plan import result_of, with_edits
from automation.run.run_context import RunContext, run_context
from automation.run.steps_done import StepsDone
from automation.steps.number_pad import waiting_lines, with_pad
from automation.steps.routing import assign
from automation.steps.validation import derive, prepare
from automation.text.catalogue import Message, msg
from automation.text.characters import for_xml
from automation.ways_in.old_case import OldCase
from automation.ways_in.typed_cells import typed_cell
from sheet_schema import REGISTER, Language
from sheet_schema.sending_words import Command
from sheet_schema.vocabulary import Status

IMPORT = Job(Command.IMPORT.key, assigns=False)
_NO_REPEAT = msg("none", "no repeat")
_TAKEN_OVER = msg("taken over from {name}, row {row}")
_TAKEN_OVER_FROM_TAB = msg("taken over from {name}, tab {tab}, row {row}")


@dataclass(frozen=True)
class Imported:
    """What an import comes to: the cases that are new here with the numbers they get, how many of the others were here before, and
    all that is to be written. `cases` is the Register afterwards."""

    result: Result
    cases: Cases
    new: tuple[OldCase, ...]
    numbers: tuple[str, ...]
    known: int

    @property
    def positions(self) -> list[int]:
        """The lines of the new cases in the Register."""
        place = {number: at for at, number in enumerate(self.cases.register["case_no"].tolist())}
        return [place[number] for number in self.numbers]

    @property
    def closed(self) -> int:
        """How many of the new cases are closed."""
        status = self.cases.register["status"][self.positions]
        return int((status == Status.CLOSED.key).sum())


def plan_import(snapshot: Snapshot, request: Request, old: Sequence[OldCase], name: str) -> Imported:
    """What taking over these cases of a file called `name` would do. A pure function: the time comes from `request`."""
    context = run_context(snapshot, request)
    refuse_moved(context.before)
    _refuse_stops(context.current)
    prepared = prepare(context.current, context.now)
    _refuse_stops(prepared.ledger.noting(prepared.problems))
    kept = [_origin(case, context.mark) for case in old]
    new = _not_here_yet(prepared.ledger, kept)
    ledger, positions = _with_lines(prepared.ledger, context, len(new))
    arrived = [old[at] for at in new]
    typed = _filled(ledger, positions, arrived, context.now.date())
    ledger = _in_index(typed, positions, [kept[at] for at in new], arrived)
    assigned = assign(ledger, context.now)  # now, so that nobody is told of it
    ledger = derive(_with_holders(assigned.ledger, positions), context.now).ledger
    numbers = tuple(ledger.register["case_no"][positions].tolist())
    ledger = _with_history(ledger, context, positions, arrived, name)
    cases = cases_of(ledger, context.now)
    done = StepsDone(ledger, cases, (*prepared.filled, *assigned.filled))
    written = replace(context, before=_as_if_typed(context.before, typed, positions))
    posting = Posting(context.current.tables["notices"])
    result = with_edits(
        written, done, posting, result_of(written, ledger, posting, ()), _typed_cells(typed, context, positions)
    )
    return Imported(result, cases, tuple(arrived), numbers, len(old) - len(new))


def _refuse_stops(ledger: Ledger) -> None:
    if stops := ledger.stops:
        raise LedgerError(msg("Nothing can be imported yet. {problem}").of(problem=stops[0]), ledger.language)


def _origin(case: OldCase, mark: str) -> Origin:
    cells = {**case.cells, **case.as_typed}
    return origin(mark, case.number, *(as_text(cells.get(key, "")) for key in ("received_on", "petitioner", "summary")))


def _not_here_yet(ledger: Ledger, kept: Sequence[Origin]) -> list[int]:
    """The positions of those that no earlier import brought. Of several that are equal, as many are new as there are more now."""
    by_number: dict[str, list[Origin]] = {}
    for one in origins(ledger).values():
        by_number.setdefault(one.number, []).append(one)
    new = []
    for at, one in enumerate(kept):
        here = by_number.get(one.number, [])
        same = next((earlier for earlier in here if one.is_same(earlier)), None)
        if same is None:
            new.append(at)
        else:
            here.remove(same)
    return new


def _with_lines(ledger: Ledger, context: RunContext, count: int) -> tuple[Ledger, Array]:
    """The ledger with a pad that is long enough, and the positions of the lines to fill: the first free ones below all cases."""
    ledger, _ = with_pad(ledger, context.now, np.zeros(0, dtype=np.int64), more=count)
    waiting = np.flatnonzero(waiting_lines(ledger))
    rows = ledger.register.rows
    used = np.setdiff1d(np.arange(len(rows)), waiting)
    lowest = rows[used].max() if len(used) else 0
    below = waiting[rows[waiting] > lowest]
    if len(below) < count:
        ledger, _ = with_pad(ledger, context.now, np.zeros(0, dtype=np.int64), more=2 * count)
        waiting = np.flatnonzero(waiting_lines(ledger))
        below = waiting[ledger.register.rows[waiting] > lowest]
    in_order = below[np.argsort(ledger.register.rows[below], kind="stable")]
    return ledger, in_order[:count]


def _filled(ledger: Ledger, positions: Array, arrived: Sequence[OldCase], day: date) -> Ledger:
    """The ledger with these cases in these lines, read as if people had typed them."""
    register = ledger.register
    numbers = _numbers_of_old(ledger, positions, arrived)
    cells = {
        column.key: _column([_cell(case, column.key, ledger.language, numbers) for case in arrived])
        for column in REGISTER
        if column.staff and column.key in register.at
    }
    cells["case_no"] = register["case_no"][positions]
    cells |= _from_the_old_register(arrived, day)
    habits = habits_of(ledger)
    theirs, problems, notes = table_of(register, register.rows[positions], cells, habits)
    theirs = with_listed_names(theirs, ledger.policy.directory)
    typed = [column.key for column in REGISTER if column.staff]
    former = [key for key in ("former_no", "former_closed_on", "former_rest") if key in cells]
    values = {key: _put(register.values[key], positions, theirs.values[key]) for key in (*typed, *former)}
    read = {key: _put(register.read[key], positions, theirs.read[key]) for key in typed}
    register = replace(register, values={**register.values, **values}, read={**register.read, **read})
    return ledger.having(register=register).noting(problems).with_notes(notes)


def _column(cells: Sequence[Cell]) -> Array:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def _put(column: Array, positions: Array, values: Array) -> Array:
    put = column.copy()
    put[positions] = values
    return put


def _numbers_of_old(ledger: Ledger, positions: Array, arrived: Sequence[OldCase]) -> Mapping[str, str]:
    """The number here of each case by its old one: of those that came before, and of these."""
    known: dict[str, str] = {}
    for table in (ledger.filing, ledger.register):
        known.update(zip(table["former_no"].tolist(), table["case_no"].tolist(), strict=True))
    new = zip((case.number for case in arrived), ledger.register["case_no"][positions].tolist(), strict=True)
    known.update({number: here for number, here in new if number})
    known.pop("", None)
    return known


def _cell(case: OldCase, key: str, language: Language, numbers: Mapping[str, str]) -> Cell:
    if key == "repeat_of":
        return numbers.get(case.repeats, case.repeats) or (_NO_REPEAT.say(language) if case.no_repeat else "")
    return typed_cell(case, key, language)


def _from_the_old_register(arrived: Sequence[OldCase], day: date) -> dict[str, Array]:
    """The columns that only an import fills in. What was closed on a day that nobody knows counts as closed on the last that is
    known of it, or on this one."""
    return {
        "former_no": _column([for_xml(case.number) for case in arrived]),
        "former_rest": _column([for_xml(case.rest) for case in arrived]),
        "former_closed_on": _column([case.last_day or day if case.closed else "" for case in arrived]),
    }


def _in_index(ledger: Ledger, positions: Array, kept: Sequence[Origin], arrived: Sequence[OldCase]) -> Ledger:
    """Index with what each case is known by, and with its old archive number, which it gets again when it is filed."""
    index = ledger.index
    at = positions_of(ledger.register["case_no"][positions], index["case_no"])
    imported, archive_no = index["imported"].copy(), index["archive_no"].copy()
    imported[at] = [str(one) for one in kept]
    archive_no[at] = [for_xml(case.archive_no) for case in arrived]
    return ledger.having(index=index.having(imported=imported, archive_no=archive_no))


def _with_holders(ledger: Ledger, positions: Array) -> Ledger:
    """Index with who has each of these cases from the start, and so is not told of it."""
    index, register = ledger.index, ledger.register
    imported = index["imported"].copy()
    at = positions_of(register["case_no"][positions], index["case_no"]).tolist()
    for place, line in zip(at, positions.tolist(), strict=True):
        kept = origin_in(str(imported[place]))
        if kept is not None:
            holder = holder_kept(str(register["department"][line]), str(register["handler"][line]))
            imported[place] = str(kept._replace(holder=holder))
    return ledger.having(index=index.having(imported=imported))


def _with_history(
    ledger: Ledger, context: RunContext, positions: Array, arrived: Sequence[OldCase], name: str
) -> Ledger:
    """A line for each case: from which row of which file it came. Of a restricted one, only that it came."""
    register, language = ledger.register, ledger.language
    quotable = quotable_cases(register, ledger.policy)[positions]
    cells = {
        "case_no": register["case_no"][positions].tolist(),
        "column": [REGISTER["former_no"].label(language)] * len(arrived),
        "after": [case.number if may else "" for case, may in zip(arrived, quotable.tolist(), strict=True)],
        "why": [_why(case, name).say(language) for case in arrived],
    }
    return with_lines(ledger, context.mark, context.now, cells)


def _why(case: OldCase, name: str) -> Message:
    if case.tab:
        return _TAKEN_OVER_FROM_TAB.of(name=for_xml(name), tab=for_xml(case.tab), row=case.row)
    return _TAKEN_OVER.of(name=for_xml(name), row=case.row)


def _as_if_typed(before: Ledger, after: Ledger, positions: Array) -> Ledger:
    """The ledger as read, as if people had typed the new cases: so that only what the program writes differs."""
    register, theirs = before.register, after.register
    more = len(theirs) - len(register)
    register = register.extended(theirs.rows[len(register) :].tolist()) if more else register
    typed = [column.key for column in REGISTER if column.staff]
    values = {key: _put(register.values[key], positions, theirs.values[key][positions]) for key in typed}
    read = {key: _put(register.read[key], positions, theirs.read[key][positions]) for key in typed}
    return before.having(
        register=replace(register, values={**register.values, **values}, read={**register.read, **read}, memo=Memo())
    )


def _typed_cells(ledger: Ledger, context: RunContext, positions: Array) -> list[TabEdit]:
    """The cells that people would have typed."""
    register: Table = ledger.register
    edits = []
    for column in REGISTER:
        if not column.staff or column.key not in register.at:
            continue
        cells = register.read[column.key][positions].tolist()
        wanted = [
            (row, cell)
            for row, cell in zip(register.rows[positions].tolist(), cells, strict=True)
            if cell not in ("", False)
        ]
        if wanted:
            edits.append(ColumnEdit(register.at[column.key], [row for row, _ in wanted], [cell for _, cell in wanted]))
    return [TabEdit(context.titles["register"], tuple(edits))] if edits else []
