"""Puts a number on every line before anyone types, and reports every number that went missing.

"The number is there before they type … Numbers run on without a gap, from the Index, and are never reused, so a
missing number is a torn-out page: it is reported by name" (docs/design.md#p2.6). Loss, concealment and destruction
of letters are forbidden: 浙江省信访条例 art. 26(6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from automation.cases.register_lines import has_content
from automation.ledger import problems as messages
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger, Outcome, Problem
from automation.ledger.office_time import today
from automation.ledger.table import Array, copied, is_among, positions_of
from automation.ledger.year_books import closed_numbers
from automation.steps.number_pad import (
    never_used,
    number_pattern,
    rows_below,
    with_new_prefix,
    with_pad,
    without_slips,
    without_strays,
)
from automation.steps.own_numbers import numbers_lost, with_numbers_given_back
from automation.steps.stop_codes import is_accepted, with_code
from automation.steps.torn_columns import numbers_named, torn
from automation.text.catalogue import Row

MANY = 5
"""If more numbers than this are gone, the run stops (docs/design.md#p2.9)."""
MANY_SHARE = 0.05
MISSING, EMPTIED = "missing_number", "emptied"


def number(ledger: Ledger, now: datetime, *, accepted: bool = False) -> Outcome:
    """Number every line that needs it, add empty numbered lines, and report numbers that are in doubt or gone.

    If a problem `stops`, no line was numbered. `accepted` means that a person has looked and wants to go on.
    """
    ledger = _tidied(ledger)
    if not len(ledger.index):
        ledger = _adopted(ledger, now)
    ledger, followed = with_new_prefix(ledger)
    ledger, strays = without_strays(ledger)
    ledger = without_slips(ledger)
    ledger, back = with_numbers_given_back(ledger)
    doubtful = _doubtful_numbers(ledger)
    gone = _gone(ledger)
    if not accepted:
        stops = _stops(ledger, gone)
        if stops and not is_accepted(ledger, stops):
            stops = [with_code(stops, stop) for stop in stops]
            return Outcome(ledger, problems=tuple(stops))
    overwritten = set(numbers_lost(ledger).values())
    lost = [problem for problem in _lost(ledger, gone) if problem.case_no not in overwritten]
    ledger = _with_losses_in_index(ledger, gone, now)
    ledger, filled = with_pad(ledger, now, strays)
    return Outcome(ledger, (*followed, *back, *filled), (*doubtful, *lost))


def _tidied(ledger: Ledger) -> Ledger:
    numbers = ledger.register["case_no"]
    tidy = np.empty(len(numbers), dtype=object)
    tidy[:] = [
        number if number.isascii() and number.isupper() and " " not in number else tidy_number(number)
        for number in numbers
    ]
    return ledger.having(register=ledger.register.having(case_no=tidy))


def _adopted(ledger: Ledger, now: datetime) -> Ledger:
    """Build the Index of a ledger that is new or has lost it: all numbers in its tabs count as issued, and those that
    mails were about count as used, though their row may be gone."""
    pattern = number_pattern(ledger)
    register, filing = ledger.register, ledger.filing
    seen = has_content(register)
    numbers: dict[str, bool] = {}
    for number, used in zip(register["case_no"].tolist(), seen.tolist(), strict=True):
        if pattern.fullmatch(number):
            numbers[number] = numbers.get(number, False) or used
    filed = {number for number in filing["case_no"] if pattern.fullmatch(number)}
    told = {number for number in ledger.tables["notices"]["case_no"] if pattern.fullmatch(number)}
    names = sorted(sorted(set(numbers) | filed | told), key=len)
    if not names:
        return ledger
    day = today(now)
    filed_on = dict(zip(filing["case_no"], filing["filed_on"], strict=True))
    index = ledger.index.extended(
        rows_below(ledger.index, len(names)),
        case_no=names,
        issued_on=[day] * len(names),
        first_seen=[day if numbers.get(name) or name in filed | told else np.datetime64("NaT") for name in names],
        filed_on=[filed_on.get(name, np.datetime64("NaT")) for name in names],
    )
    return ledger.having(index=index)


def _doubtful_numbers(ledger: Ledger) -> list[Problem]:
    """Problems for numbers that stand twice, were never issued, or are filed (docs/design.md#p2.8)."""
    register = ledger.register
    numbers = register["case_no"]
    twice = copied(numbers)
    places: dict[str, list[int]] = {}
    for i in np.flatnonzero(twice).tolist():
        places.setdefault(numbers[i], []).append(int(register.rows[i]))
    problems = [
        _problem(
            ledger,
            "copied_number",
            i,
            other=Row(row for row in places[numbers[i]] if row != register.rows[i]),
        )
        for i in np.flatnonzero(twice).tolist()
    ]
    known = positions_of(numbers, ledger.index["case_no"]) >= 0
    foreign = (numbers != "") & ~known & ~twice
    closed = (
        foreign & is_among(numbers, np.asarray(list(closed_numbers(ledger)), dtype=object))
        if foreign.any()
        else foreign
    )
    foreign = foreign & ~closed
    own = numbers_lost(ledger) if foreign.any() else {}
    for i in np.flatnonzero(foreign).tolist():
        if i in own:
            problems.append(_problem(ledger, "overwritten_number", i, value=numbers[i], number=own[i]))
        else:
            problems.append(_problem(ledger, "foreign_number", i, value=numbers[i]))
    filed = (is_among(numbers, ledger.filing["case_no"]) | closed) & (numbers != "") & ~twice
    problems += [_problem(ledger, "filed_number", i, value=numbers[i]) for i in np.flatnonzero(filed).tolist()]
    return problems


def _problem(ledger: Ledger, code: str, position: int | None, *, stops: bool = False, **details: object) -> Problem:
    row = None if position is None else int(ledger.register.rows[position])
    case_no = "" if position is None else str(ledger.register["case_no"][position])
    return Problem(
        tab="register",
        row=row,
        column="case_no",
        code=code,
        said=messages.problem(code, **details),
        case_no=case_no,
        stops=stops,
    )


@dataclass(frozen=True)
class _Gone:
    """Positions in Index of numbers without a line, of those whose line was emptied, and of new losses among both."""

    missing: Array
    emptied: Array
    new: Array


def _gone(ledger: Ledger) -> _Gone:
    index, register = ledger.index, ledger.register
    filed = ~np.isnat(index["filed_on"]) | is_among(index["case_no"], ledger.filing["case_no"])
    line = positions_of(index["case_no"], register["case_no"])
    missing = ~filed & (line < 0) & ~never_used(ledger)
    used = ~np.isnat(index["first_seen"])
    empty = np.zeros(len(index), dtype=bool)
    content = has_content(register)
    empty[line >= 0] = ~content[line[line >= 0]]
    emptied = ~filed & (line >= 0) & used & empty
    known = np.isin(index["problem_codes"], [MISSING, EMPTIED])
    return _Gone(np.flatnonzero(missing), np.flatnonzero(emptied), np.flatnonzero((missing | emptied) & ~known))


def _stops(ledger: Ledger, gone: _Gone) -> list[Problem]:
    """ "If more than 5 numbers and 5% of the rows are gone, or all of them with the numbered empty lines, or more than 5 rows changed both petitioner and summary
    since the last run (a sort that tore numbers off), the run writes and sends nothing" (docs/design.md#p2.9).
    """
    stops = []
    living = int(np.isnat(ledger.index["filed_on"]).sum())
    count = len(gone.new)
    whole_tab = not len(ledger.register) and (~np.isnat(ledger.index["first_seen"][gone.new])).any()
    if whole_tab or (count > MANY and count > MANY_SHARE * living):
        names = ledger.index["case_no"][gone.new].tolist()
        stops.append(_problem(ledger, "many_missing", None, stops=True, count=count, value=numbers_named(names)))
    return [*stops, *torn(ledger)]


def _lost(ledger: Ledger, gone: _Gone) -> Iterable[Problem]:
    index = ledger.index
    for i in gone.missing.tolist():
        number = str(index["case_no"][i])
        yield replace(_problem(ledger, MISSING, None, value=number), case_no=number)
    lines = positions_of(index["case_no"], ledger.register["case_no"])
    for i in gone.emptied.tolist():
        yield _problem(ledger, EMPTIED, int(lines[i]), value=index["case_no"][i])


def _with_losses_in_index(ledger: Ledger, gone: _Gone, now: datetime) -> Ledger:
    """Record in Index which numbers are gone, so that the same loss does not stop every later run."""
    index = ledger.index
    codes, since = index["problem_codes"].copy(), index["problems_since"].copy()
    for code, positions in ((MISSING, gone.missing), (EMPTIED, gone.emptied)):
        fresh = positions[codes[positions] != code]
        since[fresh] = np.datetime64(now.replace(tzinfo=None), "s")
        codes[positions] = code
    found = np.isin(codes, [MISSING, EMPTIED])
    found[gone.missing] = found[gone.emptied] = False
    codes[found], since[found] = "", np.datetime64("NaT")
    return ledger.having(index=index.having(problem_codes=codes, problems_since=since))
