"""Notices cells that came to other rows than the rest of their cases: a column sorted by itself, numbers torn off.

A run that stops keeps everybody waiting, so only what no careful hand does counts as torn (docs/design.md#p2.20).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from automation.cases.register_lines import PARTS_APART, fingerprints, register_lines_of
from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from automation.steps.changed_cells import ChangedColumn, changed_columns, changed_rows
from automation.steps.filled_over import filled_over
from automation.steps.own_numbers import numbers_of_others
from automation.text.catalogue import MORE_CASES, first_of, msg
from sheet_schema import REGISTER

MANY = 5
"""More than this: different values in other rows than before; rows with another petitioner and another summary."""
SWAPPED = 3
"""Two cells that somebody put right by swapping them are two rows; more rows than this, sorted, are no slip put right."""
RENUMBERED = 2
"""So many cases under other numbers are a number column that slipped; one may be a case moved to another line."""
MIXED_UP = 20
"""If more cells than this of a column with few values changed, and all for each other's, nobody did so one by one."""
STRANGE = 10
"""One in so many cells may hold what no other row held before: people go on typing after a sort."""
COLUMNS_NAMED, NUMBERS_NAMED = 6, 10
"""How many columns and how many case numbers a sentence can name without being cut (see `ledger.problems`)."""
_MORE_COLUMNS = msg("{named} and {more} more", "columns")


def torn(ledger: Ledger) -> list[Problem]:
    """What stops the run because cells stand in other rows than at the last run, unless a person has said it is right."""
    changed = changed_rows(ledger)
    found = [] if len(changed) <= SWAPPED else _columns_torn(ledger, changed)
    return found or [*_numbers_of_others(ledger)] or [*_numbers_torn_off(ledger, changed)]


def _columns_torn(ledger: Ledger, changed: dict[int, str]) -> list[Problem]:
    """What is said of columns whose cells stand in other rows, or were copied over each other."""
    columns = [*changed_columns(ledger, changed)]
    moved = [one for one in columns if _stand_elsewhere(one)]
    torn_apart = moved if any(map(_is_torn, moved)) else []
    rest = [one for one in columns if one not in torn_apart]
    found = [("torn_columns", torn_apart), *filled_over(ledger, rest)]
    return [_of_columns(ledger, code, of) for code, of in found if of]


def _stand_elsewhere(column: ChangedColumn) -> bool:
    """Whether the values that its changed cells lost stand in others of them now, but for a few, and as often.

    Where cases came in since the last run, some stand in those, and what those held stands here; most show it alone.
    """
    lost, found = column.lost, column.found
    most, moved = max(lost.total(), found.total()), (lost & found).total()
    strange = max(1, most // STRANGE)
    away = ((lost - found) & column.in_unknown).total()
    come_in = (found - lost).total() - strange <= len(column.unknown)
    return len(column.before) > SWAPPED and 2 * moved >= most and moved + away >= most - strange > 0 and come_in


def _is_torn(column: ChangedColumn) -> bool:
    """Whether so much of the column stands elsewhere that nobody can have typed it so."""
    lost, found = column.lost, column.found
    if _is_replaced(column):
        return False
    if len(lost & found) > MANY:
        return True
    mixed_up = len(column.before) > MIXED_UP and len(lost & found) > 1
    as_often = lost - found <= column.in_unknown and (found - lost).total() <= len(column.unknown)
    return mixed_up or (as_often and _has_come_to_be_sorted(column))


def _is_replaced(column: ChangedColumn) -> bool:
    """Whether each value gave way to the same other one wherever it stood, as two handlers exchange all their cases.

    Where each row has a value of its own that would be said of any order, so a value has to stand in two rows on average.
    """
    gave_way: dict[str, set[str]] = {}
    for at, text in column.before.items():
        gave_way.setdefault(text, set()).add(column.now[at])
    gave_way.pop("", None)
    left = {text for at, text in column.now.items() if at not in column.before}
    one_for_one = all(len(new) == 1 and "" not in new for new in gave_way.values())
    return one_for_one and not left & gave_way.keys() and column.lost.total() >= 2 * len(gave_way)


def _has_come_to_be_sorted(column: ChangedColumn) -> bool:
    """Whether equal cells stand together from the first changed one to the last, and did not before.

    A few might have been put right so by hand; then they must stand together from the first case on.
    """
    first = min(column.before if len(column.before) > MANY else column.now)
    rows = [at for at in column.now if first <= at <= max(column.before)]
    now = [column.now[at] for at in rows]
    before = [column.before.get(at, column.now[at]) for at in rows if at not in column.unknown]
    return _in_blocks(now) and not _in_blocks(before)


def _in_blocks(texts: Sequence[str]) -> bool:
    return sum(1 for _ in groupby(texts)) == len(set(texts))


def _numbers_of_others(ledger: Ledger) -> Iterator[Problem]:
    """The problem of rows that stand under other numbers than before, with all their cells."""
    others = numbers_of_others(ledger)
    if len(others) >= RENUMBERED:
        rows = ledger.register.rows[sorted(others)]
        yield _problem(
            "torn_numbers",
            "case_no",
            count=len(rows),
            first=rows[0],
            last=rows[-1],
            value=numbers_named([others[at] for at in sorted(others)]),
        )


def _numbers_torn_off(ledger: Ledger, changed: dict[int, str]) -> Iterator[Problem]:
    """The problem of more than 5 rows where both petitioner and summary changed (docs/design.md#p2.9)."""
    now = fingerprints(ledger.register, register_lines_of(ledger).cases)
    off = [at for at, old in changed.items() if _both_changed(old, now[at])]
    if len(off) > MANY:
        numbers = [str(number) for number in ledger.register["case_no"][off]]
        yield _problem("many_torn", "case_no", count=len(off), value=numbers_named(numbers))


def _both_changed(old: str, new: str) -> bool:
    """Whether a petitioner and a summary that had something in them both have something else now."""
    parts = zip(old.split(PARTS_APART)[:2], new.split(PARTS_APART)[:2], strict=False)
    return old.count(PARTS_APART) > 1 and all(before and after and before != after for before, after in parts)


def numbers_named(numbers: Sequence[str]) -> object:
    """The numbers, or the first ones and how many more, for a sentence."""
    return first_of(numbers, NUMBERS_NAMED, MORE_CASES)


def _of_columns(ledger: Ledger, code: str, columns: Sequence[ChangedColumn]) -> Problem:
    """A problem that names the rows and columns concerned, but no single row: what moved may be who must not know."""
    rows = ledger.register.rows[sorted({at for one in columns for at in one.before})]
    value = first_of([REGISTER[one.key] for one in columns], COLUMNS_NAMED, _MORE_COLUMNS)
    return _problem(code, columns[0].key, count=len(rows), first=rows[0], last=rows[-1], value=value)


def _problem(code: str, column: str, **details: object) -> Problem:
    return Problem("register", None, column, code, messages.problem(code, **details), stops=True)
