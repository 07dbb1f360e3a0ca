"""Notices cells that came to other rows than the rest of their cases: a column sorted by itself, numbers torn off.

A run that stops keeps everybody waiting, so only what no careful hand does counts as torn (docs/design.md#p2.20).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from automation.cases.cell_prints import prints, prints_in
from automation.cases.register_lines import PARTS_APART, cell_texts, fingerprints, register_lines_of
from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from automation.ledger.normal_form import is_anonymous, is_no_contact, names_nobody
from automation.steps.own_numbers import numbers_of_others
from automation.text.catalogue import MORE_CASES, first_of, msg
from sheet_schema import REGISTER, Type

MANY = 5
"""More than this: different values in other rows than before; rows with another petitioner and another summary."""
SWAPPED = 3
"""Two cells that somebody put right by swapping them are two rows; more rows than this, sorted, are no slip put right."""
RENUMBERED = 2
"""So many cases under other numbers are a number column that slipped; one may be a case moved to another line."""
MIXED_UP = 20
"""If more cells than this of a column with few values changed, and all for each other's, nobody did so one by one."""
COPIED = 10
"""So many cells with contents of their own are not written over one by one with what another row has."""
STRANGE = 10
"""One in so many cells may hold what no other row held before: people go on typing after a sort."""
COLUMNS_NAMED, NUMBERS_NAMED = 6, 10
"""How many columns and how many case numbers a sentence can name without being cut (see `ledger.problems`)."""
_OWN = frozenset(
    column.key for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG) and not column.source
)
"""The columns in which each case has something of its own; days, choices and names are alike in many rows."""
_MORE_COLUMNS = msg("{named} and {more} more", "columns")


@dataclass(frozen=True)
class _Column:
    """A column's prints, by position in the Register: of all cases as they stand, and of those that changed, before."""

    key: str
    now: dict[int, str]
    before: dict[int, str]

    @property
    def lost(self) -> Counter[str]:
        return Counter(text for text in self.before.values() if text)

    @property
    def found(self) -> Counter[str]:
        return Counter(text for at in self.before if (text := self.now[at]))


def torn(ledger: Ledger) -> list[Problem]:
    """What stops the run because cells stand in other rows than at the last run, unless a person has said it is right."""
    changed = _changed_rows(ledger)
    found = [] if len(changed) <= SWAPPED else _columns_torn(ledger, changed)
    return found or [*_numbers_of_others(ledger)] or [*_numbers_torn_off(ledger, changed)]


def _columns_torn(ledger: Ledger, changed: dict[int, str]) -> list[Problem]:
    """What is said of columns whose cells stand in other rows, or were copied over each other."""
    columns = [*_columns(ledger, changed)]
    found = []
    moved = [one for one in columns if _stand_elsewhere(one)]
    if any(map(_is_torn, moved)):
        found.append(_of_columns(ledger, "torn_columns", moved))
    copied = [over for one in columns if one.key in _OWN and len((over := _copied_over(ledger, one)).before) >= COPIED]
    if copied:
        found.append(_of_columns(ledger, "copied_over", copied))
    return found


def _changed_rows(ledger: Ledger) -> dict[int, str]:
    """Positions of the cases whose cells have changed since the last run, with the fingerprint of then."""
    if not (ledger.index["fingerprint"] != "").any():
        return {}
    register_lines = register_lines_of(ledger)
    cases = np.flatnonzero(register_lines.cases)
    before = ledger.index["fingerprint"][register_lines.index_at[cases]].tolist()
    now = fingerprints(ledger.register, register_lines.cases)[cases].tolist()
    rows = zip(cases.tolist(), before, now, strict=True)
    return {at: old for at, old, new in rows if old and not old.startswith(new)}


def _columns(ledger: Ledger, changed: dict[int, str]) -> Iterator[_Column]:
    """Each column in which people type, with those of its cells that changed and of which the last run's are known."""
    known = {at: prints_in(fingerprint) for at, fingerprint in changed.items()}
    cases = np.flatnonzero(register_lines_of(ledger).cases).tolist()
    for key in REGISTER.staff_keys:
        now = prints(ledger.register, key)
        before = {at: cells[key] for at, cells in known.items() if key in cells and cells[key] != now[at]}
        if before:
            yield _Column(key, {at: now[at] for at in cases}, before)


def _stand_elsewhere(column: _Column) -> bool:
    """Whether the values that its changed cells lost stand in others of them now, but for a few, and as often."""
    lost, found = column.lost, column.found
    most = max(lost.total(), found.total())
    return len(column.before) > SWAPPED and (lost & found).total() >= most - max(1, most // STRANGE) > 0


def _is_torn(column: _Column) -> bool:
    """Whether so much of the column stands elsewhere that nobody can have typed it so."""
    lost, found = column.lost, column.found
    if _is_replaced(column):
        return False
    if len(lost & found) > MANY:
        return True
    mixed_up = len(column.before) > MIXED_UP and len(lost & found) > 1
    return mixed_up or (lost == found and _has_come_to_be_sorted(column))


def _is_replaced(column: _Column) -> bool:
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


def _has_come_to_be_sorted(column: _Column) -> bool:
    """Whether equal cells stand together from the first changed one to the last, and did not before.

    A few might have been put right so by hand; then they must stand together from the first case on.
    """
    first = min(column.before if len(column.before) > MANY else column.now)
    rows = [at for at in column.now if first <= at <= max(column.before)]
    now = [column.now[at] for at in rows]
    before = [column.before.get(at, column.now[at]) for at in rows]
    return _in_blocks(now) and not _in_blocks(before)


def _in_blocks(texts: Sequence[str]) -> bool:
    return sum(1 for _ in groupby(texts)) == len(set(texts))


def _copied_over(ledger: Ledger, column: _Column) -> _Column:
    """The column with those of its cells whose own contents gave way to what another row has, too; none if many of them
    were alike before."""
    texts = ledger.register.remembered(cell_texts, ledger.register.read[column.key])
    now = {at: texts[at] if texts else "" for at in column.now}
    times = Counter(now.values())
    over = {at: old for at, old in column.before.items() if old and times[now[at]] > 1 and not _says_nothing(now[at])}
    differed = len(set(over.values())) * 5 >= len(over) * 4
    return replace(column, before=over if differed else {})


def _says_nothing(text: str) -> bool:
    """Whether a cell was emptied, or says in a word that there is nobody or nothing, as when old names are removed."""
    return not text or is_anonymous(text) or is_no_contact(text) or names_nobody(text)


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


def _of_columns(ledger: Ledger, code: str, columns: Sequence[_Column]) -> Problem:
    """A problem that names the rows and columns concerned, but no single row: what moved may be who must not know."""
    rows = ledger.register.rows[sorted({at for one in columns for at in one.before})]
    value = first_of([REGISTER[one.key] for one in columns], COLUMNS_NAMED, _MORE_COLUMNS)
    return _problem(code, columns[0].key, count=len(rows), first=rows[0], last=rows[-1], value=value)


def _problem(code: str, column: str, **details: object) -> Problem:
    return Problem("register", None, column, code, messages.problem(code, **details), stops=True)
