"""What is known of each row of a form: whether it was taken over before, is new, was changed since, or has to wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from automation.cases.confidentiality import quotable_cases
from automation.cases.register_lines import has_content
from automation.ledger.model import Ledger
from automation.ledger.parsing import habits_of
from automation.ledger.typed.cell import as_text
from automation.ledger.year_books import closed_numbers, last_closed_year
from automation.ways_in.old_case import OldCase
from automation.ways_in.submissions import FormTable, Submission
from sheet_schema.vocabulary import YesNo

WAITS = "?"
"""Stands before the mark of a row that has no time, until the next run sees it unchanged."""


class State(Enum):
    KNOWN = "known"
    NEW = "new"
    CHANGED = "changed"
    """Taken over before, and changed here since."""
    WAITS = "waits"
    EMPTY = "empty"
    """It tells of nobody and nothing."""
    OLD = "old"
    """It was sent in a year whose cases may stand in a year book, so that nobody knows whether it was taken over."""


@dataclass(frozen=True)
class FormRow:
    """One row with its state, the number it was given, and its case if it is new."""

    told: Submission
    state: State
    number: str = ""
    case: OldCase | None = None


@dataclass(frozen=True)
class Standing:
    """What stands in the ledger of a case: whether its text is there, and whether it may be quoted."""

    quotable: bool
    problems: str = ""


def standing(ledger: Ledger) -> Mapping[str, Standing]:
    """Every case with text in the Register or in Filing, by its number. One that stands twice may be quoted if both
    of its cases may: nobody knows which is meant."""
    found: dict[str, Standing] = {}
    for table in (ledger.filing, ledger.register):
        quotable, content = quotable_cases(table, ledger.policy).tolist(), has_content(table).tolist()
        problems = table["problems"].tolist() if table is ledger.register else [""] * len(table)
        for at, number in enumerate(table["case_no"].tolist()):
            if number and content[at]:
                good = quotable[at] and (number not in found or found[number].quotable)
                found[number] = Standing(good, str(problems[at]))
    return found


def rows_of_table(table: FormTable, ledger: Ledger, *, waits: bool) -> Iterator[FormRow]:
    """Every row that holds anything. With `waits`, a row without a time has to be seen twice, as somebody may be typing it."""
    index = ledger.index
    by_print = {
        known: number
        for known, number in zip(index["intake"].tolist(), index["case_no"].tolist(), strict=True)
        if known
    }
    issued = {*index["case_no"].tolist(), *closed_numbers(ledger)} - {""}
    habits, stands = habits_of(ledger), standing(ledger)
    rows, closed = table.submissions, last_closed_year(ledger)
    prints = Counter(one for told in rows for one in told.prints)
    marks: set[str] = set()
    for told in rows:
        number = next((by_print[one] for one in told.prints if one in by_print), "")
        mark, own = our_cell(table, told.row, "mark"), our_cell(table, told.row, "number")
        if not number and mark in told.prints and own in issued:
            number = own
        if number:
            yield FormRow(told, State.KNOWN, number)
            continue
        changed = by_print.get(mark, "") if mark not in marks and not prints[mark] else ""
        marks.add(mark)
        if changed and (changed not in stands or stands[changed].quotable):
            yield FormRow(told, State.CHANGED, changed)
            continue
        case = table.case(told, habits)
        if (
            changed and case is not None
        ):  # it stands where a case came from that may not be quoted, and may be of the same matter
            case = replace(case, cells={**case.cells, "restricted": YesNo.YES.key})
        if case is None:
            yield FormRow(told, State.EMPTY)
        elif told.sent is not None and told.sent.year <= closed:
            yield FormRow(told, State.OLD)
        elif waits and told.sent is None and mark != f"{WAITS}{told.print}":
            yield FormRow(told, State.WAITS)
        else:
            yield FormRow(told, State.NEW, case=case)


def our_cell(table: FormTable, row: int, key: str) -> str:
    """What stands in one of the columns in which the program answers."""
    at, line = table.ours.get(key, 0), table.sheet.rows[row - 1]
    return as_text(line[at - 1]).strip() if 0 < at <= len(line) else ""
