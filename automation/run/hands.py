"""Writes a line in History for what people changed since the last run, in live cases and in administrators' tabs.

"Each run compares what it reads with what the last one saw" (docs/design.md#p2.24). Afterwards the cells are kept as they
stand once this run has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np

from automation.cases.cells_seen import AlteredCell, altered_cells, with_cells_filled, with_cells_seen
from automation.cases.register_lines import RegisterLines
from automation.ledger.altered_rows import AlteredRow
from automation.ledger.history import with_lines
from automation.ledger.model import Filled, Ledger
from automation.ledger.packed import Texts
from automation.ledger.rules_seen import RULE_TABS, altered_rows, with_rules_seen
from automation.ledger.table import is_among
from automation.run.run_context import RunContext
from automation.run.steps_done import StepsDone
from automation.steps.intake import LOOKING
from automation.steps.numbering import EMPTIED, MISSING
from automation.text.catalogue import Message, clauses, in_a_row, msg
from sheet_schema import REGISTER, Language, Tab
from sheet_schema.sending_words import ChangedBy

SINGLY = 50
"""If more cells of a column changed, those that changed alike are told of in one line."""
MOST = 200
"""So many lines a column or a tab gets; where people changed more at once, one line says how many."""
_BETWEEN = msg("changed between {earlier} and {now}")
_SINCE = msg("changed before {now}")
_ADDED = msg("row added between {earlier} and {now}")
_TAKEN_OUT = msg("row taken out between {earlier} and {now}")
_GONE = msg("the case's row was taken out or emptied between {earlier} and {now}")
_MANY = msg("{n} cells changed between {earlier} and {now}, too many to name each")
_MANY_ROWS = msg("{n} rows changed between {earlier} and {now}, too many to name each")
_CELL = msg("{column}: {text}", "a cell of a row")


@dataclass(frozen=True)
class _Line:
    """A line of History about what people changed."""

    why: Message
    case_no: str = ""
    tab: str = ""
    row: str = ""
    column: str = ""
    before: str = ""
    after: str = ""


def with_hands(context: RunContext, done: StepsDone, filled: Sequence[Filled], ledger: Ledger) -> Ledger:
    """The ledger with a line for each thing that people changed, and with all cells kept for the next run.

    `filled` are the cells that the program itself fills in and will write.
    """
    if done.cases is None:
        return ledger
    register_lines = done.cases.register_lines
    if not context.job.writes_everything:
        return _with_filled(ledger, filled, register_lines)
    cells = altered_cells(context.before, ledger, register_lines)
    lines = [*_of_cells(cells, ledger.language), *_of_losses(context.before, ledger)]
    for tab in RULE_TABS:
        lines += _of_rows(tab, altered_rows(context.before, tab.key), ledger.language)
    ledger = _written(ledger, lines, context)
    return with_rules_seen(context.before, with_cells_seen(context.before, ledger, register_lines))


def _with_filled(ledger: Ledger, filled: Sequence[Filled], lines: RegisterLines) -> Ledger:
    for fill in filled:
        ledger = with_cells_filled(ledger, [*map(int, fill.positions)], lines, [fill.column])
    return ledger


def _written(ledger: Ledger, lines: Sequence[_Line], context: RunContext) -> Ledger:
    if not lines:
        return ledger
    earlier, now = _last_look(context.before), f"{context.now:%Y-%m-%d %H:%M}"
    said = {why: _said(why, earlier, now, ledger.language) for why in {line.why for line in lines}}
    cells = {
        key: [getattr(line, key) for line in lines] for key in ("case_no", "tab", "row", "column", "before", "after")
    }
    cells |= {"why": [said[line.why] for line in lines], "who": [ChangedBy.PERSON.key] * len(lines)}
    return with_lines(ledger, context.mark, context.now, cells)


def _said(why: Message, earlier: str, now: str, language: Language) -> str:
    return why.say(language, earlier=earlier, now=now) if earlier else _SINCE.say(language, now=now)


def _last_look(before: Ledger) -> str:
    """When a run last compared everything, as far as Runs knows; `""` if it does not."""
    runs = before.tables["runs"]
    looked = runs["at"][np.isin(runs["command"], LOOKING) & ~np.isnat(runs["at"])]
    moment: datetime | None = looked[-1].item() if len(looked) else None
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _of_cells(cells: Sequence[AlteredCell], language: Language) -> Iterator[_Line]:
    """The lines about live cases. "Of a restricted case, or one that was restricted before, it names only the column"
    (docs/design.md#p2.24)."""
    by_column = sorted(cells, key=lambda cell: (REGISTER.keys.index(cell.column), cell.position))
    lines: list[tuple[int, _Line]] = []
    for key, group in groupby(by_column, key=lambda cell: cell.column):
        changed, label = [*group], REGISTER[key].label(language)
        if len(changed) <= SINGLY:
            lines += [(cell.position, _of_cell(cell, label)) for cell in changed]
        else:
            yield from _of_many(changed, label, language)
    yield from (line for _, line in sorted(lines, key=lambda one: one[0]))


def _of_cell(cell: AlteredCell, label: str) -> _Line:
    if not cell.quotable:
        return _Line(_BETWEEN, cell.case_no, column=label)
    return _Line(_BETWEEN, cell.case_no, column=label, before=cell.before, after=cell.after)


def _of_many(cells: Sequence[AlteredCell], label: str, language: Language) -> Iterator[_Line]:
    """One line for all cells of a column that changed alike; if that is still too many, one for them all."""
    alike: dict[tuple[str, str], list[AlteredCell]] = {}
    for cell in cells:
        alike.setdefault((cell.before, cell.after) if cell.quotable else ("", ""), []).append(cell)
    if len(alike) > MOST:
        yield _Line(_MANY.of(n=len(cells)), row=_numbers(cells, language), column=label)
        return
    for (before, after), same in alike.items():
        if len(same) == 1:
            yield _of_cell(same[0], label)
        else:
            yield _Line(_BETWEEN, row=_numbers(same, language), column=label, before=before, after=after)


def _numbers(cells: Iterable[AlteredCell], language: Language) -> str:
    return in_a_row((cell.case_no for cell in cells), language)


def _of_losses(before: Ledger, after: Ledger) -> Iterator[_Line]:
    """A line for each case whose row is gone or empty since the last run."""
    index, count = after.index, len(before.index)
    lost = is_among(index["problem_codes"], np.asarray([MISSING, EMPTIED])) & (index["as_seen"] != "")
    if not lost.any():
        return
    lost[:count] &= ~is_among(before.index["problem_codes"], np.asarray([MISSING, EMPTIED]))
    label = REGISTER["case_no"].label(after.language)
    for number in index["case_no"][lost].tolist():
        yield _Line(_GONE, number, column=label, before=number)


def _of_rows(tab: Tab, rows: Sequence[AlteredRow], language: Language) -> Iterator[_Line]:
    """The lines about an administrators' tab: one for each cell that changed, one for each row that came or went."""
    label = tab.label(language)
    if len(rows) > MOST:
        yield _Line(_MANY_ROWS.of(n=len(rows)), tab=label)
        return
    for row in rows:
        if not row.before:
            yield _Line(_ADDED, tab=label, row=row.name, after=_whole(tab, row.after, language))
        elif not row.after:
            yield _Line(_TAKEN_OUT, tab=label, row=row.name, before=_whole(tab, row.before, language))
        else:
            for key, (old, new) in row.changed.items():
                yield _Line(_BETWEEN, tab=label, row=row.name, column=tab[key].label(language), before=old, after=new)


def _whole(tab: Tab, row: Texts, language: Language) -> str:
    cells = (_CELL.say(language, column=tab[key], text=text) for key, text in row.items())
    return clauses(cells, language)
