"""The pad of empty numbered lines: which numbers were never used, and which number each line gets.

A number whose line was never used is given again if that line is deleted; it follows a prefix that was changed; and an
empty line whose number was overwritten gets one of the pad back (docs/design.md#p2.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from itertools import count as counting

import numpy as np

from automation.cases.cell_prints import prints_in
from automation.cases.register_lines import has_content, register_lines_of
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Filled, Ledger
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table, copied, is_among, positions_of
from automation.ledger.year_books import closed_numbers, last_closed_numbers
from automation.text.catalogue import Message, msg

DIGITS = 5
INSERTED = msg("inserted without a number; given the next one")
OVERWRITTEN = msg("the number of this empty line had been overwritten; numbered again")
FOLLOWS_PREFIX = msg("the prefix was changed; this empty line follows it")


def prefix_of(ledger: Ledger) -> str:
    """What stands before the running number, as numbers are written."""
    return tidy_number(ledger.policy.settings["number_prefix"])


def number_pattern(ledger: Ledger) -> re.Pattern[str]:
    """A number with the prefix of today."""
    return re.compile(re.escape(prefix_of(ledger)) + r"(\d{1,9})")


def never_used(ledger: Ledger) -> Array:
    """Mask the numbers of Index in whose line no run ever saw anything, and of which no mail spoke."""
    index = ledger.index
    others = (ledger.filing["case_no"], ledger.tables["notices"]["case_no"])
    depends = (index["case_no"], index["first_seen"], index["filed_on"], *others)
    return index.remembered(_never_used, index, others, depending_on=depends)


MATTER = ("petitioner", "contact", "summary", "about", "result")
"""The columns of which one is filled in as soon as somebody registers something."""


def without_slips(ledger: Ledger) -> Ledger:
    """Forget the lines that are empty again and in which nothing of a matter ever stood, only a slip in another column:
    no run saw a petitioner or a summary there, and no mail spoke of it. They are blank lines of the pad."""
    index, register = ledger.index, ledger.register
    line = positions_of(index["case_no"], register["case_no"])
    blank_again = ~np.isnat(index["first_seen"]) & np.isnat(index["filed_on"]) & (line >= 0)
    blank_again[blank_again] = ~has_content(register)[line[blank_again]]
    for numbers in (ledger.filing["case_no"], ledger.tables["notices"]["case_no"]):
        blank_again[blank_again] = ~is_among(index["case_no"][blank_again], numbers)
    slips = [at for at in np.flatnonzero(blank_again).tolist() if _held_no_matter(str(index["fingerprint"][at]))]
    if not slips:
        return ledger
    columns = {key: index[key].copy() for key in ("first_seen", "fingerprint", "problem_codes", "problems_since")}
    for key, cells in columns.items():
        cells[slips] = "" if key in ("fingerprint", "problem_codes") else np.datetime64("NaT")
    return ledger.having(index=index.having(**columns))


def _held_no_matter(fingerprint: str) -> bool:
    """Whether the prints of the line's cells are known, and those of what makes a case are blank."""
    prints = prints_in(fingerprint)
    return prints.keys() >= set(MATTER) and not any(prints[key] for key in MATTER)


def _never_used(index: Table, others: tuple[Array, ...]) -> Array:
    unused: Array = np.isnat(index["first_seen"]) & np.isnat(index["filed_on"])
    at = np.flatnonzero(unused)
    for numbers in others:
        unused[at] &= ~is_among(index["case_no"][at], numbers)
    return unused


def with_new_prefix(ledger: Ledger) -> tuple[Ledger, tuple[Filled, ...]]:
    """Give the numbers that were never used the prefix of today. One in whose line somebody types now stays as it is."""
    index, register, pattern = ledger.index, ledger.register, number_pattern(ledger)
    unused = np.flatnonzero(never_used(ledger)).tolist()
    other = [i for i in unused if not pattern.fullmatch(index["case_no"][i])]
    if not other:
        return ledger, ()
    typed_in = set(register["case_no"][register_lines_of(ledger).content].tolist())
    old = [number for number in index["case_no"][other].tolist() if number not in typed_in]
    new = dict(zip(old, _with_prefix(ledger, old), strict=True))
    at = np.flatnonzero(is_among(register["case_no"], np.asarray(old, dtype=object)))
    ledger = ledger.having(index=_renamed(index, new), register=_renamed(register, new))
    return ledger, _filled(ledger, at, FOLLOWS_PREFIX)


def _renamed(table: Table, new: Mapping[str, str]) -> Table:
    numbers = table["case_no"].copy()
    numbers[:] = [new.get(number, number) for number in numbers.tolist()]
    return table.having(case_no=numbers)


def _with_prefix(ledger: Ledger, numbers: Sequence[str]) -> Iterator[str]:
    """Each number with the prefix of today and the same count, or the next number if that one was given already."""
    taken, following = _taken(ledger), _following(ledger)
    for number in numbers:
        same = f"{prefix_of(ledger)}{_count(number):0{DIGITS}d}"
        name = same if same not in taken else next(one for one in following if one not in taken)
        taken.add(name)
        yield name


def without_strays(ledger: Ledger) -> tuple[Ledger, Array]:
    """Clear what stands over the number of an empty line, and return which lines those are.

    An empty line has nothing that a number could belong to, so nobody has to decide: a case with that number keeps it,
    and so does the first of several empty lines.
    """
    register, lines = ledger.register, register_lines_of(ledger)
    numbers = register["case_no"]
    empty = np.flatnonzero(~lines.content & (numbers != ""))
    theirs = numbers[empty]
    first = positions_of(theirs, theirs) == np.arange(len(empty))
    taken = is_among(theirs, numbers[lines.content]) | is_among(theirs, ledger.filing["case_no"])
    strays = empty[(lines.index_at[empty] < 0) | ~first | taken]
    if not len(strays):
        return ledger, strays
    cleared = numbers.copy()
    cleared[strays] = ""
    return ledger.having(register=register.having(case_no=cleared)), strays


def with_pad(ledger: Ledger, now: datetime, strays: Array, more: int = 0) -> tuple[Ledger, tuple[Filled, ...]]:
    """Number the lines that somebody inserted without a number and the `strays`, and add empty ones at the end, with so many
    `more` than usual.

    Numbers of deleted lines that were never used come first, then the next ones (docs/design.md#p2.6).
    """
    register, index = ledger.register, ledger.index
    lines = register_lines_of(ledger)
    inserted = np.flatnonzero(lines.content & (register["case_no"] == ""))
    bare = np.asarray(sorted({*inserted.tolist(), *strays.tolist()}), dtype=np.int64)
    wanted = ledger.policy.settings.whole("blank_rows") + more - int(waiting_lines(ledger).sum()) - len(strays)
    wanted = max(0, wanted)
    again = _given_again(ledger)
    names = list(islice(chain(again, _following(ledger)), len(bare) + wanted))
    fresh = names[len(again) :]
    numbers = register["case_no"].copy()
    numbers[bare] = names[: len(bare)]
    register = register.having(case_no=numbers)
    register = register.extended(rows_below(register, wanted), case_no=names[len(bare) :])
    index = index.extended(rows_below(index, len(fresh)), case_no=fresh, issued_on=[today(now)] * len(fresh))
    ledger = ledger.having(register=register, index=index)
    return ledger, (*_filled(ledger, inserted, INSERTED), *_filled(ledger, strays, OVERWRITTEN))


def waiting_lines(ledger: Ledger) -> Array:
    """Mask the numbered lines in which nothing ever stood."""
    lines = register_lines_of(ledger)
    waiting: Array = ~lines.content & (lines.index_at >= 0) & np.isnat(lines.first_seen)
    return waiting & ~copied(ledger.register["case_no"])


def _given_again(ledger: Ledger) -> list[str]:
    """The numbers that were never used and have no line any more."""
    numbers = ledger.index["case_no"]
    again: list[str] = numbers[never_used(ledger) & ~is_among(numbers, ledger.register["case_no"])].tolist()
    return again


def _following(ledger: Ledger) -> Iterator[str]:
    """The numbers after the highest ever issued with the prefix of today; with a new prefix, after the highest of all."""
    pattern, prefix = number_pattern(ledger), prefix_of(ledger)
    issued = [number for table in (ledger.index, ledger.filing) for number in table["case_no"].tolist() if number]
    issued += last_closed_numbers(ledger)
    counts = [int(match[1]) for number in issued if (match := pattern.fullmatch(number))] or map(_count, issued)
    # Skip a number that somebody made up, or it would stand twice.
    invented = set(ledger.register["case_no"].tolist())
    names = (f"{prefix}{n:0{DIGITS}d}" for n in counting(max(counts, default=0) + 1))
    return (name for name in names if name not in invented)


def _count(number: str) -> int:
    """The running number of a number with any prefix, which may itself end in digits."""
    digits = re.search(rf"\d{{1,{DIGITS}}}$", number)
    return int(digits[0]) if digits else 0


def _taken(ledger: Ledger) -> set[str]:
    tables = (ledger.index, ledger.register, ledger.filing)
    return {*closed_numbers(ledger), *(number for table in tables for number in table["case_no"].tolist())}


def _filled(ledger: Ledger, at: Array, why: Message) -> tuple[Filled, ...]:
    said = (why.say(ledger.language),) * len(at)
    return (Filled("case_no", tuple(at.tolist()), said),) if len(at) else ()


def rows_below(table: Table, count: int) -> list[int]:
    """The rows of the sheet for this many lines more."""
    return list(range(table.last_row + 1, table.last_row + 1 + count))
